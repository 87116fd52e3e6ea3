"""The chain of a journey, read in four queries as plain facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from alongside.journeys.seat import Seat
from alongside.kernel.encryption import unseal

from .models import (
    Need,
    NeedStateRecord,
    Reading,
    Step,
    StepStateRecord,
    StepTick,
    Target,
    TargetStateRecord,
    TargetWording,
    WordingYes,
)
from .states import STEP_STILL_TO_DO, NeedState, StepState, TargetState


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    id: UUID
    value: Decimal
    taken_on: dt.date
    source: str
    wording_id: UUID
    meeting_number: int | None


@dataclass(frozen=True, slots=True)
class StepFacts:
    id: UUID
    target_id: UUID | None
    text: str
    owner_id: UUID
    due: dt.date | None
    planned_in: int | None
    state: StepState
    word: str
    reviewed_in: int | None
    times_a_week: int | None = None

    @property
    def is_still_to_do(self) -> bool:
        return self.state in STEP_STILL_TO_DO


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target in its present wording. `readings` are of all wordings, oldest first, withdrawn ones left out."""

    id: UUID
    need_id: UUID
    state: TargetState
    proposed_by_id: UUID
    wording: TargetWording
    readings: tuple[ReadingFacts, ...]
    steps: tuple[StepFacts, ...]
    same_measure: frozenset[UUID] = frozenset()
    """The wordings with the present wording's measure."""

    @property
    def is_agreed(self) -> bool:
        return self.state in (TargetState.AGREED, TargetState.ON_HOLD, TargetState.REACHED)

    @property
    def current_readings(self) -> tuple[ReadingFacts, ...]:
        """Those made with the present wording: the ones that may be compared with each other."""
        return tuple(reading for reading in self.readings if reading.wording_id == self.wording.id)

    @property
    def readings_of_its_measure(self) -> tuple[ReadingFacts, ...]:
        """Those made with the present measure, under whatever wording."""
        return tuple(reading for reading in self.readings if reading.wording_id in self.same_measure)


@dataclass(frozen=True, slots=True)
class NeedFacts:
    id: UUID
    statement: str
    state: NeedState
    proposed_by_id: UUID
    targets: tuple[TargetFacts, ...]

    @property
    def is_agreed(self) -> bool:
        return self.state in (NeedState.AGREED, NeedState.MET)


@dataclass(frozen=True, slots=True)
class Goals:
    """All needs of a journey with their targets, readings and steps, and the steps that serve no target yet."""

    needs: tuple[NeedFacts, ...]
    loose_steps: tuple[StepFacts, ...]

    @property
    def targets(self) -> tuple[TargetFacts, ...]:
        return tuple(target for need in self.needs for target in need.targets)

    @property
    def steps(self) -> tuple[StepFacts, ...]:
        return tuple(step for target in self.targets for step in target.steps) + self.loose_steps

    @property
    def steps_to_do(self) -> tuple[StepFacts, ...]:
        return tuple(step for step in self.steps if step.is_still_to_do)


def _latest(records: QuerySet, noun: str, column: str, of: str = "pk") -> Subquery:
    ordered = records.filter(**{noun: OuterRef(of)}).order_by("-created_at", "-id")
    return Subquery(ordered.values(column)[:1])


def needs_of(seat: Seat) -> QuerySet[Need]:
    return (
        Need.objects.filter(journey=seat.journey)
        .annotate(state=_latest(NeedStateRecord.objects.all(), "need", "state"))
        .order_by("position", "created_at", "id")
    )


def targets_of(seat: Seat) -> QuerySet[Target]:
    return (
        Target.objects.filter(journey=seat.journey)
        .annotate(state=_latest(TargetStateRecord.objects.all(), "target", "state"))
        .order_by("position", "created_at", "id")
    )


def steps_of(seat: Seat) -> QuerySet[Step]:
    records = StepStateRecord.objects.all()
    return (
        Step.objects.filter(journey=seat.journey)
        .annotate(
            state=_latest(records, "step", "state"),
            state_id=_latest(records, "step", "id"),
            state_word=_latest(records, "step", "word"),
            reviewed_in=_latest(records, "step", "reviewed_in"),
        )
        .order_by("position", "created_at", "id")
    )


def need_for(actor_seat: Seat, need_id: UUID) -> Need | None:
    return needs_of(actor_seat).filter(id=need_id).first()


def target_for(seat: Seat, target_id: UUID) -> Target | None:
    return targets_of(seat).filter(id=target_id).first()


def step_for(seat: Seat, step_id: UUID) -> Step | None:
    return steps_of(seat).filter(id=step_id).first()


def own_steps(seat: Seat) -> list[Step]:
    """The steps this person wrote themselves, oldest first."""
    return list(Step.objects.filter(journey=seat.journey, by=seat.actor).order_by("created_at", "id"))


def wordings_of(target_id: UUID) -> list[TargetWording]:
    """Every wording a target has had, newest first."""
    return list(TargetWording.objects.filter(target_id=target_id).select_related("by").order_by("-number"))


# --- what one has proposed and the other has not answered, of whatever journeys: to be built on ------------------


def proposed_needs() -> QuerySet[Need]:
    """Needs that one of the two proposed and the other has not answered yet."""
    latest = _latest(NeedStateRecord.objects.all(), "need", "state")
    return Need.objects.annotate(state=latest).filter(state=NeedState.PROPOSED)


