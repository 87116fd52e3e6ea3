"""Calendar months as whole numbers: 202611 is November 2026."""

from __future__ import annotations

import datetime as dt

ZONE = "Europe/London"
"""Where days and months begin for every figure, whoever reads it."""


def month_of(day: dt.date) -> int:
    return day.year * 100 + day.month


def later(month: int, by: int) -> int:
    """So many months later; earlier below 0."""
    count = (month // 100) * 12 + month % 100 - 1 + by
    return count // 12 * 100 + count % 12 + 1


def first_day(month: int) -> dt.date:
    return dt.date(month // 100, month % 100, 1)


def last_day(month: int) -> dt.date:
    return first_day(later(month, 1)) - dt.timedelta(days=1)


def months_between(first: int, last: int) -> list[int]:
    """Every month from the first to the last, both in it."""
    found = []
    while first <= last:
        found.append(first)
        first = later(first, 1)
    return found


def last_complete(today: dt.date) -> int:
    """The month before the one of this day: figures are of whole months alone."""
    return later(month_of(today), -1)
