"""What stands in the way of a time, and the first times that suit everybody and a place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby, pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.kernel.clock import now
from alongside.people.models import Person

from .. import local_time, slots
from ..models import Claim, Place
from ..time_ranges import TimeRange, covers, merged, on_the_wall
from .hours import Hours, Limits, busy_time_ranges, hours_of, limits_from

WEEKS_AHEAD = 12
MANY = 600
FURTHEST = dt.timedelta(days=800)
A_DAY_AROUND = dt.timedelta(days=2)


class Why(Enum):
    """Why a time doesn't suit a person or a place."""

    MEETING = "meeting"
    CLOSED = "closed"
    HOURS = "hours"
    BUSY = "busy"
    MOST = "most"
    NOTICE = "notice"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Obstacle:
    why: Why
    whose: UUID


@dataclass(frozen=True, slots=True)
class Suiting:
    """A time that suits everybody, and the places that are free then."""

    starts_at: dt.datetime
    place_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Diary:
    """The calendars of some people and places for some time: asked once, then looked at without the database.

    `kept` is when somebody can be booked because they said so, or said nothing; `offered` also leaves out the hours
    in which a guide who has said nothing is not offered to others.
    """

    people: tuple[UUID, ...]
    places: tuple[UUID, ...]
    meetings: dict[UUID, list[TimeRange]]
    busy: dict[UUID, list[TimeRange]]
    kept: dict[UUID, list[TimeRange]]
    offered: dict[UUID, list[TimeRange]]
    zones: dict[UUID, ZoneInfo]
    limits: dict[UUID, Limits]

    def obstacles(self, start: dt.datetime, end: dt.datetime) -> list[Obstacle]:
        """Whatever stands in the way of a meeting of all these people in all these places."""
        found = [Obstacle(why, one) for one in self.people for why in self._of_person(one, start, end)]
        return found + [Obstacle(why, one) for one in self.places for why in self._of_place(one, start, end)]

    def _of_person(self, one: UUID, start: dt.datetime, end: dt.datetime) -> list[Why]:
        limits, asked = self.limits.get(one), now()
        if _overlaps(self.meetings[one], start, end):
            return [Why.MEETING]
        checks = [
            (Why.HOURS, not covers(self.kept[one], start, end)),
            (Why.BUSY, _overlaps(self.busy[one], start, end)),
            (Why.MOST, limits and self.is_full(one, limits.most_a_day, start)),
            (Why.NOTICE, limits and limits.shortest_notice and start < asked + limits.shortest_notice),
            (Why.AHEAD, limits and start >= asked + limits.how_far_ahead),
        ]
        return [why for why, stands in checks if stands]

    def _of_place(self, one: UUID, start: dt.datetime, end: dt.datetime) -> list[Why]:
        if _overlaps(self.meetings[one], start, end):
            return [Why.MEETING]
        return [] if covers(self.kept[one], start, end) else [Why.CLOSED]

    def is_full(self, one: UUID, most: int | None, start: dt.datetime) -> bool:
        if most is None:
            return False
        zone = self.zones[one]
        day = start.astimezone(zone).date()
        return sum(begun.astimezone(zone).date() == day for begun, _end in self.meetings[one]) >= most

    def calendar(self, one: UUID) -> slots.Calendar:
        limits = self.limits.get(one)
        asked = now()
        return slots.Calendar(
            busy=_in_seconds(self.busy[one]),
            open=_in_seconds(self.offered[one]),
            begun=[int(start.timestamp()) for start, _end in self.meetings[one]],
            most_a_day=limits.most_a_day if limits else None,
            zone=self.zones[one],
            not_before=_second(asked + limits.shortest_notice) if limits else None,
            not_after=_second(asked + limits.how_far_ahead) if limits else None,
        )

    def taken(self, since: dt.datetime, until: dt.datetime) -> list[TimeRange]:
        """When not all of them can, as one list."""
        time_ranges = [time_range for one in (*self.people, *self.places) for time_range in self.busy[one]]
        for one in (*self.people, *self.places):
            edges = [(since, since), *self.offered[one], (until, until)]
            time_ranges += [(end, start) for (_start, end), (start, _end) in pairwise(edges) if start > end]
        return merged(time_ranges)


