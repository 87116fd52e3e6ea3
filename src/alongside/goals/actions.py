"""What can be done with needs, targets, steps and readings."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now, today
from alongside.kernel.errors import demand
from alongside.kernel.verdict import hidden, not_now
from alongside.ledger.record import record
from alongside.measures.catalogue import measure
from alongside.people.models import Person

from . import rules
from .models import (
    How,
    Need,
    NeedStateRecord,
    Reading,
    Source,
    Step,
    StepStateRecord,
    StepTick,
    Target,
    TargetStateRecord,
    TargetWording,
    WordingYes,
)
from .queries import needs_of, next_position, siblings_of, targets_of, waiting_wordings, wordings_of
from .states import NeedState, StepState, TargetState


@dataclass(frozen=True, slots=True)
class Wording:
    """What a target says, as it comes from a form: clean, in the units of its measure."""

    difference: str
    measure: str
    why: str = ""
    how_we_will_know: str = ""
    levels: tuple[str, ...] = ()
    baseline: Decimal | None = None
    aim: Decimal | None = None
    importance: int = 1
    difficulty: int = 1
    due: dt.date | None = None


@action("need.proposed")
def propose_need(*, statement: str, by: Seat) -> Need:
    """Propose a need. The other of the two agrees to it, or both do with the agreement."""
    demand(rules.may_shape_goals(by))
    position = next_position(Need.objects.filter(journey=by.journey))
    need = Need.objects.create(
        journey=by.journey, statement=statement.strip(), proposed_by=by.actor, position=position
    )
    NeedStateRecord.objects.create(need=need, state=NeedState.PROPOSED, by=by.actor)
    record("need.proposed", subject=need, by=by)
    return need


@action("need.agreed")
def agree_need(*, need: Need, in_the_room: bool = False, by: Seat) -> NeedStateRecord:
    """Agree to a need the other proposed, or note that both agreed in the room."""
    demand(rules.may_agree(by, need, in_the_room=in_the_room))
    how = How.IN_THE_ROOM if in_the_room else How.SIGNED_IN
    record("need.agreed", subject=need, by=by, how=str(how))
    return NeedStateRecord.objects.create(need=need, state=NeedState.AGREED, how=how, by=by.actor)


@action("need.changed")
def change_need(*, need: Need, state: NeedState, word: str = "", by: Seat) -> NeedStateRecord:
    """Say that a need is met or let go, or take it up again."""
    demand(rules.may_change_need(by, need, state))
    record("need.changed", subject=need, by=by, state=str(state))
    return NeedStateRecord.objects.create(need=need, state=state, word=word.strip(), by=by.actor)


@action("target.proposed")
def propose_target(*, need: Need, wording: Wording, by: Seat) -> Target:
    """Propose a target for a need. A baseline becomes its first reading."""
    demand(rules.may_shape_goals(by))
    demand(rules.belongs(by, need))
    position = next_position(Target.objects.filter(journey=by.journey))
    target = Target.objects.create(journey=by.journey, need=need, proposed_by=by.actor, position=position)
    TargetStateRecord.objects.create(target=target, state=TargetState.PROPOSED, by=by.actor)
    _write_wording(target, 1, wording, by)
    record("target.proposed", subject=target, by=by, measure=wording.measure)
    return target


@action("target.agreed")
def agree_target(*, target: Target, in_the_room: bool = False, by: Seat) -> TargetStateRecord:
    """Agree to a target the other proposed, or note that both agreed in the room."""
    demand(rules.may_agree(by, target, in_the_room=in_the_room))
    how = How.IN_THE_ROOM if in_the_room else How.SIGNED_IN
    record("target.agreed", subject=target, by=by, how=str(how))
    return TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, how=how, by=by.actor)


@action("goals.agreed")
def agree_all(*, by: Seat) -> int:
    """Agree every proposed need and target at once: they are part of the agreement both have accepted."""
    demand(rules.may_shape_goals(by))
    needs = [need for need in needs_of(by) if need.state == NeedState.PROPOSED]
    targets = [target for target in targets_of(by) if target.state == TargetState.PROPOSED]
    how = How.WITH_THE_AGREEMENT
    NeedStateRecord.objects.bulk_create(
        [NeedStateRecord(need=need, state=NeedState.AGREED, how=how, by=by.actor) for need in needs]
    )
    TargetStateRecord.objects.bulk_create(
        [
            TargetStateRecord(target=target, state=TargetState.AGREED, how=how, by=by.actor)
            for target in targets
        ]
    )
    wordings = [row for row in waiting_wordings(by).values() if row.by_id != by.actor.id]
    WordingYes.objects.bulk_create([WordingYes(wording=row, how=how, by=by.actor) for row in wordings])
    record("goals.agreed", subject=by.journey, by=by, needs=len(needs), targets=len(targets))
    return len(needs) + len(targets)


@action("target.reworded")
def reword_target(*, target: Target, wording: Wording, known_number: int, by: Seat) -> TargetWording:
    """Re-agree a target: its new wording stands beside the old ones, with the readings made under each.

    `known_number` is the wording the writer had before their eyes; if another came first, this is refused.
    """
    Target.objects.select_for_update().get(id=target.id)
    demand(rules.may_reword_target(by, target, known_number))
    written = _write_wording(target, known_number + 1, wording, by)
    record("target.reworded", subject=target, by=by, number=written.number, measure=wording.measure)
    return written


@action("target.wording_agreed")
def agree_wording(*, target: Target, known_number: int, in_the_room: bool = False, by: Seat) -> WordingYes:
    """Agree to the wording the other wrote anew, or note that both agreed in the room. Only to the one that was read."""
    Target.objects.select_for_update().get(id=target.id)
    newest = wordings_of(target.id)[0]
    demand(rules.may_agree_wording(by, newest, in_the_room=in_the_room))
    if newest.number != known_number:
        demand(not_now(_("Someone reworded this a moment ago. Please look at the new wording first.")))
    how = How.IN_THE_ROOM if in_the_room else How.SIGNED_IN
    record("target.wording_agreed", subject=target, by=by, number=newest.number, how=str(how))
    return WordingYes.objects.create(wording=newest, how=how, by=by.actor)


@action("target.changed")
def change_target(*, target: Target, state: TargetState, word: str = "", by: Seat) -> TargetStateRecord:
    """Put a target on hold, call it reached, let it go, or take it up again."""
    demand(rules.may_change_target(by, target, state))
    record("target.changed", subject=target, by=by, state=str(state))
    return TargetStateRecord.objects.create(target=target, state=state, word=word.strip(), by=by.actor)


@action("reading.taken")
def take_reading(
    *,
    target: Target,
    value: Decimal,
    source: Source = Source.MEETING,
    taken_on: dt.date | None = None,
    meeting_number: int | None = None,
    by: Seat,
) -> Reading:
    """Add one value of the target's measure, clean for it (ValueError otherwise, with its sentence)."""
    demand(rules.may_take_reading(by, target))
    wording = target.wordings.order_by("-number").first()
    assert wording is not None
    instrument = measure(wording.measure)
    reading = Reading.objects.create(
        target=target,
        wording=wording,
        value=instrument.clean(value),
        measure_version=instrument.version,
        taken_on=taken_on or today(by.actor.time_zone),
        source=source,
        meeting_number=meeting_number,
        by=by.actor,
    )
    record("reading.taken", subject=reading, by=by, source=str(source))
    return reading


