"""Where somebody asked for it, their journeys are kept and nothing else: nobody writes in them, and none but they read.

One guard stands before every action there is (`kernel.actions.GUARDS`). It finds the journeys an action is about in what
the action was called with, and refuses where one of them is restricted, unless the action says why it may run even so.
Reading is held by the seat (`Seat.is_kept_closed`) at the doors, and by `not_kept_closed` where a person's journeys are
listed; what looks over many journeys by itself, such as reminders and figures, takes those of `looked_over`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.kernel.actions import RegisteredAction
from alongside.kernel.errors import Refused
from alongside.kernel.prepared import Prepared
from alongside.kernel.verdict import Verdict, not_now
from alongside.people.consents import withdrawn
from alongside.people.models import Person, Purpose, Restriction

from .models import Journey, JourneyMember
from .rehearsals import not_rehearsed
from .seat import Seat
from .states import Part

RESTRICTED = _(
    "At the request of the person it is about, this record is only stored for now. No one can change it until the "
    "organisation lifts the restriction."
)
KEPT_CLOSED = _(
    "At the request of the person it is about, this record is only stored for now. You can read it again once the "
    "organisation lifts the restriction."
)

FOUND_BY: dict[str, type[models.Model]] = {}
"""The actions that are handed an id: what the parameter of that name is the id of."""


def found_by(parameter: str, model: type[models.Model]) -> None:
    FOUND_BY[parameter] = model


def is_restricted(person: Person) -> bool:
    return Restriction.objects.filter(person=person, lifted_at=None).exists()


def restricted_journeys() -> QuerySet[JourneyMember, Any]:
    """The ids of the journeys that are kept and nothing else, for subqueries."""
    people = Restriction.objects.filter(lifted_at=None).values("person")
    return JourneyMember.objects.filter(part=Part.PARTICIPANT, person__in=people).values("journey")


def restricted_of(journeys: Iterable[UUID]) -> set[UUID]:
    """Which of these are kept and nothing else."""
    return set(restricted_journeys().filter(journey__in=journeys).values_list("journey_id", flat=True))


def unrestricted(reference: str = "journey") -> Q:
    """The condition for rows of journeys that are not restricted; `reference` is where a row names its journey."""
    return ~Q(**{f"{reference}__in": restricted_journeys()})


def looked_over(reference: str = "journey") -> Q:
    """The condition for rows of journeys at which the application looks by itself, whoever's they are."""
    return unrestricted(reference) & not_rehearsed(reference)


def not_kept_closed() -> Q:
    """The condition for members who can still open their journey: all of them, or the participant alone."""
    return unrestricted() | Q(part=Part.PARTICIPANT)


def verdict_on(seat: Any) -> Verdict | None:
    """What the door says first of all to somebody at this table; None where there is nothing to be said."""
    return not_now(KEPT_CLOSED) if isinstance(seat, Seat) and seat.is_kept_closed else None


# --- what rests on consent --------------------------------------------------------------------------------


def _of_those_who_withdrew(purpose: Purpose) -> QuerySet[JourneyMember, Any]:
    people = withdrawn(purpose)
    return JourneyMember.objects.filter(part=Part.PARTICIPANT, person__in=people).values("journey")


def is_shared_with() -> Q:
    """The condition for members: whoever supports a participant is at the table as long as that participant agrees."""
    return ~Q(part=Part.SUPPORTER, journey__in=_of_those_who_withdrew(Purpose.SHARING))


def written_to_afterwards(reference: str = "journey") -> Q:
    """The condition for rows of journeys whose participant is still sent emails after the end."""
    return ~Q(**{f"{reference}__in": _of_those_who_withdrew(Purpose.AFTERWARDS)})


def counted(reference: str = "id") -> Q:
    """The condition for journeys that count in figures."""
    return looked_over(reference) & ~Q(**{f"{reference}__in": _of_those_who_withdrew(Purpose.FIGURES)})


# --- the guard before every action ------------------------------------------------------------------------


def refuse_where_restricted(action: RegisteredAction, given: Mapping[str, Any]) -> None:
    """Nobody writes where nothing may happen but keeping."""
    if action.although_restricted:
        return
    for journey in set(journeys_in(given)):
        if _RESTRICTED.rows(journey):
            raise Refused(not_now(RESTRICTED))


def _restricted(journey_id: UUID) -> QuerySet[JourneyMember, Any]:
    return restricted_journeys().filter(journey=journey_id)


_RESTRICTED = Prepared(_restricted)
"""Asked before every action, saves of words among them, of one journey nearly always."""


def journeys_in(given: Mapping[str, Any]) -> Iterator[UUID]:
    """The journeys an action is about, by what it was called with."""
    for name, value in given.items():
        if isinstance(value, UUID | str) and name == "journey_id":
            yield UUID(str(value))
        elif value and name in FOUND_BY:
            row = FOUND_BY[name].objects.filter(id=value).first()  # type: ignore[attr-defined]
            yield from _journey_of(row)
        else:
            yield from _journey_of(value)


def _journey_of(value: Any) -> Iterable[UUID]:
    if isinstance(value, Seat):
        yield value.journey.id
    elif isinstance(value, models.Model):
        yield from _of_row(value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        inside = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        names = ("journey_id", *FOUND_BY)
        wanted = {n: v for n, v in inside.items() if n in names or isinstance(v, Seat | models.Model)}
        yield from journeys_in(wanted)


def _of_row(row: models.Model) -> Iterable[UUID]:
    if isinstance(row, Journey):
        yield row.id
        return
    way = way_to_journey(
        row._meta.model
    )  # whoever is signed in comes as a lazy object, whose type is none of ours
    if way is None:
        return
    thing: Any = row
    for step in way[:-1]:
        thing = getattr(thing, step, None)
    if thing is not None and (found := getattr(thing, way[-1])):
        yield found


@cache
def way_to_journey(model: type[models.Model]) -> tuple[str, ...] | None:
    """By which keys a row leads to its journey, the shortest way; None where it is of no journey."""
    ways: list[tuple[type[models.Model], tuple[str, ...]]] = [(model, ())]
    seen = {model}
    for here, way in ways:
        names = [field.name for field in here._meta.concrete_fields]
        if "journey" in names or "journey_id" in names:
            return (*way, "journey_id")
        for field in here._meta.concrete_fields:
            to = field.related_model
            if isinstance(to, type) and issubclass(to, models.Model) and to not in seen and to is not Journey:
                seen.add(to)
                ways.append((to, (*way, field.name)))
    return None
