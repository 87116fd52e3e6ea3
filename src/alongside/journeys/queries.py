"""Questions about journeys. Reading starts at the person who asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.kernel.prepared import Prepared
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
    return _visible_to(actor.id, actor.organisation_id)


def _visible_to(person_id: UUID, organisation_id: UUID) -> QuerySet[Journey]:
    # from the person to their journeys: an EXISTS would look at every journey of the organisation
    own = JourneyMember.objects.filter(person=person_id, left_at=None).values("journey")
    return Journey.objects.filter(id__in=own, organisation_id=organisation_id)


def _visible_journey(person_id: UUID, organisation_id: UUID, journey_id: UUID) -> QuerySet[Journey]:
    journeys = _visible_to(person_id, organisation_id).filter(id=journey_id)
    return journeys.annotate(current_state=latest_state())


def _present_members(journey_id: UUID) -> QuerySet[JourneyMember]:
    return JourneyMember.objects.filter(journey=journey_id, left_at=None).select_related("person")


def _visible_journeys(person_id: UUID, organisation_id: UUID) -> QuerySet[Journey]:
    journeys = _visible_to(person_id, organisation_id).annotate(current_state=latest_state())
    return journeys.order_by("-created_at")


def _tables(person_id: UUID, organisation_id: UUID) -> QuerySet[JourneyMember]:
    """Who sits at the tables at which this person sits."""
    journeys = _visible_to(person_id, organisation_id).values("id")
    return JourneyMember.objects.filter(journey__in=journeys, left_at=None).select_related("person")


# every page of a journey begins with the first two, every page of the hallway with the others
_JOURNEY, _MEMBERS = Prepared(_visible_journey, takes=3), Prepared(_present_members)
_JOURNEYS, _TABLES = Prepared(_visible_journeys, takes=2), Prepared(_tables, takes=2)


def seat_for(actor: Person, *, journey_id: UUID) -> tuple[Seat] | None:
    """The door's find for a journey: (seat,), or None when the person has no part in it. Two queries."""
    journey = next(_JOURNEY.instances(actor.id, actor.organisation_id, journey_id), None)
    if journey is None:
        return None
    return (_seat(actor, journey, _by_journey(_MEMBERS.instances(journey.id))),)


def seats_of(actor: Person) -> list[Seat]:
    """All journeys of a person as seats, newest first. Two queries, however many there are."""
    members = _by_journey(_TABLES.instances(actor.id, actor.organisation_id))
    journeys = _JOURNEYS.instances(actor.id, actor.organisation_id)
    return [_seat(actor, journey, members) for journey in journeys]


def members_of(journey_ids: list[UUID]) -> dict[UUID, list[Member]]:
    """The present members of several journeys, guide first, then participant."""
    rows = JourneyMember.objects.filter(journey_id__in=journey_ids, left_at=None)
    return _by_journey(rows.select_related("person"))


def _by_journey(rows: Iterable[JourneyMember]) -> dict[UUID, list[Member]]:
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


def guided_and_going_on(person_id: UUID) -> QuerySet[Journey, Any]:
    """The ids of the journeys this person guides or covers that neither rest nor come to their end, for subqueries."""
    own = JourneyMember.objects.filter(person=person_id, part__in=[Part.GUIDE, Part.COVERING], left_at=None)
    journeys = Journey.objects.filter(id__in=own.values("journey")).annotate(current_state=latest_state())
    going_on = [JourneyState.PREPARING, JourneyState.ACTIVE]
    return journeys.filter(current_state__in=going_on).values("id")
