"""Which backups stay: the latest of each of the last 7 days, 4 weeks and 12 months that have one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(made: Iterable[dt.datetime]) -> set[dt.datetime]:
    """Of all moments at which backups were made (aware, UTC), those whose backups stay. The newest always does."""
    newest_first = sorted(made, reverse=True)
    return (
        _latest_of_each(newest_first, lambda moment: moment.date(), DAYS)
        | _latest_of_each(newest_first, lambda moment: moment.isocalendar()[:2], WEEKS)
        | _latest_of_each(newest_first, lambda moment: (moment.year, moment.month), MONTHS)
    )


def _latest_of_each(
    newest_first: list[dt.datetime], period_of: Callable[[dt.datetime], Any], most: int
) -> set[dt.datetime]:
    latest: dict[Any, dt.datetime] = {}
    for moment in newest_first:
        latest.setdefault(period_of(moment), moment)
    return set(list(latest.values())[:most])