def proposed_targets() -> QuerySet[Target]:
    """Targets that one of the two proposed and the other has not answered yet, in whatever wording."""
    latest = _latest(TargetStateRecord.objects.all(), "target", "state")
    return Target.objects.annotate(state=latest).filter(state=TargetState.PROPOSED)


def unanswered_wordings() -> QuerySet[TargetWording]:
    """The newest wording of each target that one of the two wrote anew and the other has not agreed to yet."""
    newer = TargetWording.objects.filter(target=OuterRef("target"), number__gt=OuterRef("number"))
    yes = WordingYes.objects.filter(wording=OuterRef("pk"))
    return TargetWording.objects.filter(~Exists(newer), ~Exists(yes), number__gt=1)


def proposed_wordings() -> QuerySet[TargetWording]:
    """Those that are answered for themselves: of a target that is itself only proposed they are answered with it."""
    latest = _latest(TargetStateRecord.objects.all(), "target", "state", of="target_id")
    rows = unanswered_wordings().annotate(state=latest)
    return rows.filter(state__in=(TargetState.AGREED, TargetState.ON_HOLD))


def waiting_wordings(seat: Seat) -> dict[UUID, TargetWording]:
    """The unanswered wordings of one journey, by target."""
    rows = unanswered_wordings().filter(target__journey=seat.journey)
    return {row.target_id: row for row in rows.select_related("target")}


def goals_of(seat: Seat) -> Goals:
    """The whole chain in five queries, whatever its size. Only for the two whose journey it is."""
    wordings: dict[UUID, TargetWording] = {}
    worded: dict[UUID, list[TargetWording]] = {}
    for wording in TargetWording.objects.filter(target__journey=seat.journey).order_by("number"):
        wordings[wording.target_id] = wording
        worded.setdefault(wording.target_id, []).append(wording)
    readings = _readings(seat)
    steps = step_facts(seat)
    targets: dict[UUID, list[TargetFacts]] = {}
    for row in targets_of(seat):
        facts = TargetFacts(
            id=row.id,
            need_id=row.need_id,
            state=TargetState(row.state),  # type: ignore[attr-defined]
            proposed_by_id=row.proposed_by_id,
            wording=wordings[row.id],
            readings=tuple(readings.get(row.id, ())),
            steps=tuple(step for step in steps if step.target_id == row.id),
            same_measure=frozenset(
                one.id for one in worded[row.id] if one.measure == wordings[row.id].measure
            ),
        )
        targets.setdefault(row.need_id, []).append(facts)
    needs = tuple(
        NeedFacts(
            need.id,
            need.statement,
            NeedState(need.state),
            need.proposed_by_id,
            tuple(targets.get(need.id, ())),
        )
        for need in needs_of(seat)
    )
    return Goals(needs, tuple(step for step in steps if step.target_id is None))


def step_facts(seat: Seat) -> list[StepFacts]:
    """Every step of a journey with its present state, in order. One query."""
    columns = (
        "id",
        "target_id",
        "text",
        "owner_id",
        "due",
        "planned_in",
        "state",
        "state_id",
        "state_word",
        "reviewed_in",
        "times_a_week",
    )
    return [
        StepFacts(
            id=row[0],
            target_id=row[1],
            text=unseal(Step, "text", row[0], row[2]) if row[2] else "",
            owner_id=row[3],
            due=row[4],
            planned_in=row[5],
            state=StepState(row[6]),
            word=unseal(StepStateRecord, "word", row[7], row[8]) if row[8] else "",
            reviewed_in=row[9],
            times_a_week=row[10],
        )
        for row in steps_of(seat).values_list(*columns)
    ]


def week_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())


def ticks_since(seat: Seat, monday: dt.date) -> dict[UUID, list[StepTick]]:
    """On which days of this week, and later, steps that come round again were done, by step. One query."""
    found: dict[UUID, list[StepTick]] = {}
    for tick in StepTick.objects.filter(step__journey=seat.journey, day__gte=monday).order_by("day"):
        found.setdefault(tick.step_id, []).append(tick)
    return found


def siblings_of(seat: Seat, thing: Need | Target | Step) -> list[Need | Target | Step]:
    """What a need, target or step is put in order with: those of the journey, of its need, or of its target."""
    if isinstance(thing, Need):
        return list(needs_of(seat).exclude(state=NeedState.LET_GO))
    if isinstance(thing, Target):
        return list(targets_of(seat).filter(need_id=thing.need_id))
    return list(steps_of(seat).filter(target_id=thing.target_id))


def _readings(seat: Seat) -> dict[UUID, list[ReadingFacts]]:
    rows = (
        Reading.objects.filter(target__journey=seat.journey, withdrawn_at=None)
        .order_by("taken_on", "id")
        .values_list("target_id", "id", "value", "taken_on", "source", "wording_id", "meeting_number")
    )
    found: dict[UUID, list[ReadingFacts]] = {}
    for target_id, *facts in rows:
        found.setdefault(target_id, []).append(ReadingFacts(*facts))  # type: ignore[arg-type]
    return found


def next_position(rows: QuerySet) -> int:
    """Behind the last one."""
    last = rows.order_by("-position").values_list(F("position"), flat=True).first()
    return 0 if last is None else last + 1
