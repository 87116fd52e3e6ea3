"""From the entries of a calendar to stretches of time: single events, series with all that changes them, busy times.

What an entry leaves open is placed where it is safe: the rest of a day, the later of two ends, a question on any day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from .entries import Entry, Moment, midnight_after
from .found import ASK, BUSY, NOWHERE, Found
from .repeating import Budget, Rule, occurrences
from .values import Length, day_in, when_of
from .zones import in_utc, on_wall

_DAY = dt.timedelta(days=1)
_MARGIN = dt.timedelta(days=3)
_A_DATE = 10
"""Steps of the budget that placing one date costs."""


def place_series(entries: list[Entry], found: Found, budget: Budget) -> None:
    """All entries with one UID: the series, its changed dates, and whatever else bears the same name."""
    changes = [one for one in entries if one.is_change]
    masters = _newest([one for one in entries if not one.is_change])
    readable = _newest_changes([one for one in changes if one.changes and (one.starts or one.is_off)])
    for one in changes:
        if one not in readable:
            if not one.starts:
                _place_unread(one, found, bool(one.changes and masters))
                continue
            if one.changes:
                continue
        if not one.is_off and not one.is_free:
            _place_alone(one, found)
    for master in masters:
        if not master.is_off:
            _place_master(master, readable, found, budget)


def _newest(masters: list[Entry]) -> list[Entry]:
    """Without those a later version has replaced (RFC 5546, 2.1.5). Of one version each is meant."""
    top = max((one.sequence for one in masters), default=0)
    latest = [one for one in masters if one.sequence == top and (one.starts or one.is_off)]
    repeats = any(one.repeats or one.is_off for one in latest)
    return [
        one
        for one in masters
        if one.sequence == top or not latest or (one.repeats and not repeats) or not one.starts
    ]


def _newest_changes(changes: list[Entry]) -> list[Entry]:
    top: dict[object, int] = {}
    for one in changes:
        key = _identity(one)
        top[key] = max(top.get(key, 0), one.sequence)
    return [one for one in changes if one.sequence == top[_identity(one)]]


def _identity(one: Entry) -> object:
    assert one.changes is not None
    return (one.changes.utc, one.changes.is_day, one.onward)


def _place_alone(one: Entry, found: Found) -> None:
    """A single time; a changed date of a series is one, too."""
    for start in one.starts:
        end = _first_end(one, start, found)
        if end is not None:
            found.place(start.utc, end)
    _say(one, found)


def _place_unread(one: Entry, found: Found, stays: bool) -> None:
    """An entry of which nobody knows when it begins."""
    day = day_in(one.start_text)
    ends = [each.utc for each in one.ends]
    if one.is_free or one.is_off:
        return
    if stays:
        found.name(one, "start", BUSY, one.changes.utc if one.changes else None)
    elif day is not None:
        zone = one.ends[0].zone if one.ends else found.zone
        start, last = in_utc(day, zone), in_utc(day + _DAY, zone)
        end = max(ends, default=last)
        found.place(start, end if start < end < last + _MARGIN else last)
        found.name(one, "start", BUSY, start)
    elif ends:
        last_end = max(one.ends, key=lambda each: each.utc)
        start_of_day = dt.datetime.combine(last_end.wall.date(), dt.time())
        if last_end.wall == start_of_day:
            start_of_day -= _DAY
        found.place(in_utc(start_of_day, last_end.zone), last_end.utc, unsure=True)
        found.name(one, "start" if one.start_text else "no_start", ASK, last_end.utc)
    else:
        found.name(one, "start" if one.start_text else "no_start", NOWHERE)


def _say(one: Entry, found: Found) -> None:
    for why in dict.fromkeys(one.troubles):
        first = min((each.utc for each in one.starts), default=None)
        if one.repeats or first is None or first > found.since - _DAY:
            found.name(one, why, NOWHERE if why == "added" else BUSY, first)


def _first_end(one: Entry, start: Moment, found: Found) -> dt.datetime | None:
    """When it ends; None when it has no length. What is wrong with that is said, and what is left placed."""
    day_end = start.next_midnight
    ends = [_explicit_end(start, each) for each in one.ends]
    if not start.is_day:
        ends += [start.after(each) for each in one.lengths]
    else:
        ends += [in_utc(start.wall + max(_whole_days(each), 1) * _DAY, start.zone) for each in one.lengths]
    if one.end_unread:
        _say_of(one, "end", BUSY, start, found)
        return max((*ends, day_end))
    if start.is_day:
        return max((*ends, day_end))
    end = max(ends, default=None)
    if end is None:
        if not one.is_free:
            found.place(start.utc, start.utc + dt.timedelta(hours=1), unsure=True)
            _say_of(one, "no_end", ASK, start, found)
        return None
    if end >= start.utc:
        return end
    return _backwards(one, start, end, found)


def _backwards(one: Entry, start: Moment, end: dt.datetime, found: Found) -> dt.datetime | None:
    """It ends before it begins. Within a day that is a night; a length below nothing asks about both sides."""
    if one.lengths and not one.ends:
        away = min(start.utc - end, _DAY)
        found.place(start.utc - away, start.utc + away, unsure=True)
        _say_of(one, "backwards", ASK, start, found)
        return None
    _say_of(one, "backwards", BUSY, start, found)
    if start.utc - end < _DAY:
        return end + _DAY
    return start.next_midnight


def _say_of(one: Entry, why: str, placed: str, start: Moment, found: Found) -> None:
    if one.repeats or start.utc > found.since - 2 * _DAY:
        found.name(one, why, placed, start.utc)


def _explicit_end(start: Moment, end: Moment) -> dt.datetime:
    """Where an end stands on the night clocks change, the later of the two that are meant."""
    if end.is_day and not start.is_day:
        last = in_utc(end.wall, start.zone)
        return last if last > start.utc else start.next_midnight
    moment = end.utc
    if moment <= start.utc and end.zone == start.zone:
        moment = max(moment, in_utc(end.wall, end.zone, fold=1))
        if moment <= start.utc and end.wall > start.wall:
            return start.utc + (end.wall - start.wall)
    return moment


def _whole_days(length: Length) -> int:
    return length.days + -(-length.exact // _DAY)


def _place_master(master: Entry, changes: list[Entry], found: Found, budget: Budget) -> None:
    if not master.starts:
        if not master.is_free:
            _place_unread(master, found, False)
        return
    if not master.repeats and not changes:
        if not master.is_free:
            _place_alone(master, found)
        return
    for start in master.starts:
        _place_times(master, start, changes, found, budget)
    if not master.is_free:
        _say(master, found)


def _place_times(master: Entry, start: Moment, changes: list[Entry], found: Found, budget: Budget) -> None:
    first_end = _first_end(master, start, found) if not master.is_free else None
    ends = _Ends(master, start, first_end)
    left_out = _LeftOut(
        start, [*master.left_out, *(one.changes for one in changes if one.changes and not one.onward)]
    )
    onward = sorted(
        ((_wall_of(one.changes, start), one) for one in changes if one.onward and one.changes),
        key=lambda each: each[0],
    )
    for wall, own_end in _times(master, start, ends.longest, found, budget):
        moment = in_utc(wall, start.zone)
        if left_out.holds(wall, moment):
            continue
        later = next((each for each in reversed(onward) if each[0] <= wall), None)
        if later is not None:
            _place_onward(wall, *later, found)
        elif not master.is_free:
            found.place(moment, own_end or ends.of(wall, moment))
    if any(rule.lost for rule in master.rules) and not master.is_free:
        _place_any_day(master, start, ends, found, budget)


def _place_onward(wall: dt.datetime, from_wall: dt.datetime, change: Entry, found: Found) -> None:
    """One date of a series after it was changed from some date on (RFC 5545, 3.2.13)."""
    if change.is_off or change.is_free or wall == from_wall:
        return  # the date itself is placed already
    start = change.starts[0]
    first_end = _first_end(change, start, Found(found.zone, found.since, found.until))
    moved = start.wall + (wall - from_wall)
    moment = in_utc(moved, start.zone)
    found.place(moment, _Ends(change, start, first_end).of(moved, moment))


class _Ends:
    """When the later dates of a series end: hours are exact, days follow the wall; of two answers the later one."""

    def __init__(self, entry: Entry, start: Moment, first_end: dt.datetime | None) -> None:
        self.start, self.first, self.exact = start, start.utc, dt.timedelta()
        if first_end is not None:
            self.exact = max(first_end - self.first, dt.timedelta())
        by_length = bool(entry.lengths) and not entry.ends and not start.is_day
        self.length = entry.lengths[0] if by_length and not entry.end_unread else None
        same_wall = start.is_day or any(each.zone == start.zone for each in entry.ends) or entry.end_unread
        self.nominal = on_wall(first_end, start.zone) - start.wall if first_end and same_wall else None

    @property
    def longest(self) -> dt.timedelta:
        return self.exact + 2 * _DAY

    def of(self, wall: dt.datetime, moment: dt.datetime) -> dt.datetime:
        if self.length:
            return in_utc(wall + self.length.days * _DAY, self.start.zone) + self.length.exact
        if self.start.is_day and self.nominal:
            return in_utc(wall + self.nominal, self.start.zone)
        if self.nominal:
            return max(moment + self.exact, in_utc(wall + self.nominal, self.start.zone))
        return moment + self.exact


def _times(
    master: Entry, start: Moment, longest: dt.timedelta, found: Found, budget: Budget
) -> Iterator[tuple[dt.datetime, dt.datetime | None]]:
    """The walls at which it begins, each once, and the end of those that have one of their own."""
    seen: set[dt.datetime] = set()
    since = found.since.replace(tzinfo=None) - min(longest, 4000 * _DAY) - _MARGIN
    end = found.until.replace(tzinfo=None) + _MARGIN
    walls: list[Iterable[dt.datetime]] = [[start.wall] if since <= start.wall <= end else []]
    walls += [
        occurrences(rule, start.wall, _until(rule, start, master), since, end, budget)
        for rule in master.rules
        if rule.freq
    ]
    for each in walls:
        for wall in each:
            budget.step(_A_DATE)
            if wall not in seen:
                seen.add(wall)
                yield wall, None
    for moment, length in master.added:
        wall = _wall_of(moment, start)
        own = None
        if isinstance(length, Length):
            own = moment.after(length)
        elif length is not None:
            own = length.utc
        if wall not in seen or own is not None:
            seen.add(wall)
            yield wall, own


def _until(rule: Rule, start: Moment, master: Entry) -> dt.datetime | None:
    """The last moment a rule holds, on the wall of its series. A day counts to its end. None: for ever."""
    if not rule.until:
        return None
    when = when_of(rule.until)
    if when is None:
        if "rule" not in master.troubles:
            master.troubles.append("rule")
        return None
    if when.is_day or (start.is_day and when.offset is None):
        return midnight_after(when.wall) - dt.timedelta(seconds=1)
    if when.offset is None:
        return when.wall
    wall = on_wall(in_utc(when.wall, dt.timezone(when.offset)), start.zone)
    return (
        max(midnight_after(wall), midnight_after(when.wall)) - dt.timedelta(seconds=1)
        if start.is_day
        else wall
    )


def _wall_of(moment: Moment, start: Moment) -> dt.datetime:
    """The same on the wall of a series. Of a day, the time at which the series begins."""
    if moment.is_day:
        return dt.datetime.combine(moment.wall.date(), start.wall.time())
    if start.is_day:
        return dt.datetime.combine(_day_of(moment, start).date(), dt.time())
    return moment.wall if moment.zone == start.zone else on_wall(moment.utc, start.zone)


def _day_of(moment: Moment, start: Moment) -> dt.datetime:
    """The day a time means to a series of whole days: the one it names if it is a midnight, else the owner's."""
    return moment.wall if moment.wall.time() == dt.time() else on_wall(moment.utc, start.zone)


