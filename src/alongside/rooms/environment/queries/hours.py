"""When people and places are open, and when they are taken: what finding times stands on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q, QuerySet

from alongside.people.models import Person

from .. import public_holidays
from ..models import BusyTimeRange, OtherHours, Place, Protection, TimeAway, Window
from ..time_ranges import WHOLE_DAY, Minutes, TimeRange, merged

SATURDAY = 5
A_DAY = dt.timedelta(days=1)
USUAL: Minutes = (8 * 60, 20 * 60)
"""When a guide who has said nothing can be booked, Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person has said about how their meetings may be booked.

    Between two meetings lies at least the longer of the buffers; between a meeting and something in another
    calendar, the buffer on that side.
    """

    most_a_day: int | None = None
    shortest_notice: dt.timedelta = dt.timedelta()
    how_far_ahead: dt.timedelta = dt.timedelta(days=365)
    buffer_before: dt.timedelta = dt.timedelta()
    buffer_after: dt.timedelta = dt.timedelta()

    @property
    def between(self) -> dt.timedelta:
        return max(self.buffer_before, self.buffer_after)


@dataclass(slots=True)
class Hours:
    """The hours of one person or place, as they lie in the database."""

    zone: ZoneInfo
    is_place: bool = False
    is_guide: bool = False
    protection: Protection | None = None
    week: dict[int, list[Minutes]] = field(default_factory=lambda: defaultdict(list))
    other: dict[dt.date, list[Minutes]] = field(default_factory=lambda: defaultdict(list))
    away: list[tuple[dt.date, dt.date]] = field(default_factory=list)

    def of_day(self, day: dt.date) -> Iterable[Minutes]:
        """What begins on this day; a night ends at midnight where the day after it is closed."""
        found = self._begun_on(day)
        if any(ends > WHOLE_DAY[1] for _begins, ends in found) and self._is_closed(day + A_DAY):
            return [(begins, min(ends, WHOLE_DAY[1])) for begins, ends in found]
        return found

    def _is_closed(self, day: dt.date) -> bool:
        """Away or a holiday, unless something was said of that one day."""
        if self._is_away(day):
            return True
        said = self.protection
        holiday = said and said.country and public_holidays.is_holiday(said.country, said.subdivision, day)
        return bool(holiday) and day not in self.other

    def _is_away(self, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self.away)

    def _begun_on(self, day: dt.date) -> Sequence[Minutes]:
        """Leave before all; what was said of this one day before the holidays and the weekday."""
        if self._is_away(day):
            return ()
        if day in self.other:
            return self.other[day]
        said = self.protection
        if said and said.country and public_holidays.is_holiday(said.country, said.subdivision, day):
            return ()
        if self.is_place:
            return self.week[day.weekday()] if self.week else (WHOLE_DAY,)
        if said and said.keeps_windows:
            return self.week[day.weekday()]
        if not self.is_guide:
            return (WHOLE_DAY,)
        return (USUAL,) if day.weekday() < SATURDAY else ()


def hours_of(
    people: Iterable[Person], places: Iterable[Place], since: dt.datetime, until: dt.datetime
) -> dict[UUID, Hours]:
    """Whatever was said about the hours of these people and places between two moments. Four queries.

    A guide who has said nothing is open from Monday to Friday, 8 to 20 on the wall of their zone; a participant
    who has said nothing, and a place without opening hours, always.
    """
    found = {one.id: Hours(zone_named(one.time_zone), is_guide=one.is_guide) for one in people}
    person_ids = list(found)
    found |= {one.id: Hours(zone_named(one.time_zone), is_place=True) for one in places}
    place_ids = [one for one in found if found[one].is_place]
    for protection in Protection.objects.filter(person__in=person_ids):
        found[protection.person_id].protection = protection
    whose = Q(person__in=person_ids) | Q(place__in=place_ids)
    first, last = since.date() - dt.timedelta(days=1), until.date() + dt.timedelta(days=1)
    _add_week(found, Window.objects.filter(whose))
    _add_other(found, OtherHours.objects.filter(whose, day__range=(first, last)))
    _add_away(found, TimeAway.objects.filter(whose, last_day__gte=first, first_day__lte=last))
    return found


def _add_week(found: dict[UUID, Hours], windows: QuerySet[Window]) -> None:
    for person, place, weekday, begins, ends in windows.values_list(
        "person_id", "place_id", "weekday", "begins", "ends"
    ):
        found[person or place].week[weekday].append((begins, ends))


def _add_other(found: dict[UUID, Hours], others: QuerySet[OtherHours]) -> None:
    for person, place, day, begins, ends in others.values_list(
        "person_id", "place_id", "day", "begins", "ends"
    ):
        hours = found[person or place].other[day]
        if begins is not None and ends is not None:
            hours.append((begins, ends))


def _add_away(found: dict[UUID, Hours], aways: QuerySet[TimeAway]) -> None:
    for person, place, first, last in aways.values_list("person_id", "place_id", "first_day", "last_day"):
        found[person or place].away.append((first, last))


def zone_named(name: str) -> ZoneInfo:
    """A zone by its IANA name; UTC when the machine doesn't know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def limits_of(person: Person) -> Limits:
    """What somebody has said, or what holds for those who have said nothing."""
    return limits_from(Protection.objects.filter(person=person).first())


def limits_from(said: Protection | None) -> Limits:
    if said is None:
        return Limits()
    return Limits(
        most_a_day=said.most_a_day,
        shortest_notice=dt.timedelta(hours=said.shortest_notice),
        how_far_ahead=dt.timedelta(days=said.how_far_ahead),
        buffer_before=dt.timedelta(minutes=said.buffer_before),
        buffer_after=dt.timedelta(minutes=said.buffer_after),
    )


def busy_time_ranges(
    meetings: Mapping[UUID, Sequence[TimeRange]],
    limits: Mapping[UUID, Limits],
    since: dt.datetime,
    until: dt.datetime,
) -> dict[UUID, list[TimeRange]]:
    """When each of these people and places can't begin or end another meeting, in UTC, sorted and merged.

    Meetings and what their other calendars say, with their buffers around: a meeting that overlaps none of these
    spans keeps them. One query.
    """
    found: dict[UUID, list[TimeRange]] = {}
    for one, taken in meetings.items():
        between = limits[one].between
        found[one] = [(start - between, stop + between) for start, stop in taken]
    elsewhere = BusyTimeRange.objects.filter(
        person__in=list(meetings), starts_at__lt=until, ends_at__gt=since
    )
    for one, start, stop in elsewhere.values_list("person_id", "starts_at", "ends_at"):
        found[one].append((start - limits[one].buffer_after, stop + limits[one].buffer_before))
    return {one: merged(time_ranges) for one, time_ranges in found.items()}
