"""The days of a series: pure calendar arithmetic."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

WEEKS = {"weekly": 1, "fortnightly": 2}


def days_of(first: dt.date, recurrence: str, count: int) -> list[dt.date]:
    """The first day and those that follow it: `weekly`, `fortnightly`, or `monthly` on the same weekday.

    Monthly is the second Tuesday when the first day is one; a fifth one is the last of each month.
    """
    if recurrence in WEEKS:
        return [first + dt.timedelta(weeks=WEEKS[recurrence] * number) for number in range(count)]
    return [_same_weekday(first, number) for number in range(count)]


def _same_weekday(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begins, length = monthrange(year, month + 1)
    which = (first.day - 1) // 7
    day = 1 + (first.weekday() - begins) % 7 + 7 * which
    return dt.date(year, month + 1, day if day <= length else day - 7)