class _LeftOut:
    """The dates of a series that are not, or are somewhere else: by the moment, the wall or the day."""

    def __init__(self, start: Moment, moments: list[Moment]) -> None:
        self.days: set[dt.date] = set()
        self.moments: set[dt.datetime] = set()
        for one in moments:
            if one.is_day:
                self.days.add(one.wall.date())
            elif start.is_day:
                day = _day_of(one, start)
                if day.time() == dt.time():
                    self.days.add(day.date())
            else:
                self.moments.add(one.utc)
                if one.zone == start.zone:
                    self.moments.add(in_utc(one.wall, start.zone))

    def holds(self, wall: dt.datetime, moment: dt.datetime) -> bool:
        return wall.date() in self.days or moment in self.moments


def _place_any_day(master: Entry, start: Moment, ends: _Ends, found: Found, budget: Budget) -> None:
    """A rule nobody can read may hold on any day: that time of day is not offered without a question."""
    daily = Rule(freq="DAILY")
    until = max(_until(rule, start, master) or dt.datetime.max for rule in master.rules if rule.lost)
    since = found.since.replace(tzinfo=None) - _MARGIN
    end = min(found.until.replace(tzinfo=None) + _MARGIN, until)
    for wall in occurrences(daily, start.wall, None, since, end, budget):
        moment = in_utc(wall, start.zone)
        found.place(moment, min(ends.of(wall, moment), moment + _DAY), unsure=True)
