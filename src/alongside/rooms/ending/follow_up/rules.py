"""Who may do what after the end. A journey that is over stays as it is; these few acts are what it still allows."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_one_of_two
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours

from ..record.models import Ending
from ..record.rules import is_theirs, may_look_back, may_shape_ending
from ..record.states import AFTER
from .models import FollowUp
from .queries import has_come, readers_of, state_of
from .states import TRANSITIONS, FollowUpState, Readers


def may_see_follow_up(seat: Seat, ending: Ending | None) -> Verdict:
    return may_look_back(seat, ending)


def may_plan_days(seat: Seat, ending: Ending | None) -> Verdict:
    """While the ending is shaped either of the two; when it is over whose days they are."""
    if seat.state in AFTER:
        return first_denial(may_look_back(seat, ending), is_theirs(seat))
    return may_shape_ending(seat, ending)


def may_type_days(seat: Seat, ending: Ending | None) -> Verdict:
    """The door where days are typed: if the moment has passed the action says so, and they are not lost."""
    return may_look_back(seat, ending)


def may_choose_readers(seat: Seat, ending: Ending | None) -> Verdict:
    """Who reads the answers is the participant's to say. Without e-mail it is asked by phone, so the guide reads too."""
    denied = first_denial(is_theirs(seat), may_plan_days(seat, ending))
    if denied and not seat.participant.person.email:
        return not_now(_("If you are asked by phone, tell the person who calls."))
    return denied


def may_stop_asking(seat: Seat, ending: Ending | None) -> Verdict:
    return first_denial(may_look_back(seat, ending), is_theirs(seat))


def may_enter_follow_up_state(day: FollowUp, state: FollowUpState) -> Verdict:
    if day.cancelled_at is None and state in TRANSITIONS[state_of(day)]:
        return ALLOWED
    return not_now(_("This has already been decided."))


def is_being_asked(seat: Seat, day: FollowUp | None) -> Verdict:
    """An answer is taken from its day on, for good: late, or a second time, it is added."""
    if day is None or day.journey_id != seat.journey.id:
        return hidden()
    if seat.state not in AFTER or not has_come(seat, day):
        onward = reverse("follow_up:plan", args=[seat.journey.id])
        return not_now(_("This is asked on its day."), onward)
    return ALLOWED


def may_answer(seat: Seat, ending: Ending | None, day: FollowUp | None) -> Verdict:
    """The participant; or the guide who asks by phone, where no letter reaches them."""
    if seat.is_participant:
        return first_denial(may_look_back(seat, ending), is_being_asked(seat, day))
    if seat.is_guide and not seat.participant.person.email and readers_of(seat) == Readers.OURS:
        return first_denial(may_look_back(seat, ending), is_being_asked(seat, day))
    return first_denial(
        is_one_of_two(seat),
        not_yours(_("%(name)s answers this themselves.") % {"name": seat.participant.name}),
    )


def may_read_about_help(seat: Seat, ending: Ending | None) -> Verdict:
    """What helps now, and the way back: said to whose answers they are."""
    return first_denial(may_look_back(seat, ending), is_theirs(seat))


def may_note_worse_seen(seat: Seat, ending: Ending | None) -> Verdict:
    denied = may_look_back(seat, ending)
    if denied and not seat.is_guide:
        return not_yours(_("Only the person you worked with can say that they have looked at this."))
    return denied


def may_switch_off(seat: Seat, ending: Ending | None) -> Verdict:
    return first_denial(may_look_back(seat, ending), is_theirs(seat))
