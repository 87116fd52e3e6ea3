"""Targets and steps as one meeting sees them: lean facts in three queries, however long the journey is."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery

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
from alongside.kernel.prepared import Prepared, day_in, uuid_in

from ..focusing.models import FocusingAct

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
    """A step with its latest state. `said_in` is the number of the meeting whose review said so, None in between.

    `is_act`: it came of a focusing; `focusing_id` is empty when that was in another journey.
    """

    id: UUID
    text: str
    target_id: UUID | None
    owner_id: UUID
    due: dt.date | None
    planned_in: int | None
    state: StepState
    word: str
    said_in: int | None
    focusing_id: UUID | None = None
    success_sign: str = ""
    is_act: bool = False

    def opens_review(self, number: int) -> bool:
        """What came of a focusing is looked at first in the review after it, and only there."""
        unsaid, latest = self.said_in in (None, number), self.planned_in in (None, number - 1)
        return self.is_act and unsaid and latest


_OF_WORDING = ("target_id", "id", "state", "difference", "measure", "aim", "due", "sealed_levels")


def _newest_wordings(journey_id: UUID) -> QuerySet:
    newest = TargetWording.objects.filter(target=OuterRef("target")).order_by("-number")
    states = TargetStateRecord.objects.filter(target=OuterRef("target")).order_by("-created_at", "-id")
    return (
        TargetWording.objects.filter(target__journey=journey_id)
        .annotate(newest=Subquery(newest.values("number")[:1]), state=Subquery(states.values("state")[:1]))
        .filter(number=F("newest"))
        .exclude(state=TargetState.LET_GO)
        .order_by("target__position", "target__created_at", "target_id")
        .values_list(*_OF_WORDING)
    )


def _readings(journey_id: UUID) -> QuerySet:
    rows = Reading.objects.filter(target__journey=journey_id, withdrawn_at=None)
    return rows.order_by("taken_on", "id").values_list("wording_id", "value", "taken_on", "meeting_number")


_WORDINGS, _READINGS = Prepared(_newest_wordings), Prepared(_readings)


def targets_now(seat: Seat) -> list[TargetNow]:
    """Every target that has not been let go, in its order, with its line. Two queries."""
    rows = _WORDINGS.rows(seat.journey.id)
    targets = [_target(row) for row in rows]
    by_wording = {row[1]: target.points for row, target in zip(rows, targets, strict=True)}
    for wording, value, taken_on, number in _READINGS.rows(seat.journey.id):
        if wording in by_wording:
            by_wording[wording].append((_number(value), day_in(taken_on), number))  # type: ignore[arg-type]
    return targets


def _target(row: tuple) -> TargetNow:
    target, wording = uuid_in(row[0]), uuid_in(row[1])
    assert target and wording
    levels = opened(TargetWording, "sealed_levels", wording, row[7])
    return TargetNow(
        id=target,
        wording_id=wording,
        state=TargetState(row[2]),
        difference=opened(TargetWording, "difference", wording, row[3]),
        measure=row[4],
        aim=None if row[5] is None else _number(row[5]),
        due=day_in(row[6]),
        levels=tuple(json.loads(levels)) if levels else (),
    )


def _number(value: object) -> Decimal:
    """A value from a row: SQLite keeps it as a number of its own."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def opened(model: type[Model], column: str, row: UUID | None, sealed: Any) -> str:
    """The words in a sealed column of a row."""
    return unseal(model, column, row, bytes(sealed)) if sealed else ""


def steps_here(seat: Seat, number: int, *, closed: bool) -> list[StepHere]:
    """The steps that one meeting is about, the latest plan first. One query.

    While the record is open: what was planned last time, what is still to do, what was ticked in between, and what is
    planned now. Once it is closed: what was reviewed in it, as it was said there, and what was planned in it.
    """
    journey = seat.journey.id
    rows = _CLOSED.rows(journey, number) if closed else _OPEN.rows(journey, number, number - 1)
    return [_step(row) for row in rows]


def _in_an_open_record(journey_id: UUID, number: int, one_before: int) -> QuerySet:
    latest = StepStateRecord.objects.filter(step=OuterRef("step")).order_by("-created_at", "-id")
    still_to_do = Q(state__in=STEP_STILL_TO_DO)
    ticked_since = Q(reviewed_in=None, state=StepState.DONE)
    here = still_to_do | ticked_since | Q(reviewed_in=number) | Q(step__planned_in__gte=one_before)
    here &= Q(step__planned_in=None) | Q(step__planned_in__lte=number)
    records = StepStateRecord.objects.filter(step__journey=journey_id)
    return _columns(records.filter(here, id=Subquery(latest.values("id")[:1])))


