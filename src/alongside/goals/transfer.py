"""Carrying the chain into a journey that goes on from another: needs, targets, steps and readings as they are there."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import rules
from .measuring.models import FilledForm, FormSchedule
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
from .safety.models import SafetyNotice
from .states import STEP_STILL_TO_DO

AnyRow = TypeVar("AnyRow", bound=models.Model)


@action("goals.carried")
def carry_goals(*, source: Journey, from_guide: Person, by: Seat) -> dict[UUID, Need]:
    """Copy the chain of the journey this one follows; returns the new needs by the id of the old.

    Wordings keep their numbers and days, readings their values, days, sources and the measure's version they were made
    with, so that then and now still reaches back to the very first. What the earlier guide had still to do is the new
    guide's now. The words in which states were explained stay where they were said.
    """
    demand(rules.may_carry_goals(by, source))
    needs = {
        need.id: _copied(need, journey=by.journey)
        for need in Need.objects.filter(journey=source).order_by("id")
    }
    _carry_states(NeedStateRecord, "need", source, needs)
    targets = {
        target.id: _copied(target, journey=by.journey, need=needs[target.need_id])
        for target in Target.objects.filter(journey=source).order_by("id")
    }
    _carry_states(TargetStateRecord, "target", source, targets)
    wordings = {
        wording.id: _copied(wording, target=targets[wording.target_id])
        for wording in TargetWording.objects.filter(target__journey=source).order_by("id")
    }
    for yes in WordingYes.objects.filter(wording__target__journey=source).order_by("id"):
        _copied(yes, wording=wordings[yes.wording_id])
    readings = Reading.objects.filter(target__journey=source, withdrawn_at=None).order_by("id")
    for reading in readings:
        _copied(reading, target=targets[reading.target_id], wording=wordings[reading.wording_id])
    noticed = SafetyNotice.objects.filter(journey=source)
    handed_in_or_noticed = Q(submitted_at__isnull=False) | Q(id__in=noticed.values("form"))
    forms = {
        form.id: _copied(form, journey=by.journey)
        for form in FilledForm.objects.filter(handed_in_or_noticed, journey=source).order_by("id")
    }
    for schedule in FormSchedule.objects.filter(journey=source).order_by("created_at", "id"):
        _copied(schedule, journey=by.journey)
    for notice in noticed.order_by("id"):
        # what was answered about harm, and what was done, is known to whoever goes on
        _copied(notice, journey=by.journey, form=forms[notice.form_id])
    steps = _carry_steps(source, targets, from_guide, by)
    record("goals.carried", subject=by.journey, by=by, needs=len(needs), targets=len(targets), steps=steps)
    return needs


def _carry_steps(source: Journey, targets: dict[UUID, Target], from_guide: Person, by: Seat) -> int:
    steps = {}
    latest = _latest(StepStateRecord, "step", source)
    for step in Step.objects.filter(journey=source).order_by("id"):
        theirs = step.owner_id == from_guide.id and latest[step.id].state in STEP_STILL_TO_DO
        steps[step.id] = _copied(
            step,
            journey=by.journey,
            target=targets[step.target_id] if step.target_id else None,
            owner=by.actor if theirs else step.owner,
        )
    _carry_states(StepStateRecord, "step", source, steps)
    for tick in StepTick.objects.filter(step__in=steps).order_by("id"):
        _copied(tick, step=steps[tick.step_id], word="")
    return len(steps)


def _copied(row: AnyRow, **instead: Any) -> AnyRow:
    """The same row anew, with its own key, the moment it was made, and words sealed for their new place."""
    fields = [field.name for field in row._meta.concrete_fields if field.name != "id"]
    kept = {name: getattr(row, name) for name in fields if name not in instead}
    copy: AnyRow = type(row)._default_manager.create(**kept, **instead)
    return copy


def _carry_states(model: Any, noun: str, source: Journey, things: dict[UUID, Any]) -> None:
    """The state each is in, since when and by whom; not the words that were said with it."""
    for old, state in _latest(model, noun, source).items():
        if old in things:
            _copied(state, **{noun: things[old], "word": ""})


def _latest(model: Any, noun: str, source: Journey) -> dict[UUID, Any]:
    rows = model.objects.filter(**{f"{noun}__journey": source}).order_by("created_at", "id")
    return {getattr(row, f"{noun}_id"): row for row in rows}
