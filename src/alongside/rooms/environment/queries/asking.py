"""What participants asked of their guide's time, and whom an earlier time would suit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.queries import seat_for
from alongside.journeys.restriction import looked_over
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..models import EarlierWish, Meeting, TimeRequest
from ..states import MeetingState
from .meetings import bookable_places, meeting_in
from .slots import first_times


def open_request(seat: Seat) -> TimeRequest | None:
    """What the participant asked for last, unless something was booked since."""
    latest = TimeRequest.objects.filter(journey=seat.journey).order_by("-created_at", "-id").first()
    if latest is None:
        return None
    booked = Meeting.objects.filter(journey=seat.journey, created_at__gt=latest.created_at)
    return None if booked.exists() else latest


def earlier_wishes(seat: Seat) -> set[UUID]:
    """The meetings of a journey for which the participant wishes to be told of an earlier time."""
    rows = EarlierWish.objects.filter(meeting__journey=seat.journey, ended_at=None)
    return set(rows.values_list("meeting_id", flat=True))


def request_of(request_id: str) -> TimeRequest:
    return TimeRequest.objects.select_related("person", "journey").get(id=request_id)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier time that suits the two of a meeting."""

    meeting: Meeting
    person: Person
    starts_at: dt.datetime


def whom_it_suits(meeting_id: UUID, since: dt.datetime, until: dt.datetime) -> list[Earlier]:
    """For each who wishes for an earlier time the first within the stretch that this meeting of their guide's left.

    Not where it is too late by their agreement to move online.
    """
    guide = Meeting.objects.filter(id=meeting_id).values("guide")
    wishes = EarlierWish.objects.filter(
        looked_over("meeting__journey"),
        ended_at=None,
        meeting__guide__in=guide,
        meeting__starts_at__gt=max(since, now()),
    ).exclude(meeting=meeting_id)
    found = []
    for wish in wishes.select_related("person", "meeting").order_by("created_at", "id"):
        seated = seat_for(wish.person, journey_id=wish.meeting.journey_id) if wish.person.is_active else None
        meeting = meeting_in(seated[0], meeting_id=wish.meeting_id) if seated else None
        if seated is None or meeting is None or meeting.state != MeetingState.PLANNED:  # type: ignore[attr-defined]
            continue
        if seated[0].journey.is_short_notice(meeting.starts_at):
            continue
        start = _first_within(seated[0], meeting, since, until)
        if start:
            found.append(Earlier(meeting, wish.person, start))
    return found


def _first_within(seat: Seat, meeting: Meeting, since: dt.datetime, until: dt.datetime) -> dt.datetime | None:
    places = bookable_places(seat)
    if not places:
        return None
    found = first_times(
        [meeting.guide, seat.participant.person],
        places,
        minutes=meeting.minutes,
        zone=zone_of(meeting.guide),
        since=since,
        count=1,
        most_a_day=None,
        besides=meeting.id,
    )
    if not found or found[0].starts_at >= min(until, meeting.starts_at):
        return None
    return found[0].starts_at
