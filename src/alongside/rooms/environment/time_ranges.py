"""Stretches of time: pure functions on pairs of moments, and hours on a wall turned into such pairs.

A moment is in a window exactly when the clock on the wall shows a time of that window then. So on the night clocks go
forward an hour is missing from a window, and on the night they go back it is there twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo

TimeRange = tuple[dt.datetime, dt.datetime]
"""From, up to but not including: two moments in UTC."""

Minutes = tuple[int, int]
"""The same on one day of the wall, in minutes since midnight; a night ends beyond the day's own end."""

WHOLE_DAY: Minutes = (0, 24 * 60)
_DAY = dt.timedelta(days=1)
_SECOND = dt.timedelta(seconds=1)


def merged(time_ranges: Iterable[TimeRange]) -> list[TimeRange]:
    """Sorted, and without overlaps: what overlaps or touches becomes one. Empty ones vanish."""
    found: list[TimeRange] = []
    for start, end in sorted(time_ranges):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            if end > found[-1][1]:
                found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def clipped(time_ranges: Iterable[TimeRange], since: dt.datetime, until: dt.datetime) -> list[TimeRange]:
    """What of them lies between two moments."""
    return [(max(a, since), min(b, until)) for a, b in time_ranges if a < until and b > since]


def covers(time_ranges: Iterable[TimeRange], start: dt.datetime, end: dt.datetime) -> bool:
    """Whether one of these merged spans holds the whole of it."""
    return any(a <= start and end <= b for a, b in time_ranges)


def on_the_wall(
    hours_of: Callable[[dt.date], Iterable[Minutes]], zone: ZoneInfo, since: dt.datetime, until: dt.datetime
) -> list[TimeRange]:
    """The moments between `since` and `until` at which the wall shows one of a day's hours."""
    found: list[TimeRange] = []
    for start, end, offset in _steady(zone, since, until):
        day, last = (start + offset).date() - _DAY, (end + offset).date()  # a night begins the day before
        while day <= last:
            midnight = dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC) - offset
            for begins, ends in hours_of(day):
                opens, closes = midnight + begins * _MINUTE, midnight + ends * _MINUTE
                if opens < end and closes > start:
                    found.append((max(opens, start), min(closes, end)))
            day += _DAY
    return merged(found)


_MINUTE = dt.timedelta(minutes=1)


def _steady(
    zone: ZoneInfo, since: dt.datetime, until: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime, dt.timedelta]]:
    """The stretches between changes of the clocks, each with how far the wall is ahead of UTC."""
    start, here = since, since
    offset = _offset(zone, since)
    while here < until:
        there = min(here + _DAY, until)
        if _offset(zone, there) != offset:
            change = _change(zone, here, there)
            yield start, change, offset
            start, offset = change, _offset(zone, change)
            there = change
        here = there
    if start < until:
        yield start, until, offset


def _change(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The first second at which the clocks are no longer as they were before."""
    known = _offset(zone, before)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if _offset(zone, middle) == known:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta()
