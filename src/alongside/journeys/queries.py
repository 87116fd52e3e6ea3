"""Questions about journeys. Reading starts at the person who asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.people.models import Person

from .kinds import kind
from .models import Journey, JourneyMember, JourneyStateRecord
from .seat import Member, Seat
from .states import JourneyState, Part

_ORDER = {part: place for place, part in enumerate(Part)}


def latest_state() -> Subquery:
    """The current state of each journey, for annotating."""
    records = JourneyStateRecord.objects.filter(journey=OuterRef("pk")).order_by("-created_at", "-id")
    return Subquery(records.values("state")[:1])


def visible_to(actor: Person) -> QuerySet[Journey]:
    """The journeys in which this person has a part now; nobody sees any other, whatever their role."""
    own = JourneyMember.objects.filter(journey=OuterRef("pk"), person=actor, left_at=None)
    return Journey.objects.filter(Exists(own), organisation_id=actor.organisation_id)


def seat_for(actor: Person, *, journey_id: UUID) -> tuple[Seat] | None:
    """The door's find for a journey: (seat,), or None when the person has no part in it. Two queries."""
    journey = visible_to(actor).annotate(current_state=latest_state()).filter(id=journey_id).first()
    if journey is None:
        return None
    return (_seat(actor, journey, members_of([journey.id])),)


def seats_of(actor: Person) -> list[Seat]:
    """All journeys of a person as seats, newest first. Two queries, however many there are."""
    journeys = list(visible_to(actor).annotate(current_state=latest_state()).order_by("-created_at"))
    members = members_of([journey.id for journey in journeys])
    return [_seat(actor, journey, members) for journey in journeys]


def members_of(journey_ids: list[UUID]) -> dict[UUID, list[Member]]:
    """The present members of several journeys, guide first, then participant."""
    rows = JourneyMember.objects.filter(journey_id__in=journey_ids, left_at=None).select_related("person")
    found: dict[UUID, list[Member]] = {}
    for row in rows:
        found.setdefault(row.journey_id, []).append(Member(row.id, row.person, Part(row.part)))
    for members in found.values():
        members.sort(key=lambda member: _ORDER[member.part])
    return found


def _seat(actor: Person, journey: Journey, members: dict[UUID, list[Member]]) -> Seat:
    state = JourneyState(journey.current_state)  # type: ignore[attr-defined]
    return Seat(actor, journey, kind(journey.kind), state, tuple(members.get(journey.id, [])))


def states_of(seat: Seat) -> list[JourneyStateRecord]:
    """Every state the journey has been in, oldest first."""
    records = JourneyStateRecord.objects.filter(journey=seat.journey).select_related("by")
    return list(records.order_by("created_at", "id"))
