"""What the two work for as it stood when they agreed: needs with their starting picture, targets, steps.

Goals move on. The agreement that both have signed goes on saying what they agreed to, and so does its copy on paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery

from alongside.goals.models import (
    Need,
    NeedStateRecord,
    Step,
    StepStateRecord,
    Target,
    TargetStateRecord,
    TargetWording,
)
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.journeys.seat import Seat

from .queries import Entry, starting_picture


@dataclass(frozen=True, slots=True)
class AgreedTarget:
    wording: TargetWording
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedNeed:
    statement: str
    start: Entry | None
    targets: tuple[AgreedTarget, ...]


@dataclass(frozen=True, slots=True)
class AgreedGoals:
    needs: tuple[AgreedNeed, ...] = ()
    steps: tuple[str, ...] = ()
    """Those that serve no target."""

    def __bool__(self) -> bool:
        return bool(self.needs or self.steps)


def agreed_goals(seat: Seat, moment: dt.datetime) -> AgreedGoals:
    """The chain as it stood at that moment; what had been let go by then is left out. Five queries."""
    picture = starting_picture(seat)
    steps = _by_target(_standing(seat, moment, Step, StepStateRecord, "step", StepState.DROPPED))
    worded = {
        row.target_id: row
        for row in TargetWording.objects.filter(
            target__journey=seat.journey, created_at__lte=moment
        ).order_by("number")
    }
    targets: dict[UUID, list[AgreedTarget]] = {}
    for target in _standing(seat, moment, Target, TargetStateRecord, "target", TargetState.LET_GO):
        agreed = AgreedTarget(worded[target.id], steps.get(target.id, ()))
        targets.setdefault(target.need_id, []).append(agreed)
    needs = tuple(
        AgreedNeed(
            need.statement, picture.entries.get(need.id) if picture else None, tuple(targets.get(need.id, ()))
        )
        for need in _standing(seat, moment, Need, NeedStateRecord, "need", NeedState.LET_GO)
    )
    return AgreedGoals(needs, steps.get(None, ()))


def _standing(
    seat: Seat, moment: dt.datetime, model: type[Model], states: type[Model], noun: str, gone: str
) -> QuerySet[Any]:
    known = states._default_manager.filter(**{noun: OuterRef("pk"), "created_at__lte": moment})
    then = Subquery(known.order_by("-created_at", "-id").values("state")[:1])
    rows = model._default_manager.filter(journey=seat.journey, created_at__lte=moment)
    return rows.annotate(then=then).exclude(then=gone).order_by("position", "created_at", "id")


def _by_target(steps: Iterable[Any]) -> dict[UUID | None, tuple[str, ...]]:
    found: dict[UUID | None, tuple[str, ...]] = {}
    for step in steps:
        found[step.target_id] = (*found.get(step.target_id, ()), step.text)
    return found