def diary_of(
    people: Iterable[Person],
    places: Iterable[Place],
    since: dt.datetime,
    until: dt.datetime,
    *,
    besides: UUID | None = None,
) -> Diary:
    """The calendars of these people and places. Six queries, however many there are."""
    people, places = list(people), list(places)
    person_ids, place_ids = tuple(one.id for one in people), tuple(one.id for one in places)
    since, until = since - A_DAY_AROUND, until + A_DAY_AROUND
    hours = hours_of(people, places, since, until)
    limits = {one: limits_from(found.protection) for one, found in hours.items()}
    meetings = _meetings((*person_ids, *place_ids), since, until, besides)
    return Diary(
        people=person_ids,
        places=place_ids,
        meetings=meetings,
        busy=busy_time_ranges(meetings, limits, since, until),
        kept={one: open_hours(replace(found, is_guide=False), since, until) for one, found in hours.items()},
        offered={one: open_hours(found, since, until) for one, found in hours.items()},
        zones={one: found.zone for one, found in hours.items()},
        limits={one: limits[one] for one in person_ids if hours[one].protection},
    )


def first_times(
    people: Sequence[Person],
    places: Sequence[Place],
    *,
    minutes: int,
    zone: ZoneInfo,
    since: dt.datetime | None = None,
    count: int = 12,
    most_a_day: int | None = 3,
    besides: UUID | None = None,
) -> list[Suiting]:
    """The first times, soonest first, that suit these people and one of the places, within twelve weeks.

    At most `most_a_day` on one day of `zone`, spread over it, so that there is a choice of mornings and afternoons.
    """
    begins, ends = _stretch_from(since)
    diary = diary_of(people, places, begins, ends, besides=besides)
    found = _suiting(diary, begins, ends, minutes, zone, count if most_a_day is None else MANY)
    return found if most_a_day is None else _spread(found, zone, most_a_day)[:count]


def _stretch_from(since: dt.datetime | None) -> TimeRange:
    begins = min(max(since or now(), now()), now() + FURTHEST)
    return begins, begins + dt.timedelta(weeks=WEEKS_AHEAD)


def _suiting(
    diary: Diary, begins: dt.datetime, ends: dt.datetime, minutes: int, zone: ZoneInfo, count: int
) -> list[Suiting]:
    found = slots.find(
        people=[diary.calendar(one) for one in diary.people],
        places=[diary.calendar(one) for one in diary.places],
        since=_second(begins) + 1,
        until=_second(ends),
        minutes=minutes,
        zone=zone,
        step=30,
        count=count,
    )
    return [
        Suiting(
            dt.datetime.fromtimestamp(one.start, dt.UTC), tuple(diary.places[number] for number in one.places)
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class SuitingDay:
    """A day with its times, or with what stands in the way of all of it."""

    day: dt.date
    times: tuple[Suiting, ...]
    why: Obstacle | None = None
    has_more: bool = False


def days_that_suit(
    people: Sequence[Person],
    places: Sequence[Place],
    *,
    minutes: int,
    zone: ZoneInfo,
    by: ZoneInfo,
    since: dt.datetime | None = None,
    count: int = 5,
    most_a_day: int = 3,
    besides: UUID | None = None,
) -> list[SuitingDay]:
    """The next days on which there is a time, up to so many, and every day between them with why it has none.

    `zone` is that by whose clocks times begin, `by` that of who reads the days. Empty when no day of twelve weeks has one.
    """
    begins, ends = _stretch_from(since)
    diary = diary_of(people, places, begins, ends, besides=besides)
    found = _suiting(diary, begins, ends, minutes, zone, MANY)
    by_day = {
        day: list(times) for day, times in groupby(found, key=lambda one: one.starts_at.astimezone(by).date())
    }
    if not by_day:
        return []
    last, first = sorted(by_day)[:count][-1], begins.astimezone(by).date()
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        _with_times(day, by_day[day], by, most_a_day)
        if day in by_day
        else SuitingDay(day, (), _why_none(diary, day, by, begins))
        for day in days
    ]


def _with_times(day: dt.date, times: list[Suiting], by: ZoneInfo, most: int) -> SuitingDay:
    return SuitingDay(day, tuple(_spread(times, by, most)), has_more=len(times) > most)


def _why_none(diary: Diary, day: dt.date, by: ZoneInfo, begins: dt.datetime) -> Obstacle:
    """What stands in the way of a whole day: the first that does by itself, else that it is full."""
    opens = max(dt.datetime.combine(day, dt.time(), tzinfo=by).astimezone(dt.UTC), begins)
    closes = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=by).astimezone(dt.UTC)
    for one in diary.people:
        limits = diary.limits.get(one)
        if limits and closes <= now() + limits.shortest_notice:
            return Obstacle(Why.NOTICE, one)
        if limits and opens >= now() + limits.how_far_ahead:
            return Obstacle(Why.AHEAD, one)
        if not _overlaps(diary.offered[one], opens, closes):
            return Obstacle(Why.HOURS, one)
        if diary.is_full(one, limits.most_a_day if limits else None, opens):
            return Obstacle(Why.MOST, one)
    if not any(_overlaps(diary.kept[one], opens, closes) for one in diary.places):
        return Obstacle(Why.CLOSED, diary.places[0])
    return Obstacle(Why.BUSY, diary.people[0])


