"""The time, asked in one place so that tests can move it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today(zone: str) -> dt.date:
    """The date on the wall in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()
