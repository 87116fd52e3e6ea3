"""The time, asked in one place so that the demo and the tests can move it."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

_MOVED: ContextVar[Iterator[dt.datetime] | None] = ContextVar("moved", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    moved = _MOVED.get()
    return next(moved) if moved else timezone.now()


def _from(moment: dt.datetime) -> Iterator[dt.datetime]:
    """Each look at a moved clock is a millisecond later, so that what was done first stays first."""
    while True:
        yield moment
        moment += dt.timedelta(milliseconds=1)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Within, time starts at that moment: for telling a story that began weeks ago. Never used by a request."""
    token = _MOVED.set(_from(moment))
    try:
        yield
    finally:
        _MOVED.reset(token)


def today(zone: str | None = None) -> dt.date:
    """The date on the wall in an IANA zone; without one, where whoever is served now lives."""
    return timezone.localdate(now(), ZoneInfo(zone) if zone else None)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def midnight(day: dt.date, zone: str) -> dt.datetime:
    """The moment at which a day begins on the wall in an IANA zone, in UTC."""
    return dt.datetime.combine(day, dt.time.min, ZoneInfo(zone)).astimezone(dt.UTC)