@action("reading.withdrawn")
def withdraw_reading(*, reading: Reading, by: Seat) -> Reading:
    """Take back a value entered by mistake. It stays in the record, and out of every line and figure."""
    demand(rules.may_take_reading(by, reading.target))
    reading.withdrawn_at, reading.withdrawn_by = now(), by.actor
    reading.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("reading.withdrawn", subject=reading, by=by)
    return reading


@action("step.planned")
def plan_step(
    *,
    text: str,
    owner: Person,
    target: Target | None = None,
    due: dt.date | None = None,
    planned_in: int | None = None,
    times_a_week: int | None = None,
    by: Seat,
) -> Step:
    """Add a step. Its owner has a part in the journey; it serves a target of the journey, or as yet none.

    With `times_a_week` it comes round again until it is said in a review how it went.
    """
    demand(rules.may_shape_goals(by))
    if target is not None:
        demand(rules.belongs(by, target))
    if not by.name_of(owner.id):
        demand(hidden())
    step = Step.objects.create(
        journey=by.journey,
        target=target,
        text=text.strip(),
        owner=owner,
        due=due,
        planned_in=planned_in,
        times_a_week=times_a_week,
        position=next_position(Step.objects.filter(journey=by.journey)),
        by=by.actor,
    )
    StepStateRecord.objects.create(step=step, state=StepState.OPEN, by=by.actor)
    record("step.planned", subject=step, by=by, planned_in=planned_in)
    return step


