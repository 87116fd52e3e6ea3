"""Questions about erasures. Reading starts at the administrator who asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.states import CLOSED, OPEN, Part
from alongside.people.models import Person
from alongside.people.queries import person_for

from .erasing.persons import also_them
from .erasing.rows import journeys_about, journeys_of
from .models import Certificate, Erasure, ErasureStateRecord
from .states import ErasureState, Extent

WAITS = (ErasureState.AGREED,)


@dataclass(frozen=True)
class JourneyLine:
    """A journey as an administrator sees it: of which kind, between whom, from when until when. No title, no word."""

    id: UUID
    kind: str
    guide: str
    participant: str
    began: dt.datetime
    ended: dt.datetime | None


@dataclass(frozen=True)
class Scope:
    """What an erasure reaches: whole journeys, and people who lose their names."""

    journeys: frozenset[UUID]
    people: frozenset[UUID]


def erasures(actor: Person) -> QuerySet[Erasure]:
    rows = Erasure.objects.filter(organisation_id=actor.organisation_id).select_related("by", "person")
    return rows if actor.is_administrator else rows.none()


def erasure_for(actor: Person, *, erasure_id: UUID) -> tuple[Person, Erasure] | None:
    """The door's find for one erasure, of the actor's own organisation."""
    erasure = erasures(actor).filter(id=erasure_id).first()
    return (actor, erasure) if erasure else None


def erasable_person(actor: Person, *, person_id: UUID) -> tuple[Person, Person] | None:
    """The door's find for somebody of the organisation, for administrators."""
    return person_for(actor, person_id=person_id) if actor.is_administrator else None


def state_of(erasure: Erasure) -> ErasureState:
    return ErasureState(_states(erasure)[-1].state)


def _states(erasure: Erasure) -> list[ErasureStateRecord]:
    return list(erasure.state_records.select_related("by").order_by("created_at", "id"))


def history_of(erasure: Erasure) -> list[ErasureStateRecord]:
    return _states(erasure)


def certificate_of(erasure: Erasure) -> Certificate | None:
    return Certificate.objects.filter(erasure=erasure).first()


def latest_erasures(actor: Person, most: int = 60) -> list[tuple[Erasure, ErasureState]]:
    """Each with its state, the latest first."""
    latest = ErasureStateRecord.objects.filter(erasure=OuterRef("pk")).order_by("-created_at", "-id")
    rows = erasures(actor).annotate(state=Subquery(latest.values("state")[:1])).order_by("-created_at")
    return [(row, ErasureState(row.state)) for row in rows[:most]]  # type: ignore[attr-defined]


def has_open_erasure(person: Person) -> bool:
    latest = ErasureStateRecord.objects.filter(erasure=OuterRef("pk")).order_by("-created_at", "-id")
    rows = Erasure.objects.filter(person=person).annotate(state=Subquery(latest.values("state")[:1]))
    return rows.filter(state__in=WAITS).exists()


def scope_of(erasure: Erasure) -> Scope:
    """What it takes: of one journey also those who are known in it alone."""
    if erasure.extent == Extent.ONE_JOURNEY and erasure.journey_id:
        alone = Person.objects.filter(known_in=erasure.journey_id).values_list("id", flat=True)
        return Scope(frozenset({erasure.journey_id}), frozenset(alone))
    people = also_them({erasure.person_id}) if erasure.person_id else set()
    whole = journeys_about(people) if erasure.extent == Extent.EVERYTHING else set()
    return Scope(frozenset(whole), frozenset(people))


def still_open(erasure: Erasure) -> int:
    """How many journeys it reaches are not over yet, and not left by whom it is about."""
    scope = scope_of(erasure)
    reached = set(scope.journeys)
    parts = JourneyMember.objects.filter(person__in=scope.people, left_at=None)
    reached |= set(parts.filter(part__in=[Part.GUIDE, Part.PARTICIPANT]).values_list("journey_id", flat=True))
    return _with_states(Journey.objects.filter(id__in=reached)).filter(state__in=OPEN).count()


def _with_states(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    latest = JourneyStateRecord.objects.filter(journey=OuterRef("pk")).order_by("-created_at", "-id")
    return journeys.annotate(
        state=Subquery(latest.values("state")[:1]), state_at=Subquery(latest.values("created_at")[:1])
    )


def journeys_with(actor: Person, person: Person) -> list[JourneyLine]:
    """The journeys in which somebody has or had a part, the latest first."""
    journeys = Journey.objects.filter(
        id__in=journeys_of(also_them({person.id})), organisation_id=actor.organisation_id
    )
    return journey_lines(journeys)


def journey_lines(journeys: QuerySet[Journey]) -> list[JourneyLine]:
    found = list(_with_states(journeys).order_by("-created_at"))
    names: dict[tuple[UUID, str], str] = {}
    members = JourneyMember.objects.filter(journey__in=found).select_related("person").order_by("created_at")
    for member in members:
        names[(member.journey_id, member.part)] = str(member.person.name)
    return [
        JourneyLine(
            id=one.id,
            kind=one.kind,
            guide=names.get((one.id, Part.GUIDE), ""),
            participant=names.get((one.id, Part.PARTICIPANT), ""),
            began=one.created_at,
            ended=one.state_at if one.state in CLOSED else None,  # type: ignore[attr-defined]
        )
        for one in found
    ]
