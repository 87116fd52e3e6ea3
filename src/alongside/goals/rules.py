"""Who may do what with needs, targets, steps and readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.journeys.rules import is_guide, is_one_of_two, is_open, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours

from .models import Need, Step, Target, TargetWording, WordingYes
from .states import NEED_TRANSITIONS, STEP_TRANSITIONS, TARGET_TRANSITIONS, NeedState, StepState, TargetState


def belongs(seat: Seat, thing: Need | Target | Step) -> Verdict:
    """An identifier in a form is guarded like one in the address: of another journey, it doesn't exist."""
    return ALLOWED if thing.journey_id == seat.journey.id else hidden()


def may_shape_goals(seat: Seat) -> Verdict:
    """Either of the two proposes needs and targets and adds steps."""
    return may_work(seat)


def _may_enter(seat: Seat, thing: Any, state: Any, table: Mapping[Any, tuple[Any, ...]]) -> Verdict:
    denied = first_denial(may_work(seat), belongs(seat, thing))
    if not denied:
        return denied
    if state not in table[type(state)(thing.state)]:
        return not_now(_("This has changed since you opened it. Please look at it as it is now."))
    return ALLOWED


def may_agree(seat: Seat, thing: Need | Target, *, in_the_room: bool = False) -> Verdict:
    """What one proposes the other agrees; in the room the guide notes that both did."""
    agreed = NeedState.AGREED if isinstance(thing, Need) else TargetState.AGREED
    table: Any = NEED_TRANSITIONS if isinstance(thing, Need) else TARGET_TRANSITIONS
    denied = _may_enter(seat, thing, agreed, table)
    if not denied or thing.state != "proposed":  # type: ignore[union-attr]
        return denied
    if in_the_room:
        return (
            ALLOWED
            if seat.is_guide
            else not_yours(_("Only the practitioner can record what was agreed in the room."))
        )
    if (thing.proposed_by_id == seat.participant.person.id) == seat.is_participant:
        # by its side, not by the person: who covers for the guide, or follows them, doesn't agree to what they proposed
        return not_now(_("You proposed this. The other person has to agree to it."))
    return ALLOWED


def may_agree_wording(seat: Seat, wording: TargetWording, *, in_the_room: bool = False) -> Verdict:
    """A wording written anew is agreed by the other of the two; in the room the guide notes that both did."""
    denied = first_denial(may_work(seat), belongs(seat, wording.target))
    if not denied:
        return denied
    if wording.number == 1:
        return not_now(_("The first wording is agreed together with the goal."))
    if WordingYes.objects.filter(wording=wording).exists():
        return not_now(_("This has been agreed already."))
    if in_the_room:
        return (
            ALLOWED
            if seat.is_guide
            else not_yours(_("Only the practitioner can record what was agreed in the room."))
        )
    if wording.by_id == seat.actor.id:
        return not_now(_("You wrote this. The other person has to agree to it."))
    return ALLOWED


def may_change_need(seat: Seat, need: Need, state: NeedState) -> Verdict:
    if state == NeedState.AGREED and need.state == NeedState.PROPOSED:  # type: ignore[attr-defined]
        return may_agree(seat, need)
    return _may_enter(seat, need, state, NEED_TRANSITIONS)


def may_change_target(seat: Seat, target: Target, state: TargetState) -> Verdict:
    if state == TargetState.AGREED and target.state == TargetState.PROPOSED:  # type: ignore[attr-defined]
        return may_agree(seat, target)
    return _may_enter(seat, target, state, TARGET_TRANSITIONS)


def may_reword_target(seat: Seat, target: Target, known_number: int) -> Verdict:
    """A target is re-agreed from the wording one has before one's eyes, so that two at once don't overrule each other."""
    denied = first_denial(may_work(seat), belongs(seat, target))
    if not denied:
        return denied
    newest = target.wordings.order_by("-number").values_list("number", flat=True).first()
    if newest != known_number:
        return not_now(
            _(
                "Someone agreed a new wording a moment ago. Your words are below. Please look at the "
                "new wording first."
            )
        )
    return ALLOWED


def may_take_reading(seat: Seat, target: Target) -> Verdict:
    return first_denial(may_work(seat), belongs(seat, target))


def may_tick_step(seat: Seat, step: Step, state: StepState) -> Verdict:
    return _may_enter(seat, step, state, STEP_TRANSITIONS)


def may_enter_step_in_error(seat: Seat, step: Step, reason: str) -> Verdict:
    """Only by the one who wrote it, as long as the journey is open, also while it rests; and with a reason."""
    denied = first_denial(is_one_of_two(seat), is_open(seat), belongs(seat, step))
    if not denied:
        return denied
    if step.by_id != seat.actor.id:
        return not_yours(_("Only the person who wrote a step can say that it was entered in error."))
    if step.entered_in_error_at:
        return not_now(_("This has been said already."))
    if not reason.strip():
        return not_now(_("Please say in a few words why it was entered in error."))
    return ALLOWED


def may_order(seat: Seat, thing: Need | Target | Step) -> Verdict:
    """Either of the two puts needs, targets and steps in order."""
    return first_denial(may_work(seat), belongs(seat, thing))


def may_carry_goals(seat: Seat, source: Journey) -> Verdict:
    """The guide of a journey that follows another brings its chain along, once, before there is one of its own."""
    denied = first_denial(is_guide(seat), may_work(seat))
    if not denied:
        return denied
    if seat.journey.follows_id != source.id or Need.objects.filter(journey=seat.journey).exists():
        return hidden()
    return ALLOWED
