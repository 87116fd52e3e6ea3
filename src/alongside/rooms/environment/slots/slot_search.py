"""The first common free times of several people and one of several places.

All calendars are walked side by side, each once and only forwards: whoever is busy at the moment in question moves
the question to the end of that, until everybody agrees. What lies behind the last time found is never looked at.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from .grid import NEVER, Grid, day_begins

TimeRange = tuple[int, int]
LEAP = 8
"""When so many spans lie behind already, the rest of what has passed is leapt over by bisection."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one person or place can't be met, and can.

    `busy` and `open` are sorted and don't overlap (see `merged`); `open` None is always. A meeting keeps `before` and
    `after` minutes (0 to 1440) clear of what is busy, and lies in one open span whole; the minutes around it may reach
    out of that. `begun` are the starts of this person's meetings in any order: a day of `zone` on which `most_a_day` of
    them begin takes no further one. No start lies before `not_before`, none at `not_after` or later.
    """

    busy: Sequence[TimeRange] = ()
    open: Sequence[TimeRange] | None = None
    before: int = 0
    after: int = 0
    begun: Sequence[int] = ()
    most_a_day: int | None = None
    zone: ZoneInfo | None = None
    not_before: int | None = None
    not_after: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A start at which everybody can, and the places (by their position, at least one) free for the whole length."""

    start: int
    places: tuple[int, ...]


def find(
    *,
    people: Sequence[Calendar],
    places: Sequence[Calendar],
    since: int,
    until: int,
    minutes: int,
    zone: ZoneInfo,
    step: int = 15,
    count: int = 20,
    most_offered_a_day: int | None = None,
) -> list[Found]:
    """The first `count` starts, soonest first, from `since` up to, not including, `until`.

    All people and at least one of the places are free from each for `minutes` (1 to 1440); a meeting that begins
    before `until` may end after it. Without any places (`places=()`) people alone decide. Starts are steps of the wall
    clock of `zone`, `step` minutes apart (a divisor of a day). At most `most_offered_a_day` of them are on one day of
    that zone, so that a choice spreads over days.

    Costs one walk over what is busy up to the last start found, at most one over everything.
    """
    if not 1 <= minutes <= 1440:
        raise ValueError("a meeting has between 1 and 1440 minutes")
    since = max([since, *(one.not_before for one in people if one.not_before is not None)])
    until = min([until, *(one.not_after for one in people if one.not_after is not None)])
    if since >= until or count < 1:
        return []
    length, grid = minutes * 60, Grid(zone, step, since, until)
    lanes = [lane for one in people for lane in _lanes(one, since, until, length)]
    rooms = [_lanes(one, since, until, length) for one in places]
    found: list[Found] = []
    offered, day_ends = 0, NEVER if most_offered_a_day is None else since
    start = _agreed(lanes, grid, grid.at_or_after(since), until)
    while start < until:
        free, retry = _free_places(rooms, start)
        if places and not free:
            start = _agreed(lanes, grid, grid.at_or_after(retry), until)
            continue
        if start >= day_ends:
            offered, day_ends = 0, grid.next_day(start)
        found.append(Found(start, free))
        if len(found) == count:
            break
        offered += 1
        following = day_ends if offered == most_offered_a_day else start + 1
        start = _agreed(lanes, grid, grid.at_or_after(following), until)
    return found


def merged(time_ranges: Iterable[TimeRange]) -> list[TimeRange]:
    """Any spans, sorted and run together where they touch or overlap. Empty ones are left out."""
    together: list[TimeRange] = []
    for start, end in sorted(time_ranges):
        if together and start <= together[-1][1]:
            if end > together[-1][1]:
                together[-1] = (together[-1][0], end)
        elif end > start:
            together.append((start, end))
    return together


class _Lane:
    """One sorted list of spans that forbid starts: from `reach` before a span up to `rest` after it."""

    __slots__ = ("at", "clear", "known", "reach", "rest", "time_ranges")

    def __init__(self, time_ranges: Sequence[TimeRange], reach: int, rest: int = 0) -> None:
        self.time_ranges, self.reach, self.rest = time_ranges, reach, rest
        self.at, self.known, self.clear = 0, -NEVER, -NEVER

    def free_from(self, start: int) -> int:
        """The first moment, not before `start`, at which nothing stands in the way. Starts never go back."""
        if start <= self.clear:
            return start if start > self.known else self.known
        time_ranges, at, reach, rest = self.time_ranges, self.at, self.reach, self.rest
        last, ahead = len(time_ranges), at + LEAP
        if ahead < last and time_ranges[ahead][1] + rest <= start:
            at = bisect_right(time_ranges, (start - rest, NEVER), ahead) - 1
        while at < last:
            begins, ends = time_ranges[at]
            if ends + rest > start:
                if begins - reach >= start:
                    break
                start = ends + rest
            at += 1
        self.at, self.known = at, start
        self.clear = time_ranges[at][0] - reach if at < last else NEVER
        return start


def _lanes(one: Calendar, since: int, until: int, length: int) -> list[_Lane]:
    before, after = one.before * 60, one.after * 60
    lanes = [_Lane(one.busy, length + after, before)] if one.busy else []
    if one.open is not None:
        lanes.append(_Lane(_between(one.open, since, until + length), length))
    if one.most_a_day is not None:
        lanes.append(_Lane(_full_days(one), 1))
    return lanes


def _between(time_ranges: Sequence[TimeRange], since: int, until: int) -> list[TimeRange]:
    """What lies between open spans is closed."""
    edges = [(since, since), *time_ranges, (until, until)]
    return [(end, start) for (_start, end), (start, _end) in pairwise(edges) if start > end]


def _full_days(one: Calendar) -> list[TimeRange]:
    zone = one.zone or ZoneInfo("UTC")
    counted = Counter(dt.datetime.fromtimestamp(moment, zone).date() for moment in one.begun)
    full = sorted(day for day, number in counted.items() if number >= (one.most_a_day or 0))
    return [(day_begins(day, zone), day_begins(day + dt.timedelta(days=1), zone)) for day in full]


def _agreed(lanes: list[_Lane], grid: Grid, start: int, until: int) -> int:
    """The first step of the grid, not before `start`, that stands in nobody's way; or something not before `until`."""
    agreeing, number = 0, len(lanes)
    while start < until:
        for lane in lanes:
            if not lane.known <= start <= lane.clear:
                later = lane.free_from(start)
                if later > start:
                    start, agreeing = later, 0
            agreeing += 1
            if agreeing >= number:
                break
        if agreeing < number:
            continue
        step = grid.at_or_after(start)
        if step == start:
            return start
        start, agreeing = step, 0
    return start


def _free_places(places: list[list[_Lane]], start: int) -> tuple[tuple[int, ...], int]:
    """The places that are free from `start`; and, when none is, the first moment at which one may be."""
    free, retry = [], NEVER
    for number, lanes in enumerate(places):
        later = start
        for lane in lanes:
            later = max(later, lane.free_from(start))
        if later == start:
            free.append(number)
        retry = min(retry, later)
    return tuple(free), retry
