"""Needs, what is aimed for, and the steps: the whole chain on one page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals import rules as goal_rules
from alongside.goals.models import Need, Target, TargetWording
from alongside.goals.queries import StepFacts
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.journeys import visibility
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.measures.catalogue import measure
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import StepLine

from .. import offers
from ..queries import PictureFacts, WordedTarget
from .common import address, day
from .picture import need_suggestions

STATE_SHAPES = {
    "proposed": "not_yet",
    "agreed": "plain",
    "on_hold": "quiet",
    "met": "done",
    "reached": "done",
    "let_go": "quiet",
}
Ticks = Mapping[UUID, Sequence[object]]
"""This week's ticks of steps that come round again, by step."""
Lines = Sequence[tuple[UUID | None, StepLine]]
"""Steps as they are shown, each with the target it serves."""
GONE = (TargetState.LET_GO, TargetState.REACHED)
"""No step is planned towards these any more."""
STEP_STATES = {StepState.DROPPED: "let_go"}


@dataclass(frozen=True)
class TargetView:
    id: UUID
    title: str
    url: str
    state: str
    state_word: str
    measure: str
    standing: str
    due: str
    waiting: str
    acts: tuple[ActionButton, ...]
    steps: tuple[StepLine, ...]
    add_step: ActionButton | None
    is_chosen: bool
    """A step towards it is being written: its form stands below it."""


@dataclass(frozen=True)
class NeedView:
    id: UUID
    statement: str
    by: str
    state: str
    state_word: str
    rating: int | None
    words: str
    acts: tuple[ActionButton, ...]
    changes: tuple[ActionButton, ...]
    targets: tuple[TargetView, ...]
    add_target: ActionButton


@dataclass(frozen=True)
class GoalsPage:
    eyebrow: str
    title: str
    lead: str
    may_shape: Verdict
    needs: tuple[NeedView, ...]
    let_go: tuple[NeedView, ...]
    loose_steps: tuple[StepLine, ...]
    need_suggestions: tuple[ActionButton, ...]
    step_suggestions: tuple[ActionButton, ...]
    need_url: str
    step_url: str
    who_reads: str
    add_need_title: str
    has_targets: bool
    is_chosen: bool
    """The form for a step stands below one of the goals."""
    nothing_yet: str
    need_word: str
    goal_word: str
    here: str
    picture: ActionButton
    agreement: ActionButton
    order: ActionButton
    back: str


def goals_page(
    seat: Seat,
    needs: list[Need],
    targets: list[WordedTarget],
    steps: list[StepFacts],
    picture: PictureFacts | None,
    ticks: Ticks,
    waiting: Collection[UUID] = (),
    chosen: str = "",
) -> GoalsPage:
    """`waiting` are the targets whose newest wording the other has not agreed to yet.

    `chosen` is the target below which a step is being written.
    """
    words = seat.kind.words
    lines = [(step.target_id, step_line(seat, step, ticks)) for step in steps]
    views = {need.id: _need(seat, need, targets, lines, picture, waiting, chosen) for need in needs}
    let_go = [need.id for need in needs if need.state == NeedState.LET_GO]  # type: ignore[attr-defined]
    return GoalsPage(
        eyebrow=capfirst(str(words.first_meeting)),
        title=_("%(needs)s and %(targets)s")
        % {"needs": capfirst(str(words.needs)), "targets": words.targets},
        lead=_("From what is needed to a goal, and from there to small steps."),
        may_shape=goal_rules.may_shape_goals(seat),
        needs=tuple(view for need_id, view in views.items() if need_id not in let_go),
        let_go=tuple(view for need_id, view in views.items() if need_id in let_go),
        loose_steps=tuple(line for target_id, line in lines if target_id is None),
        need_suggestions=need_suggestions(seat, needs, back="goals"),
        step_suggestions=_step_suggestions(seat, steps),
        need_url=address(seat, "add_need"),
        step_url=address(seat, "add_step"),
        who_reads=visibility.sentence(seat, Visibility.OURS),
        has_targets=bool(targets),
        is_chosen=any(target.is_chosen for view in views.values() for target in view.targets),
        add_need_title=_("What is needed?") if not needs else _("Is something else needed?"),
        nothing_yet=_("Here you will see what is needed, your goals, and which steps come first."),
        need_word=capfirst(str(words.need)),
        goal_word=capfirst(str(words.target)),
        here=address(seat, "goals"),
        picture=ActionButton(_("Starting picture"), address(seat, "picture"), link=True),
        agreement=ActionButton(capfirst(str(words.agreement)), address(seat, "agreement"), link=True),
        order=ActionButton(_("Change the order"), address(seat, "order"), link=True),
        back=address(seat, "room"),
    )


def _need(
    seat: Seat,
    need: Need,
    targets: list[WordedTarget],
    steps: Lines,
    picture: PictureFacts | None,
    waiting: Collection[UUID],
    chosen: str,
) -> NeedView:
    state = NeedState(need.state)  # type: ignore[attr-defined]
    entry = picture.entries.get(need.id) if picture else None
    url = address(seat, "add_target", need_id=need.id)
    return NeedView(
        id=need.id,
        statement=need.statement,
        by=seat.name_of(need.proposed_by_id),
        state=STATE_SHAPES[state],
        state_word=str(state.label),
        rating=entry.rating if entry else None,
        words=entry.words if entry else "",
        acts=tuple(agreeing(seat, need, address(seat, "agree_need", need_id=need.id))),
        changes=_need_changes(seat, need),
        targets=tuple(
            _target(seat, each, steps, waiting, chosen) for each in targets if each.target.need_id == need.id
        ),
        add_target=ActionButton(
            _("Set a goal"), url, link=True, icon="plus-lg", primary=not targets and need.position == 0
        ),
    )


