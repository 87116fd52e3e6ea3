"""Dates as lists write them: 2026-03-04 and 4.3.2026 say which is the month; 03/04/2026 does not.

Any date in the file whose first or second number is above twelve decides it for all; otherwise it is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_OTHER = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


def day_comes_first(written: Iterable[str]) -> bool | None:
    """Whether the day stands before the month in these dates; None where nothing decides and it makes a difference.

    Where one date says this and another that, the first that decides counts: the other is no date by it.
    """
    in_doubt = False
    for text in written:
        found = _OTHER.fullmatch(text.strip())
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            return True
        if second > 12 >= first:
            return False
        in_doubt = in_doubt or first != second
    return None if in_doubt else True


def date_of(text: str, *, day_first: bool) -> dt.date | None:
    """The date that is written, or None where it is none."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DOTS.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _OTHER.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        day, month = (first, second) if day_first else (second, first)
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
