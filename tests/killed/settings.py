"""The product's own settings for a worker that is going to be killed: a clock that can go on, a mailbox that kills."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from alongside.config.settings.dev import *  # noqa: F403
from alongside.config.settings.dev import HOME

EMAIL_BACKEND = "tests.killed.mail.KillingBackend"
DEFAULT_FROM_EMAIL = "Alongside <alongside@example.org>"

CLOCK: Path = HOME / "clock"
"""How many seconds it is later than it is."""

_really_now = timezone.now


def _now() -> dt.datetime:
    try:
        return _really_now() + dt.timedelta(seconds=float(CLOCK.read_text()))
    except FileNotFoundError:
        return _really_now()


timezone.now = _now