def _need_changes(seat: Seat, need: Need) -> tuple[ActionButton, ...]:
    changes = offers.NEED_CHANGES[need.state] if goal_rules.may_shape_goals(seat) else ()  # type: ignore[attr-defined]
    return changing(changes, address(seat, "change_need", need_id=need.id))


def changing(changes: tuple[tuple[str, Any], ...], url: str) -> tuple[ActionButton, ...]:
    """The buttons for what may be said of a thing in its present state. Letting go asks once more."""
    sure = _("You can still read it, and take it up again.")
    return tuple(
        ActionButton(
            str(label), url, fields=(("state", str(state)),), confirm=sure if label == offers.LET_GO else ""
        )
        for state, label in changes
    )


def agreeing(seat: Seat, thing: Need | Target, url: str, *, primary: bool = False) -> list[ActionButton]:
    """To agree to what the other proposed; the guide can also note that both agreed in the room."""
    acts = []
    if goal_rules.may_agree(seat, thing):
        acts.append(ActionButton(_("I agree"), url, primary=primary))
    elif goal_rules.may_agree(seat, thing, in_the_room=True):
        acts.append(ActionButton(_("We both agreed in person"), url, fields=(("in_the_room", "1"),)))
    return acts


def _target(
    seat: Seat, worded: WordedTarget, steps: Lines, waiting: Collection[UUID], chosen: str
) -> TargetView:
    target, wording = worded.target, worded.wording
    state = TargetState(target.state)  # type: ignore[attr-defined]
    may_add = state not in GONE and goal_rules.may_shape_goals(seat).allowed
    return TargetView(
        id=target.id,
        title=wording.difference,
        url=address(seat, "target", target_id=target.id),
        state=STATE_SHAPES[state],
        state_word=str(state.label),
        measure=str(measure(wording.measure).name),
        standing=standing(wording),
        due=_("by %(day)s") % {"day": day(wording.due)} if wording.due else "",
        waiting=_("reworded, not agreed by both of you yet") if target.id in waiting else "",
        acts=tuple(agreeing(seat, target, address(seat, "agree_target", target_id=target.id))),
        steps=tuple(line for target_id, line in steps if target_id == target.id),
        add_step=_add_step(seat, target, wording) if may_add else None,
        is_chosen=may_add and chosen == str(target.id),
    )


def _add_step(seat: Seat, target: Target, wording: TargetWording) -> ActionButton:
    url = address(seat, "goals") + f"?target={target.id}#add-step"
    return ActionButton(_("Add step"), url, link=True, icon="plus-lg")


def standing(wording: TargetWording) -> str:
    """From where to where, as people say it."""
    say = measure(wording.measure).say
    if wording.baseline is None:
        return _("goal: %(aim)s") % {"aim": say(wording.aim)} if wording.aim is not None else ""
    if wording.aim is None:
        return _("from %(baseline)s") % {"baseline": say(wording.baseline)}
    return _("from %(baseline)s to %(aim)s") % {"baseline": say(wording.baseline), "aim": say(wording.aim)}


def signed(value: Decimal) -> str:
    """A level as people write it, with a true minus."""
    return f"{int(value):+d}".replace("-", "\N{MINUS SIGN}") if value else "0"


def said(wording: TargetWording, value: Decimal) -> str:
    """A value of a wording's measure as people say it; with the words of its level where they wrote some."""
    if wording.levels and value == int(value):
        written = wording.levels[int(value) + 2]
        if written:
            return f"{signed(value)} {written}"
    return measure(wording.measure).say(value)


def _how_often(step: StepFacts, ticks: Ticks) -> str:
    """How often it comes round, and how often it was done this week."""
    if not step.times_a_week:
        return ""
    often = str(dict(offers.TIMES)[step.times_a_week])
    return _("%(often)s, done %(done)s this week") % {"often": often, "done": len(ticks.get(step.id, ()))}


def step_line(seat: Seat, step: StepFacts, ticks: Ticks) -> StepLine:
    change = address(seat, "change_step", step_id=step.id)
    acts = changing(offers.STEP_CHANGES[step.state], change) if goal_rules.may_shape_goals(seat) else ()
    return StepLine(
        text=step.text,
        state=STEP_STATES.get(step.state, step.state.value),  # type: ignore[arg-type]
        state_word=str(step.state.label),
        owner=seat.name_of(step.owner_id),
        due=_("by %(day)s") % {"day": day(step.due)} if step.due else "",
        serves=_how_often(step, ticks),
        acts=acts,
        key=f"step-{step.id}",
    )


def _step_suggestions(seat: Seat, steps: list[StepFacts]) -> tuple[ActionButton, ...]:
    taken = {step.text for step in steps}
    url = address(seat, "take_suggestion")
    suggested = seat.kind.template(seat.journey.template).first_steps
    return tuple(
        ActionButton(str(text), url, fields=(("what", "step"), ("index", index)), icon="plus-lg")
        for index, text in enumerate(suggested)
        if str(text) not in taken
    )


def owner_choices(seat: Seat) -> list[tuple[str, str]]:
    """The two, the participant first: steps are theirs more often."""
    two = {seat.participant.person.id: seat.participant.name, seat.guide.person.id: seat.guide.name}
    return [(str(person_id), name) for person_id, name in two.items()]


def target_choices(targets: list[WordedTarget]) -> list[tuple[str, str]]:
    kept = [each for each in targets if each.target.state not in GONE]  # type: ignore[attr-defined]
    return [(str(each.target.id), each.wording.difference[:80]) for each in kept]
