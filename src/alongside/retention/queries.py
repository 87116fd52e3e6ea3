"""Questions about erasures. Reading starts at the administrator who asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localtime

from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.states import CLOSED, OPEN, Part
from alongside.kernel.clock import today
from alongside.people.models import Person
from alongside.people.queries import person_for

from .erasing.persons import also_them
from .erasing.rows import going, journeys_about, journeys_of
from .keeping import ended_before, keepings_of, kept_until
from .models import Certificate, Erasure, ErasureStateRecord, LegalHold
from .states import Cause, ErasureState, Extent

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
        alone = set(Person.objects.filter(known_in=erasure.journey_id).values_list("id", flat=True))
        if erasure.cause == Cause.END_OF_KEEPING:
            alone |= _here_for_nothing_else(erasure.journey_id)
        return Scope(frozenset({erasure.journey_id}), frozenset(alone))
    people = also_them({erasure.person_id}) if erasure.person_id else set()
    whole = journeys_about(people) if erasure.extent == Extent.EVERYTHING else set()
    return Scope(frozenset(whole), frozenset(people))


def _here_for_nothing_else(journey_id: UUID) -> set[UUID]:
    """The participant of a journey, if they have no role and no part in any other."""
    rows = JourneyMember.objects.filter(journey=journey_id, part=Part.PARTICIPANT, person__is_guide=False)
    rows = rows.filter(person__is_lead=False, person__is_administrator=False)
    found = set(rows.values_list("person_id", flat=True))
    elsewhere = JourneyMember.objects.filter(person__in=found).exclude(journey=journey_id)
    return found - set(elsewhere.values_list("person_id", flat=True))


def held(erasure: Erasure) -> int:
    """How many legal holds stand in its way."""
    scope = scope_of(erasure)
    reached = set(scope.journeys) | journeys_of(set(scope.people))
    return LegalHold.objects.filter(journey_id__in=reached, lifted_at=None).count()


def standing_in_the_way(erasure: Erasure) -> dict[str, Any]:
    """What the rule asks of an erasure that is to be carried out."""
    return {"state": state_of(erasure), "still_open": still_open(erasure), "held": held(erasure)}


def would_delete(erasure: Erasure) -> int:
    """A dry run: how many rows would be deleted if it were carried out now."""
    scope = scope_of(erasure)
    return sum(len(pks) for pks in going(set(scope.journeys), set(scope.people)).values())


@dataclass(frozen=True)
class Due:
    """A journey that has reached its end of keeping, and since when."""

    line: JourneyLine
    since: dt.date


def due_journeys(actor: Person, on: dt.date, most: int = 200) -> list[Due]:
    """What has reached its end of keeping, the oldest first: not what is held, decided, or went on in another journey."""
    if not actor.is_administrator:
        return []
    rows = _with_states(Journey.objects.filter(organisation_id=actor.organisation_id)).filter(
        state__in=CLOSED
    )
    rows = rows.exclude(id__in=_held_in(actor)).exclude(id__in=_decided_in(actor))
    rows = rows.exclude(id__in=Journey.objects.exclude(follows=None).values("follows"))
    found = []
    for kind, keeping in keepings_of(actor.organisation_id).items():
        if keeping.years is not None:
            before = ended_before(on, keeping.years) + dt.timedelta(days=1)
            over = rows.filter(kind=kind, state_at__date__lt=before).order_by("state_at")[:most]
            lines = journey_lines(Journey.objects.filter(id__in=[one.id for one in over]))
            found += [
                Due(line, kept_until(localtime(line.ended).date(), keeping.years))
                for line in lines
                if line.ended
            ]
    return sorted(found, key=lambda due: due.since)[:most]


def _held_in(actor: Person) -> QuerySet[LegalHold]:
    rows = LegalHold.objects.filter(organisation_id=actor.organisation_id, lifted_at=None)
    return rows.values("journey_id")  # type: ignore[return-value]


def _decided_in(actor: Person) -> list[UUID]:
    rows = erasures(actor).exclude(journey_id=None)
    latest = ErasureStateRecord.objects.filter(erasure=OuterRef("pk")).order_by("-created_at", "-id")
    waits = rows.annotate(state=Subquery(latest.values("state")[:1])).filter(state__in=WAITS)
    return [one for one in waits.values_list("journey_id", flat=True) if one]


def due_for(actor: Person, *, journey_id: UUID) -> tuple[Person, Due] | None:
    """The door's find for one journey that has reached its end of keeping."""
    due = next(
        (one for one in due_journeys(actor, today(actor.time_zone)) if one.line.id == journey_id), None
    )
    return (actor, due) if due else None


def holds(actor: Person) -> list[tuple[LegalHold, JourneyLine | None]]:
    """The legal holds of the organisation that stand, each with its journey."""
    rows = LegalHold.objects.filter(organisation_id=actor.organisation_id, lifted_at=None)
    found = list(rows.select_related("by").order_by("-created_at")) if actor.is_administrator else []
    lines = {
        line.id: line for line in journey_lines(Journey.objects.filter(id__in=[h.journey_id for h in found]))
    }
    return [(hold, lines.get(hold.journey_id)) for hold in found]


def keeping_for(actor: Person, *, slug: str) -> tuple[Person, str]:
    """The door's find for the rule of one kind."""
    return actor, slug


def hold_for(actor: Person, *, hold_id: UUID) -> tuple[Person, LegalHold] | None:
    rows = LegalHold.objects.filter(id=hold_id, organisation_id=actor.organisation_id)
    hold = rows.first() if actor.is_administrator else None
    return (actor, hold) if hold else None


def lines_of(found: list[Erasure]) -> dict[UUID, JourneyLine]:
    """The journeys that single erasures are about, while they are there."""
    ids = [one.journey_id for one in found if one.journey_id]
    return {line.id: line for line in journey_lines(Journey.objects.filter(id__in=ids))} if ids else {}


def is_held(journey_id: UUID) -> bool:
    return LegalHold.objects.filter(journey_id=journey_id, lifted_at=None).exists()


def still_open(erasure: Erasure) -> int:
    """How many journeys it reaches are not over yet, and not left by whom it is about."""
    scope = scope_of(erasure)
    reached = set(scope.journeys)
    parts = JourneyMember.objects.filter(person__in=scope.people, left_at=None)
    reached |= set(parts.filter(part__in=[Part.GUIDE, Part.PARTICIPANT]).values_list("journey_id", flat=True))
    return _with_states(Journey.objects.filter(id__in=reached)).filter(state__in=OPEN).count()


def _with_states(journeys: QuerySet[Any]) -> QuerySet[Any]:
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
