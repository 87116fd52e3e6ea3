"""Which wall a time of a calendar stands on: names of zones as programs write them, and zones a file defines itself.

A name of the time zone data is that zone, whatever the file says of it: files grow old, and zones change their rules. Then
come the names of Windows and what Outlook and Exchange make of them, then what the file defines (RFC 5545, 3.6.5), then a
distance that stands in the name. What nobody knows is read by the wall of the calendar's owner, and said to be.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .content_lines import Part
from .repeating import Budget, TooMany, occurrences, rule_of
from .values import line_of, offset_of, when_of
from .zone_names import DISTANCE, by_name, plain

_LAST = dt.datetime(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class FileZone:
    """A zone as a file defines it: from when on which offset holds, by the wall before each change."""

    onsets: tuple[dt.datetime, ...]
    before: tuple[dt.timedelta, ...]
    after: tuple[dt.timedelta, ...]

    def offset_on(self, wall: dt.datetime, fold: int = 0) -> dt.timedelta:
        """In the gap the offset before it; of an hour that comes twice, the first."""
        at = bisect_right(self.onsets, wall) - 1
        if at < 0:
            return self.before[0]
        ahead = self.after[at] - self.before[at]
        if wall < self.onsets[at] + ahead:
            return self.before[at]
        following = (
            at + 1 < len(self.onsets) and self.onsets[at + 1] + self.after[at + 1] - self.before[at + 1]
        )
        return self.after[at + 1] if fold and following and wall >= following else self.after[at]

    def offset_at(self, moment: dt.datetime) -> dt.timedelta:
        naive = moment.replace(tzinfo=None)
        for onset, before, after in reversed(list(zip(self.onsets, self.before, self.after, strict=True))):
            if naive >= onset - before:
                return after
        return self.before[0]


Wall = ZoneInfo | FileZone | dt.timezone


def in_utc(wall: dt.datetime, zone: Wall, fold: int = 0) -> dt.datetime:
    """The moment of a time on a wall. Times nobody lives in are moved to where they can be reckoned with."""
    wall = min(max(wall, dt.datetime(1700, 1, 1)), _LAST)
    if isinstance(zone, FileZone):
        return (wall - zone.offset_on(wall, fold)).replace(tzinfo=dt.UTC)
    return wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)


def on_wall(moment: dt.datetime, zone: Wall) -> dt.datetime:
    if isinstance(zone, FileZone):
        return moment.astimezone(dt.UTC).replace(tzinfo=None) + zone.offset_at(moment)
    return moment.astimezone(zone).replace(tzinfo=None)


class Zones:
    """The zones of one file. `until` is as far as anybody looks."""

    def __init__(self, owner: ZoneInfo, until: dt.datetime) -> None:
        self.owner = owner
        self._until = until.replace(tzinfo=None) + dt.timedelta(days=400)
        self._since = self._until - dt.timedelta(days=3000)
        self._defined: dict[str, Part] = {}
        self._known: dict[str, tuple[Wall, bool]] = {}

    def define(self, part: Part) -> None:
        for name, line in part.lines:
            if name == "TZID":
                self._defined[plain(line.partition(":")[2])] = part

    def named(self, tzid: str) -> tuple[Wall, bool]:
        """The zone of that name, and whether it is known for sure."""
        name = plain(tzid)
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> tuple[Wall, bool]:
        known = by_name(name)
        if known:
            return ZoneInfo(known), True
        if name in self._defined:
            defined = _defined(self._defined[name], self._since, self._until)
            if defined:
                return defined
        return _by_distance(name) or (self.owner, False)


def _by_distance(name: str) -> tuple[Wall, bool] | None:
    """Only a distance is known. Where the name says no more, that is all there is; otherwise there may be a summer."""
    found = DISTANCE.fullmatch(name)
    bare = offset_of(name) if found is None else None
    distance = bare if found is None else offset_of((found[1] or "").replace(".", ":")) if found[1] else None
    if distance is None:
        return None
    return dt.timezone(distance), found is None or not found[2]


def _defined(part: Part, since: dt.datetime, until: dt.datetime) -> tuple[FileZone, bool] | None:
    """What a VTIMEZONE says. Not sure when one of its changes can't be read."""
    onsets: list[tuple[dt.datetime, dt.timedelta, dt.timedelta]] = []
    sure, budget = True, Budget(100_000)
    for inner in part.inner:
        if inner.name not in ("STANDARD", "DAYLIGHT"):
            continue
        try:
            found = list(_observance(inner.lines, since, until, budget))
        except (ValueError, OverflowError, TooMany):
            found = []
        onsets += found
        sure = sure and bool(found) and not inner.odd
    if not onsets:
        return None
    onsets.sort()
    return FileZone(*(tuple(each) for each in zip(*onsets, strict=True))), sure


def _observance(
    lines: Iterable[tuple[str, str]], since: dt.datetime, until: dt.datetime, budget: Budget
) -> Iterable[tuple[dt.datetime, dt.timedelta, dt.timedelta]]:
    start: dt.datetime | None = None
    offsets: dict[str, dt.timedelta] = {}
    dates: list[dt.datetime] = []
    rules = []
    for name, text in lines:
        line = line_of(name, text)
        if name in ("TZOFFSETFROM", "TZOFFSETTO"):
            ahead = offset_of(line.value)
            if ahead is None:
                raise ValueError("no offset")
            offsets[name] = ahead
        elif name == "RRULE":
            rules.append(rule_of(line.value))
        elif name in ("DTSTART", "RDATE"):
            for each in line.value.split(","):
                when = when_of(each)
                if when is None:
                    raise ValueError("no moment")
                dates.append(when.wall)
                start = when.wall if name == "DTSTART" else start
    after = offsets.get("TZOFFSETTO")
    before = offsets.get("TZOFFSETFROM", after)
    if start is None or after is None or before is None:
        raise ValueError("no start, or no offset")
    for rule in filter(None, rules):
        if rule.doubts:
            raise ValueError("no rule")
        last = when_of(rule.until) if rule.until else None
        ends = None if last is None else last.wall + (before if last.offset is not None else dt.timedelta())
        first = min(since, ends or since) - dt.timedelta(days=800)
        dates += occurrences(rule, start, ends, first, until, budget)
    return [(each, before, after) for each in dict.fromkeys(dates)]
