"""Coming in by an invitation: it opens the one seat it was sent for, to whoever takes it up with a proven sign-in.

Until then somebody without a sign-in sat there under the name that was typed. When the one who comes has a place in the
organisation already, the seat with all that was written from it becomes theirs; see the decision *who may speak for a
person's address*.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from alongside.kernel.actions import action
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.people.actions import accept_invitation, know_in_journey
from alongside.people.models import Invitation, Person, User

from . import rules
from .actions import seat_of
from .models import Journey, JourneyMember
from .seat import Seat

AT_THE_SAME_TIME = _(
    "You have another appointment at the same time as one of these. Please ask the person who invited you to move it; "
    "then open this link once more."
)


@action("seat.taken")
def take_seat(*, invitation: Invitation, user: User | None, by: None) -> Person:
    """Accept an invitation, and sit where it leads: at that table alone, whatever else the person is known in.

    Answers with who they are here. An invitation to the organisation as such leads to no table.
    """
    if invitation.journey_id is None:
        return accept_invitation(invitation=invitation, user=user, by=None)
    Journey.objects.select_for_update().get(id=invitation.journey_id)
    seats = JourneyMember.objects.filter(person=invitation.person, left_at=None)
    member = seats.filter(journey=invitation.journey_id).first()
    alone = _elsewhere(invitation.person, invitation.journey_id) is None
    demand(rules.may_take_seat(invitation, member if alone else None))
    assert member
    sat_there = invitation.person
    person = accept_invitation(invitation=invitation, user=user, by=None)
    if person.id != sat_there.id:
        here = JourneyMember.objects.filter(journey=invitation.journey_id, person=person, left_at=None)
        demand(rules.may_join(here.exists()))
        move_seat(sat_there, person, invitation.journey_id)
    record("seat.taken", subject=member, by=person, journey_id=invitation.journey_id)
    return person


def sit_apart(seat: Seat) -> Seat:
    """The seat of a guide whose participant, without a sign-in, is known in this journey alone; part of an action.

    Somebody may come along from another journey, or sat in several before each had its own.
    """
    known, journey = seat.participant.person, seat.journey
    if known.user_id or (known.known_in == journey.id and not _elsewhere(known, journey.id)):
        return seat
    Person.objects.filter(id=known.id, known_in=journey.id).update(known_in=_elsewhere(known, journey.id))
    known.refresh_from_db()
    own = know_in_journey(person=known, journey_id=journey.id, by=seat.actor)
    move_seat(known, own, journey.id)
    return seat_of(seat.actor, journey)


def _elsewhere(person: Person, journey_id: UUID) -> UUID | None:
    """Another journey in which somebody without a sign-in sits."""
    seats = JourneyMember.objects.filter(person=person, person__user=None).exclude(journey=journey_id)
    return seats.values_list("journey_id", flat=True).first()


def move_seat(source: Person, target: Person, journey_id: UUID) -> int:
    """Let everything of one journey that names `source` name `target`; answers how many rows it was.

    The rows are found from the models themselves, so that a new one is in it by itself. Ids that stand in plain
    columns, such as whose time a booked appointment takes, are among them. The ledger stays as it was written.
    """
    moved = 0
    if source.id == target.id:
        return moved
    try:
        with transaction.atomic():
            for model, path, names in _naming_people():
                of_journey = model._default_manager.filter(**{path: journey_id})
                for name in names:
                    moved += of_journey.filter(**{name: source.id}).update(**{name: target.id})
    except IntegrityError as clash:
        raise NotThisMoment(AT_THE_SAME_TIME) from clash
    return moved


@cache
def _naming_people() -> list[tuple[Any, str, tuple[str, ...]]]:
    """Every model that lies in a journey: how the journey is reached from it, and which columns may name a person."""
    found = []
    for model in apps.get_models():
        path = _to_journey(model)
        names = tuple(field.attname for field in model._meta.concrete_fields if _may_name(field))
        if path and names:
            found.append((model, path, names))
    return found


def _may_name(field: models.Field) -> bool:
    if field.is_relation:
        return field.related_model is Person
    return isinstance(field, models.UUIDField) and not field.primary_key


def _to_journey(model: type[models.Model]) -> str:
    """The shortest way from a row to its journey, as a filter says it; "" where there is none."""
    if model is Journey:
        return "id"
    waiting: list[tuple[Any, str]] = [(model, "")]
    seen: set[Any] = set()
    while waiting:
        at, way = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        for field in at._meta.concrete_fields:
            if field.related_model is Journey:
                return f"{way}{field.name}"
            if field.is_relation:
                waiting.append((field.related_model, f"{way}{field.name}__"))
    return ""