def _in_a_closed_record(journey_id: UUID, number: int) -> QuerySet:
    latest = StepStateRecord.objects.filter(step=OuterRef("step")).order_by("-created_at", "-id")
    wanted = Q(reviewed_in=number, id=Subquery(latest.filter(reviewed_in=number).values("id")[:1]))
    wanted |= Q(step__planned_in=number, id=Subquery(latest.values("id")[:1]))
    return _columns(StepStateRecord.objects.filter(wanted, step__journey=journey_id))


def _columns(records: QuerySet[StepStateRecord]) -> QuerySet:
    standing = records.filter(step__entered_in_error_at=None)
    ordered = standing.order_by(F("step__planned_in").desc(nulls_last=True), "step__created_at", "step_id")
    acts = FocusingAct.objects.filter(step=OuterRef("step"))
    ordered = ordered.annotate(
        act=Subquery(acts.values("id")[:1]),
        act_focusing=Subquery(acts.values("focusing")[:1]),
        act_sign=Subquery(acts.values("success_sign")[:1]),
    )
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
        "act",
        "act_focusing",
        "act_sign",
    )


def steps_through(seat: Seat) -> list[StepHere]:
    """Each step as it was said in each review, and as it stands now, in the order in which that was said. One query."""
    latest = StepStateRecord.objects.filter(step=OuterRef("step")).order_by("-created_at", "-id")
    in_review = latest.filter(reviewed_in=OuterRef("reviewed_in"))
    wanted = Q(id=Subquery(latest.values("id")[:1])) | Q(id=Subquery(in_review.values("id")[:1]))
    rows = _columns(StepStateRecord.objects.filter(wanted, step__journey=seat.journey.id))
    return [_step(row) for row in rows.order_by("created_at", "id")]


def every_wording(seat: Seat) -> list[TargetNow]:
    """Every wording every target has had, each with the readings made under it. Two queries."""
    states = TargetStateRecord.objects.filter(target=OuterRef("target")).order_by("-created_at", "-id")
    wordings = TargetWording.objects.filter(target__journey=seat.journey.id)
    rows = wordings.annotate(state=Subquery(states.values("state")[:1])).order_by(
        "target__position", "target__created_at", "target_id", "number"
    )
    targets = [_target(row) for row in rows.values_list(*_OF_WORDING)]
    by_wording = {target.wording_id: target.points for target in targets}
    for wording, value, taken_on, number in _readings(seat.journey.id):
        by_wording[wording].append((_number(value), taken_on, number))
    return targets


_OPEN, _CLOSED = Prepared(_in_an_open_record, numbers=2), Prepared(_in_a_closed_record, numbers=1)


def _step(row: tuple) -> StepHere:
    step, owner = uuid_in(row[0]), uuid_in(row[3])
    assert step and owner
    return StepHere(
        id=step,
        text=opened(Step, "text", step, row[1]),
        target_id=uuid_in(row[2]),
        owner_id=owner,
        due=day_in(row[4]),
        planned_in=row[5],
        state=StepState(row[6]),
        word=opened(StepStateRecord, "word", uuid_in(row[7]), row[8]),
        said_in=row[9],
        focusing_id=uuid_in(row[11]),
        success_sign=opened(FocusingAct, "success_sign", uuid_in(row[10]), row[12]),
        is_act=row[10] is not None,
    )


def to_review(steps: list[StepHere], number: int) -> list[StepHere]:
    """Those that the review of this meeting is about: planned before it, and not let go elsewhere.

    What came of a focusing since the last review is the first thing looked at.
    """
    found = [
        step
        for step in steps
        if step.planned_in != number and (step.state != StepState.DROPPED or step.said_in == number)
    ]
    return sorted(found, key=lambda step: not step.opens_review(number))


def planned_in(steps: list[StepHere], number: int) -> list[StepHere]:
    return [step for step in steps if step.planned_in == number and step.state != StepState.DROPPED]


def readings_taken_in(target: Target, number: int) -> list[Reading]:
    """The readings of one target that stand for one meeting, oldest first."""
    rows = Reading.objects.filter(target=target, meeting_number=number, withdrawn_at=None)
    return list(rows.select_related("target").order_by("created_at", "id"))
