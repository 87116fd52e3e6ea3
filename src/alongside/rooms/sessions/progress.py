"""Targets and steps as one meeting sees them: lean facts in three queries, however long the journey is."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from alongside.goals.models import (
    Reading,
    Step,
    StepStateRecord,
    Target,
    TargetStateRecord,
    TargetWording,
)
from alongside.goals.states import STEP_STILL_TO_DO, StepState, TargetState
from alongside.journeys.seat import Seat
from alongside.kernel.encryption import unseal

Point = tuple[Decimal, dt.date, int | None]


@dataclass(frozen=True, slots=True)
class TargetNow:
    """A target in its present wording, with the readings made under it: value, day, number of the meeting."""

    id: UUID
    wording_id: UUID
    state: TargetState
    difference: str
    measure: str
    aim: Decimal | None
    due: dt.date | None
    levels: tuple[str, ...]
    points: list[Point] = field(default_factory=list)

    def until(self, day: dt.date) -> TargetNow:
        """The target with its line as it was at the end of that day."""
        return replace(self, points=[point for point in self.points if point[1] <= day])

    @property
    def is_worked_on(self) -> bool:
        return self.state == TargetState.AGREED

    def taken_in(self, number: int) -> Decimal | None:
        """The reading taken in the meeting of that number."""
        return next((value for value, _day, where in reversed(self.points) if where == number), None)


@dataclass(frozen=True, slots=True)
class StepHere:
    """A step with its latest state. `said_in` is the number of the meeting whose review said so, None in between."""

    id: UUID
    text: str
    target_id: UUID | None
    owner_id: UUID
    due: dt.date | None
    planned_in: int | None
    state: StepState
    word: str
    said_in: int | None


def targets_now(seat: Seat) -> list[TargetNow]:
    """Every target that has not been let go, in its order, with its line. Two queries."""
    newest = TargetWording.objects.filter(target=OuterRef("target")).order_by("-number")
    states = TargetStateRecord.objects.filter(target=OuterRef("target")).order_by("-created_at", "-id")
    rows = (
        TargetWording.objects.filter(target__journey=seat.journey)
        .annotate(newest=Subquery(newest.values("number")[:1]), state=Subquery(states.values("state")[:1]))
        .filter(number=F("newest"))
        .exclude(state=TargetState.LET_GO)
        .order_by("target__position", "target__created_at", "target_id")
        .values_list("target_id", "id", "state", "difference", "measure", "aim", "due", "sealed_levels")
    )
    targets = [_target(row) for row in rows]
    by_wording = {target.wording_id: target.points for target in targets}
    readings = Reading.objects.filter(target_id__in=[target.id for target in targets], withdrawn_at=None)
    columns = ("wording_id", "value", "taken_on", "meeting_number")
    for wording_id, *point in readings.order_by("taken_on", "id").values_list(*columns):
        if wording_id in by_wording:
            by_wording[wording_id].append(tuple(point))  # type: ignore[arg-type]
    return targets


def _target(row: tuple) -> TargetNow:
    wording = row[1]
    levels = unseal(TargetWording, "sealed_levels", wording, row[7]) if row[7] else ""
    return TargetNow(
        id=row[0],
        wording_id=wording,
        state=TargetState(row[2]),
        difference=unseal(TargetWording, "difference", wording, row[3]) if row[3] else "",
        measure=row[4],
        aim=row[5],
        due=row[6],
        levels=tuple(json.loads(levels)) if levels else (),
    )


def steps_here(seat: Seat, number: int, *, closed: bool) -> list[StepHere]:
    """The steps that one meeting is about, the latest plan first. One query.

    While the record is open: what was planned last time, what is still to do, what was ticked in between, and what is
    planned now. Once it is closed: what was reviewed in it, as it was said there, and what was planned in it.
    """
    records = StepStateRecord.objects.filter(step__journey=seat.journey)
    latest = StepStateRecord.objects.filter(step=OuterRef("step")).order_by("-created_at", "-id")
    if closed:
        here = latest.filter(reviewed_in=number)
        wanted = Q(reviewed_in=number, id=Subquery(here.values("id")[:1]))
        wanted |= Q(step__planned_in=number, id=Subquery(latest.values("id")[:1]))
    else:
        wanted = Q(id=Subquery(latest.values("id")[:1])) & _opens(number)
    return [_step(row) for row in _columns(records.filter(wanted))]


def _opens(number: int) -> Q:
    still_to_do = Q(state__in=STEP_STILL_TO_DO)
    ticked_since = Q(reviewed_in=None, state=StepState.DONE)
    here = still_to_do | ticked_since | Q(reviewed_in=number) | Q(step__planned_in__gte=number - 1)
    return here & (Q(step__planned_in=None) | Q(step__planned_in__lte=number))


def _columns(records: QuerySet[StepStateRecord]) -> QuerySet:
    ordered = records.order_by(F("step__planned_in").desc(nulls_last=True), "step__created_at", "step_id")
    return ordered.values_list(
        "step_id",
        "step__text",
        "step__target_id",
        "step__owner_id",
        "step__due",
        "step__planned_in",
        "state",
        "id",
        "word",
        "reviewed_in",
    )


def _step(row: tuple) -> StepHere:
    return StepHere(
        id=row[0],
        text=unseal(Step, "text", row[0], row[1]) if row[1] else "",
        target_id=row[2],
        owner_id=row[3],
        due=row[4],
        planned_in=row[5],
        state=StepState(row[6]),
        word=unseal(StepStateRecord, "word", row[7], row[8]) if row[8] else "",
        said_in=row[9],
    )


def to_review(steps: list[StepHere], number: int) -> list[StepHere]:
    """Those that the review of this meeting is about: planned before it, and not let go elsewhere."""
    return [
        step
        for step in steps
        if step.planned_in != number and (step.state != StepState.DROPPED or step.said_in == number)
    ]


def planned_in(steps: list[StepHere], number: int) -> list[StepHere]:
    return [step for step in steps if step.planned_in == number and step.state != StepState.DROPPED]


def readings_taken_in(target: Target, number: int) -> list[Reading]:
    """The readings of one target that stand for one meeting, oldest first."""
    rows = Reading.objects.filter(target=target, meeting_number=number, withdrawn_at=None)
    return list(rows.select_related("target").order_by("created_at", "id"))