def _spread(found: list[Suiting], zone: ZoneInfo, most: int) -> list[Suiting]:
    """Of each day its first, its last and some between them."""
    spread: list[Suiting] = []
    for _day, group in groupby(found, key=lambda one: one.starts_at.astimezone(zone).date()):
        day = list(group)
        picked = list(range(len(day)))
        if len(day) > most:
            picked = [number * (len(day) - 1) // max(most - 1, 1) for number in range(most)]
        spread += [day[number] for number in picked]
    return spread


def other_times(
    people: Sequence[Person],
    place: Place,
    *,
    wish: dt.datetime,
    minutes: int,
    zone: ZoneInfo,
    besides: UUID | None = None,
    count: int = 3,
) -> list[dt.datetime]:
    """Other times at which all of them are free, closest to the wish."""
    since, until = wish - dt.timedelta(days=1), wish + dt.timedelta(days=local_time.DAYS_AHEAD + 2)
    diary = diary_of(people, [place], since, until, besides=besides)
    taken = diary.taken(since - A_DAY_AROUND, until + A_DAY_AROUND)
    found = local_time.free_times(
        wish=wish, minutes=minutes, zone=zone, taken=taken, now=now(), count=count + 9
    )
    length = dt.timedelta(minutes=minutes)
    return [start for start in found if not diary.obstacles(start, start + length)][:count]


def open_hours(hours: Hours, since: dt.datetime, until: dt.datetime) -> list[TimeRange]:
    known: dict[dt.date, tuple] = {}

    def of_day(day: dt.date) -> tuple:
        if day not in known:
            known[day] = tuple(hours.of_day(day))
        return known[day]

    find_day: Callable[[dt.date], tuple] = of_day
    return on_the_wall(find_day, hours.zone, since, until)


def _meetings(
    subjects: tuple[UUID, ...], since: dt.datetime, until: dt.datetime, besides: UUID | None
) -> dict[UUID, list[TimeRange]]:
    claims = Claim.objects.filter(subject__in=subjects, starts_at__lt=until, ends_at__gt=since)
    found: dict[UUID, list[TimeRange]] = defaultdict(list, {one: [] for one in subjects})
    rows = claims.exclude(meeting_id=besides).order_by("starts_at")
    for one, start, end in rows.values_list("subject", "starts_at", "ends_at"):
        found[one].append((start, end))
    return found


def _overlaps(time_ranges: list[TimeRange], start: dt.datetime, end: dt.datetime) -> bool:
    return any(begins < end and start < ends for begins, ends in time_ranges)


def _in_seconds(time_ranges: list[TimeRange]) -> list[slots.TimeRange]:
    return [(_second(start), _second(end)) for start, end in time_ranges]


def _second(moment: dt.datetime) -> int:
    return int(moment.timestamp())
