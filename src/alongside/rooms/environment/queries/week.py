"""A person's own weeks: their meetings, their protected time, and when they are busy elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.kernel.encryption import unseal
from alongside.people.models import Person

from ..models import BusyTimeRange, Meeting, Place
from ..time_ranges import TimeRange, clipped, merged
from .hours import hours_of
from .slots import open_hours


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A meeting in one's own week. Without a `seat` one has no part in its journey any more: then it is only busy."""

    id: UUID
    number: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    seat: Seat | None


@dataclass(frozen=True, slots=True)
class Weeks:
    meetings: tuple[OwnMeeting, ...]
    protected: tuple[TimeRange, ...]
    busy: tuple[TimeRange, ...]
    has_said: bool


def weeks_of(actor: Person, since: dt.datetime, until: dt.datetime) -> Weeks:
    """Everything of one's own between two moments. Nine queries, however much there is."""
    hours = hours_of([actor], [], since, until)[actor.id]
    said = hours.protection is not None and hours.protection.keeps_windows
    elsewhere = BusyTimeRange.objects.filter(person=actor.id, starts_at__lt=until, ends_at__gt=since)
    return Weeks(
        meetings=_meetings(actor, since, until),
        protected=tuple(open_hours(hours, since, until)) if said else (),
        busy=tuple(clipped(merged(elsewhere.values_list("starts_at", "ends_at")), since, until)),
        has_said=said,
    )


def _meetings(actor: Person, since: dt.datetime, until: dt.datetime) -> tuple[OwnMeeting, ...]:
    """What holds a claim on them: neither what was cancelled nor what was missed."""
    seats = {seat.journey.id: seat for seat in seats_of(actor)}
    rows = Meeting.objects.filter(claims__subject=actor.id, starts_at__lt=until, ends_at__gt=since)
    columns = ("id", "number", "starts_at", "ends_at", "place_id", "place__name", "journey_id")
    found = []
    for one, number, starts_at, ends_at, place, name, journey in rows.order_by("starts_at").values_list(
        *columns
    ):
        seat = seats.get(journey)
        words = unseal(Place, "name", place, name) if seat and name else ""
        found.append(OwnMeeting(one, number, starts_at, ends_at, words, seat))
    return tuple(found)
