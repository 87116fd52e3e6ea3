"""A zone as calendar files define it (RFC 5545, 3.6.5): for readers that don't know its name, or believe the file alone.

Each change begins at the time on the wall *before* it. A change that comes round every year by the same rule is written
as that rule (RRULE), the only form every large program reads; whatever is not steady is written date by date (RDATE).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from .busy.repeating import Budget, TooMany, occurrences, rule_of

STEADY = 28
"""Years over which a rule has to hold to be one: then each day of the year has fallen on each weekday."""

_DAY, _SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """When clocks change: by the wall before it, and in UTC."""

    onset: dt.datetime
    at: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    is_summer: bool


def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """The zone of that name, true from the first of these years to the last."""
    found = Timezone()
    found.add("tzid", name)
    for each in _observances(name, first_year, last_year):
        found.add_component(each.copy())
    return found


@lru_cache(maxsize=256)
def _observances(
    name: str, first_year: int, last_year: int
) -> tuple[TimezoneStandard | TimezoneDaylight, ...]:
    zone = ZoneInfo(name)
    start = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC)
    groups: dict[tuple[object, ...], list[_Change]] = {}
    for one in _changes(zone, start, dt.datetime(last_year + STEADY, 1, 1, tzinfo=dt.UTC)):
        groups.setdefault((one.before, one.after, one.name, one.is_summer), []).append(one)
    made = [_written(_state(zone, start))]
    for group in groups.values():
        near = [one for one in group if one.at.year <= last_year + 1]
        rule = _rule_of(group)
        if rule:
            made.append(_written(group[0], rule=rule))
        elif near:
            made.append(_written(near[0], dates=[one.onset for one in near[1:]]))
    return tuple(made)


def _state(zone: ZoneInfo, start: dt.datetime) -> _Change:
    """What holds at the beginning, as if it began then."""
    local = start.astimezone(zone)
    offset = local.utcoffset() or dt.timedelta()
    return _Change(local.replace(tzinfo=None), start, offset, offset, local.tzname() or "", bool(local.dst()))


def _changes(zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> Iterator[_Change]:
    here, offset = start, start.astimezone(zone).utcoffset()
    while here < end:
        there = here + _DAY
        after = there.astimezone(zone).utcoffset()
        if after != offset:
            yield _change(zone, here, there)
        here, offset = there, after


def _change(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> _Change:
    known = before.astimezone(zone).utcoffset() or dt.timedelta()
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == known:
            before = middle
        else:
            after = middle
    local = after.astimezone(zone)
    onset = after.replace(tzinfo=None) + known
    return _Change(
        onset, after, known, local.utcoffset() or dt.timedelta(), local.tzname() or "", bool(local.dst())
    )


def _rule_of(group: list[_Change]) -> str:
    """The rule by which it comes round each year, to the end of what was looked at; empty when there is none."""
    onsets = [one.onset for one in group]
    same = {(one.month, one.weekday(), one.time()) for one in onsets}
    if len(onsets) < STEADY - 1 or len(same) > 1:
        return ""
    days = {one.day for one in onsets}
    weekday = _WEEKDAYS[onsets[0].weekday()]
    if all(one.day + 7 > calendar.monthrange(one.year, one.month)[1] for one in onsets):
        by = f"BYDAY=-1{weekday}"
    elif len({(day - 1) // 7 for day in days}) == 1:
        by = f"BYDAY={(min(days) - 1) // 7 + 1}{weekday}"
    else:
        by = f"BYMONTHDAY={','.join(str(day) for day in sorted(days))};BYDAY={weekday}"
    rule = f"FREQ=YEARLY;BYMONTH={onsets[0].month};{by}"
    return rule if _gives(rule, onsets) else ""


def _gives(rule: str, onsets: list[dt.datetime]) -> bool:
    parsed = rule_of(rule)
    try:
        found = parsed and list(occurrences(parsed, onsets[0], None, onsets[0], onsets[-1], Budget()))
    except TooMany:
        return False
    return found == onsets


def _written(
    change: _Change, *, rule: str = "", dates: list[dt.datetime] | None = None
) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    made.add("dtstart", change.onset)
    made.add("tzoffsetfrom", change.before)
    made.add("tzoffsetto", change.after)
    if change.name:
        made.add("tzname", change.name)
    if rule:
        made.add("rrule", vRecur.from_ical(rule))
    if dates:
        made.add("rdate", dates)
    return made
