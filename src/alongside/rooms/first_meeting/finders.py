"""What each door of this room is called with: it starts at the person and finds only what is theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.goals.models import TargetWording
from alongside.goals.queries import need_for, step_for, target_for, wordings_of
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting
from alongside.rooms.environment.queries import meeting_in

from . import boxes
from .models import Preparation
from .queries import Agreement, RoomFacts, agreement_of, first_meeting_of, room_facts


def room_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, RoomFacts] | None:
    found = seat_for(actor, journey_id=journey_id)
    return (found[0], room_facts(found[0])) if found else None


def first_meeting_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Meeting | None] | None:
    found = seat_for(actor, journey_id=journey_id)
    if found is None:
        return None
    facts = first_meeting_of(found[0])
    return (found[0], meeting_in(found[0], meeting_id=facts.id) if facts else None)


def box_for(actor: Person, *, journey_id: UUID, box: str) -> tuple[Seat, Box] | None:
    """A box of this room by its name in the address; None for one that isn't there."""
    found = seat_for(actor, journey_id=journey_id)
    if found is None:
        return None
    sent = Preparation.objects.filter(journey=found[0].journey, person=actor).exists()
    place = boxes.by_name(found[0], box, has_sent=sent)
    return (found[0], place) if place else None


def need_in(actor: Person, *, journey_id: UUID, need_id: UUID) -> tuple[Seat, Any] | None:
    return _with(actor, journey_id, need_for, need_id)


def target_in(actor: Person, *, journey_id: UUID, target_id: UUID) -> tuple[Seat, Any] | None:
    return _with(actor, journey_id, target_for, target_id)


def wording_in(actor: Person, *, journey_id: UUID, target_id: UUID) -> tuple[Seat, TargetWording] | None:
    """The newest wording of a target."""
    found = _with(actor, journey_id, target_for, target_id)
    return (found[0], wordings_of(target_id)[0]) if found else None


def step_in(actor: Person, *, journey_id: UUID, step_id: UUID) -> tuple[Seat, Any] | None:
    return _with(actor, journey_id, step_for, step_id)


def _with(actor: Person, journey_id: UUID, find: Any, thing_id: UUID) -> tuple[Seat, Any] | None:
    found = seat_for(actor, journey_id=journey_id)
    thing = find(found[0], thing_id) if found else None
    return (found[0], thing) if found and thing else None


def newest_agreement_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Agreement | None] | None:
    found = seat_for(actor, journey_id=journey_id)
    return (found[0], agreement_of(found[0])) if found else None


def agreement_for(actor: Person, *, journey_id: UUID, version_number: int) -> tuple[Seat, Agreement] | None:
    found = seat_for(actor, journey_id=journey_id)
    agreement = agreement_of(found[0], version_number) if found else None
    return (found[0], agreement) if found and agreement else None


def section_for(
    actor: Person, *, journey_id: UUID, version_number: int, box: str
) -> tuple[Seat, Agreement, Any] | None:
    """One section of one version: (seat, agreement, the kind's section)."""
    found = agreement_for(actor, journey_id=journey_id, version_number=version_number)
    section = next((each for each in found[0].kind.agreement if each.key == box), None) if found else None
    return (*found, section) if found and section else None
