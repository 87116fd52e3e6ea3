"""The time on the wall and the moment it names: nights on which clocks change, and times that are free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

EARLIEST, LATEST = dt.time(8), dt.time(20)
EVERY = dt.timedelta(minutes=30)
DAYS_AHEAD = 14
SATURDAY = 5

TimeRange = tuple[dt.datetime, dt.datetime]


def moments(wall: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    """The moments (UTC) a time on the wall names: one, none when clocks skip it, two when they repeat it."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    if first == second:
        return (first,)
    there = first.astimezone(zone).replace(tzinfo=None) == wall
    return (first, second) if there else ()


def after_the_gap(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """For a time that clocks skip: what they show instead, as far behind the change as it was meant to be."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)


def free_times(
    *,
    wish: dt.datetime,
    minutes: int,
    zone: ZoneInfo,
    taken: Iterable[TimeRange],
    now: dt.datetime,
    count: int = 3,
) -> list[dt.datetime]:
    """The free times closest to a wish that can't be had, soonest first.

    One later that day if there is one, then the same time on the days that follow, then whatever is free.
    """
    busy, length = list(taken), dt.timedelta(minutes=minutes)
    found: list[dt.datetime] = []

    def is_free(start: dt.datetime) -> bool:
        clear = all(start >= end or start + length <= begin for begin, end in busy)
        return clear and start > now and start != wish and all(abs(start - one) >= length for one in found)

    for starts, enough in _candidates(wish, length, zone, count):
        for start in starts:
            if len(found) >= enough:
                break
            if is_free(start):
                found.append(start)
    return sorted(found)


def _candidates(
    wish: dt.datetime, length: dt.timedelta, zone: ZoneInfo, count: int
) -> Iterator[tuple[list[dt.datetime], int]]:
    """Times to try, in groups, each with how many are to be found once it has been tried."""
    wall = wish.astimezone(zone).replace(tzinfo=None)
    days = [wall + dt.timedelta(days=number) for number in range(1, DAYS_AHEAD + 1)]
    if wall.weekday() < SATURDAY:
        days = [day for day in days if day.weekday() < SATURDAY]
    that_day = [start for start in _day(wall.date(), length, zone) if start > wish]
    yield that_day, 1
    yield [start for day in days for start in moments(day, zone)[:1]], count
    yield that_day, count
    yield [start for day in days for start in _day(day.date(), length, zone)], count


def _day(day: dt.date, length: dt.timedelta, zone: ZoneInfo) -> Iterator[dt.datetime]:
    """Every half hour of a working day in which the whole length fits."""
    wall = dt.datetime.combine(day, EARLIEST)
    while wall + length <= dt.datetime.combine(day, LATEST):
        yield from moments(wall, zone)[:1]
        wall += EVERY
