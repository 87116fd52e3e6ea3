"""Needs, targets, readings and steps of one journey."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from uuid import UUID

from alongside.goals.models import (
    Need,
    NeedStateRecord,
    Reading,
    Source,
    Step,
    StepStateRecord,
    Target,
    TargetStateRecord,
    TargetWording,
)
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.measures.catalogue import measure

from . import texts
from .shape import Scene

# measure, baseline, aim: what targets are measured by, one after the other
MEASURES = (("rating-0-10", 3, 7), ("gas", -1, 1), ("count", 2, 5), ("rating-0-10", 2, 6))
REVIEWED = (StepState.DONE, StepState.PARTLY, StepState.DONE, StepState.NOT_YET)


def write_goals(scene: Scene) -> list[UUID]:
    """The whole chain. Answers with the needs."""
    at = scene.meeting_at(1)
    need_ids = [_need(scene, position, at) for position in range(scene.shape.needs)]
    target_ids = [
        _target(scene, position, need_ids[position % len(need_ids)], at)
        for position in range(scene.shape.targets)
    ]
    for number in range(scene.shape.steps):
        _step(scene, number, target_ids[number % len(target_ids)])
    return need_ids


def _need(scene: Scene, position: int, at: dt.datetime) -> UUID:
    need_id = scene.load.add(
        Need,
        journey_id=scene.journey_id,
        statement=texts.line(scene.seed + position),
        proposed_by_id=scene.participant_id,
        position=position,
        created_at=at,
    )
    for minute, state in enumerate((NeedState.PROPOSED, NeedState.AGREED)):
        _state(scene, NeedStateRecord, at + dt.timedelta(minutes=minute), need_id=need_id, state=state)
    return need_id


def _target(scene: Scene, position: int, need_id: UUID, at: dt.datetime) -> UUID:
    target_id = scene.load.add(
        Target,
        journey_id=scene.journey_id,
        need_id=need_id,
        proposed_by_id=scene.guide_id,
        position=position,
        created_at=at,
    )
    for minute, state in enumerate((TargetState.PROPOSED, TargetState.AGREED)):
        _state(scene, TargetStateRecord, at + dt.timedelta(minutes=minute), target_id=target_id, state=state)
    key, baseline, aim = MEASURES[position % len(MEASURES)]
    levels = json.dumps([texts.line(scene.seed + level) for level in range(5)]) if key == "gas" else ""
    wording_id = scene.load.add(
        TargetWording,
        target_id=target_id,
        difference=texts.line(scene.seed + position + 4),
        why=texts.line(scene.seed + position + 8),
        how_we_will_know=texts.line(scene.seed + position + 9),
        measure=key,
        measure_version=measure(key).version,
        sealed_levels=levels,
        baseline=Decimal(baseline),
        aim=Decimal(aim),
        due=(scene.last_meeting + dt.timedelta(days=60)).date(),
        by_id=scene.guide_id,
        created_at=at,
    )
    _readings(scene, target_id, wording_id, baseline, aim)
    return target_id


def _readings(scene: Scene, target_id: UUID, wording_id: UUID, baseline: int, aim: int) -> None:
    """From the baseline towards the aim, with a wobble, one a meeting and then more between meetings."""
    count = max(1, scene.shape.readings // scene.shape.targets)
    span = scene.last_meeting - scene.meeting_at(1)
    for number in range(count):
        at = scene.meeting_at(1) + span * number / max(1, count - 1)
        value = baseline + (aim - baseline) * number // max(1, count - 1) + (1 if number % 4 == 3 else 0)
        scene.load.add(
            Reading,
            target_id=target_id,
            wording_id=wording_id,
            value=Decimal(value),
            taken_on=at.date(),
            source=Source.MEETING if number else Source.BASELINE,
            meeting_number=min(scene.shape.meetings, number + 1),
            by_id=scene.participant_id,
            created_at=at,
        )


def _step(scene: Scene, number: int, target_id: UUID) -> None:
    """One step, planned in a meeting and looked at in those after it until it is done."""
    held = max(1, scene.shape.held)
    planned_in = _planned_in(number, scene.shape.steps, held)
    at = scene.meeting_at(planned_in) + dt.timedelta(minutes=50)
    step_id = scene.load.add(
        Step,
        journey_id=scene.journey_id,
        target_id=target_id,
        text=texts.line(scene.seed + number + 10),
        owner_id=scene.guide_id if number % 5 == 4 else scene.participant_id,
        due=(at + dt.timedelta(days=14)).date(),
        planned_in=planned_in,
        by_id=scene.guide_id,
        created_at=at,
    )
    _state(scene, StepStateRecord, at, step_id=step_id, state=StepState.OPEN)
    reviews = (REVIEWED[number % len(REVIEWED)], StepState.DONE)
    for meeting, state in zip(range(planned_in + 1, held + 1), reviews, strict=False):
        word = texts.line(scene.seed + number) if number % 3 == 0 else ""
        moment = scene.meeting_at(meeting)
        _state(scene, StepStateRecord, moment, step_id=step_id, state=state, word=word, reviewed_in=meeting)
        if state == StepState.DONE:
            break


def _planned_in(number: int, steps: int, held: int) -> int:
    """The last four in the last meeting, so that there is a plan to look back on; the others spread before it."""
    return held if number >= steps - 4 else 1 + number * held // steps


def _state(scene: Scene, model: type, at: dt.datetime, **facts: object) -> None:
    scene.load.add(model, by_id=scene.guide_id, created_at=at, **facts)
