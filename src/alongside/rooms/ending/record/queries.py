"""Questions about the record of an ending. Reading starts at the seat of the one who asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from alongside.journeys import words
from alongside.journeys.models import JourneyMember, JourneyStateRecord, Words
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import CLOSED, JourneyState, Part
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.rooms.environment.queries import MeetingFacts, meetings_of
from alongside.rooms.environment.reminder_schedule import Quiet, quiet_range
from alongside.rooms.first_meeting.models import Picture
from alongside.rooms.first_meeting.states import Moment, Side

from .models import Ending, EndingStateRecord, Saying
from .states import IN_WORK, EndingState, Said

PLACE = "ending"
FROM_HOUR = 8
"""An email of afterwards comes in the morning of its day, and not before."""


def participant_of(journey_id: UUID) -> Person | None:
    """Whose journey it is."""
    members = JourneyMember.objects.filter(journey=journey_id, part=Part.PARTICIPANT, left_at=None)
    member = members.select_related("person__organisation", "person__user").first()
    return member.person if member else None


def ending_of(seat: Seat) -> Ending | None:
    """The ending of this journey with its present `state`; None before it is begun and while set aside."""
    ending = any_ending_of(seat)
    return None if ending is None or ending.state == EndingState.SET_ASIDE else ending  # type: ignore[attr-defined]


def any_ending_of(seat: Seat) -> Ending | None:
    """The ending's record in whatever state, also set aside. One query.

    With its `state`, when the journey began and closed, and whether the pictures are there.
    """
    records = EndingStateRecord.objects.filter(ending=OuterRef("pk")).order_by("-created_at", "-id")
    latest = Subquery(records.values("state")[:1])
    pictures = Picture.objects.filter(journey=OuterRef("journey"))
    entered = JourneyStateRecord.objects.filter(journey=OuterRef("journey"))
    began = entered.filter(state=JourneyState.ACTIVE).order_by("created_at")
    closed = entered.filter(state__in=CLOSED).order_by("-created_at")
    return (
        Ending.objects.filter(journey=seat.journey)
        .annotate(
            state=latest,
            journey_began_at=Subquery(began.values("created_at")[:1]),
            journey_closed_at=Subquery(closed.values("created_at")[:1]),
            has_start=Exists(pictures.filter(moment=Moment.START)),
            has_today=Exists(pictures.filter(moment=Moment.NOW)),
        )
        .first()
    )


def ended_on(ending: Ending | None, seat: Seat) -> dt.date | None:
    """The day on which the journey was over, by the participant's own clocks; None before."""
    closed = getattr(ending, "journey_closed_at", None)
    return closed.astimezone(zone_of(seat.participant.person)).date() if closed else None


def may_write_now(person: Person, moment: dt.datetime, quiet: Quiet | None) -> bool:
    """Whether an email of afterwards may go out: from eight on by their own clocks, and outside of their quiet hours."""
    zone = zone_of(person)
    return moment.astimezone(zone).hour >= FROM_HOUR and not quiet_range(moment, zone, quiet)


def is_in_work(ending: Ending) -> bool:
    return ending.state in IN_WORK  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Sayings:
    """What has been said in an ending, and stands."""

    rows: tuple[Saying, ...]

    def of(self, said: Said, side: Side | None = None) -> Saying | None:
        return next((row for row in self.rows if row.said == said and side in (None, row.side)), None)

    def sides(self, said: Said) -> frozenset[Side]:
        return frozenset(Side(row.side) for row in self.rows if row.said == said)

    @property
    def both_ready(self) -> bool:
        return self.sides(Said.READY) == frozenset(Side)


def sayings_of(ending: Ending) -> Sayings:
    rows = Saying.objects.filter(ending=ending, taken_back_at=None).select_related("by")
    return Sayings(tuple(rows.order_by("created_at", "id")))


def side_of(seat: Seat) -> Side:
    """The side of the table this person speaks on."""
    return Side.PARTICIPANT if seat.is_participant else Side.GUIDE


def speaks_in_the_room(seat: Seat) -> bool:
    """The participant has no account: the guide writes down what they say, with them."""
    return seat.is_guide and not seat.is_participant and seat.participant.person.user_id is None


def other_is_gone(seat: Seat) -> bool:
    """The other of the two has an account no more: nobody waits for their word."""
    return not seat.other.person.is_active


def words_of(seat: Seat, ending: Ending) -> dict[tuple[str, UUID | None], Words]:
    """What this person may read of what was written in the ending."""
    return words.read(seat, PLACE, ending.id)


def meetings_held(seat: Seat) -> list[MeetingFacts]:
    return [meeting for meeting in meetings_of(seat) if meeting.state == "held"]


def room_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Ending | None] | None:
    found = seat_for(actor, journey_id=journey_id)
    return (found[0], ending_of(found[0])) if found else None