@action("step.ticked")
def tick_step(
    *, step: Step, state: StepState, word: str = "", reviewed_in: int | None = None, by: Seat
) -> StepStateRecord:
    """Say how a step went: done, partly, not yet, or let go; with a word on what helped or got in the way.

    Saying the same again changes only the word: it is appended, and the state stays. One that comes round again
    and was done between meetings is ticked for today, and stays to be done.
    """
    current = StepState(step.state)  # type: ignore[attr-defined]
    if step.times_a_week and state == StepState.DONE and reviewed_in is None:
        _tick_today(step, word, by)
        state = StepState.OPEN
    if current == state:
        demand(rules.may_shape_goals(by))
        demand(rules.belongs(by, step))
    else:
        demand(rules.may_tick_step(by, step, state))
    record("step.ticked", subject=step, by=by, state=str(state), reviewed_in=reviewed_in)
    return StepStateRecord.objects.create(
        step=step, state=state, word=word.strip(), reviewed_in=reviewed_in, by=by.actor
    )


@action("step.entered_in_error")
def enter_step_in_error(*, step: Step, reason: str, by: Seat) -> Step:
    """Hide a step that was written in the wrong record, from both and from every figure: sealed, with the reason.

    Its last state is that it was let go, so that a page which is open learns that something has changed.
    """
    demand(rules.may_enter_step_in_error(by, step, reason))
    StepStateRecord.objects.create(step=step, state=StepState.DROPPED, by=by.actor)
    step.entered_in_error_at, step.entered_in_error_by = now(), by.actor
    step.why_in_error = reason.strip()
    step.save(update_fields=["entered_in_error_at", "entered_in_error_by", "why_in_error"])
    record("step.entered_in_error", subject=step, by=by)
    return step


def _tick_today(step: Step, word: str, by: Seat) -> None:
    """Once a day; a second word on the same day goes below the first."""
    demand(rules.may_tick_step(by, step, StepState.DONE))
    day = today(by.actor.time_zone)
    tick, made = StepTick.objects.get_or_create(
        step=step, day=day, defaults={"word": word.strip(), "by": by.actor}
    )
    if not made and word.strip():
        tick.word = "\n\n".join(part for part in (tick.word, word.strip()) if part)
        tick.save(update_fields=["word"])


@action("goals.ordered")
def put_in_place(*, thing: Need | Target | Step, place: int, by: Seat) -> int:
    """Move a need, target or step to this place among its own, counted from 0. Past an end means at that end.

    Returns where it is now. Two who move at once go one after the other, and nothing is lost.
    """
    demand(rules.may_order(by, thing))
    Journey.objects.select_for_update().get(id=by.journey.id)
    rows = siblings_of(by, thing)
    if thing.id not in {row.id for row in rows}:
        demand(not_now(_("This has changed since you opened it. Please look at it as it is now.")))
    order = [row for row in rows if row.id != thing.id]
    place = max(0, min(place, len(order)))
    order.insert(place, next(row for row in rows if row.id == thing.id))
    places = sorted(row.position for row in rows)
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    for row, position in zip(order, places, strict=True):
        if row.position != position:
            type(row).objects.filter(id=row.id).update(position=position)
    record("goals.ordered", subject=thing, by=by, place=place)
    return place


def _write_wording(target: Target, number: int, wording: Wording, by: Seat) -> TargetWording:
    instrument = measure(wording.measure)
    written = TargetWording.objects.create(
        target=target,
        number=number,
        difference=wording.difference.strip(),
        why=wording.why.strip(),
        how_we_will_know=wording.how_we_will_know.strip(),
        measure=wording.measure,
        measure_version=instrument.version,
        sealed_levels=json.dumps(list(wording.levels)) if wording.levels else "",
        baseline=wording.baseline,
        aim=wording.aim,
        importance=wording.importance,
        difficulty=wording.difficulty,
        due=wording.due,
        by=by.actor,
    )
    if wording.baseline is not None:
        Reading.objects.create(
            target=target,
            wording=written,
            value=instrument.clean(wording.baseline),
            measure_version=instrument.version,
            taken_on=today(by.actor.time_zone),
            source=Source.BASELINE if number == 1 else Source.MEETING,
            by=by.actor,
        )
    return written
