"""Acknowledging an ending, and closing it."""

from __future__ import annotations

from alongside.journeys.actions import enter_state
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.rooms.environment.actions.series import call_off_what_is_booked
from alongside.rooms.environment.models import CalledOff
from alongside.rooms.first_meeting.actions import end_agreement
from alongside.rooms.first_meeting.queries import agreement_in_force
from alongside.rooms.first_meeting.states import Side

from ..links.actions import link_at_closing
from ..record.actions import contribute, enter_ending_state, fresh, retract
from ..record.emails import tell_other
from ..record.models import Ending
from ..record.queries import sayings_of
from ..record.states import EndingState, Said
from ..wishes.actions import settle_wish
from ..wishes.models import Wish
from ..wishes.queries import wishes_of
from ..wishes.rules import may_end_early
from ..wishes.states import Outcome, Wanted
from . import rules


@action("ending.ended_early")
def end_early(*, by: Seat) -> Ending:
    """End the journey once a notice is over. What was acknowledged and written stays as it is."""
    by, ending = fresh(by)
    wishes = wishes_of(by)
    demand(may_end_early(by, ending, wishes))
    record("ending.ended_early", subject=ending, by=by)
    _close(ending, wishes[Wanted.END_EARLY], by)
    return ending


@action("ending.acknowledged")
def acknowledge(*, side: Side, by: Seat) -> Ending:
    """Acknowledge how the journey ended. With the second of the two it closes, and the journey is over."""
    by, ending = fresh(by)
    demand(rules.may_acknowledge(by, ending, side))
    contribute(ending=ending, said=Said.ACKNOWLEDGED, side=side, by=by)
    record("ending.acknowledged", subject=ending, by=by, side=str(side))
    if sayings_of(ending).sides(Said.ACKNOWLEDGED) == frozenset(Side):
        _close(ending, wishes_of(by).get(Wanted.END_EARLY), by)
    else:
        enter_ending_state(ending=ending, state=EndingState.ACKNOWLEDGED_BY_ONE, by=by)
        tell_other(by, "acknowledged")
    return ending


@action("ending.taken_up_again")
def take_up_again(*, by: Seat) -> Ending:
    """Open it for changes again. Whoever had acknowledged is asked anew."""
    by, ending = fresh(by)
    demand(rules.may_take_up_again(by, ending))
    retract(ending=ending, said=Said.ACKNOWLEDGED, by=by)
    enter_ending_state(ending=ending, state=EndingState.BEGUN, by=by)
    record("ending.taken_up_again", subject=ending, by=by)
    return ending


@action("ending.closed_without_waiting")
def close_without_waiting(*, by: Seat) -> Ending:
    """Close it with one acknowledgement alone: the guide's where the kind allows that, anybody's when the other is gone."""
    by, ending = fresh(by)
    demand(rules.may_close_without_waiting(by, ending))
    record("ending.closed_without_waiting", subject=ending, by=by)
    _close(ending, wishes_of(by).get(Wanted.END_EARLY), by)
    return ending


def _close(ending: Ending, notice: Wish | None, by: Seat) -> None:
    """What is booked is called off, the record closes, the agreement ends, the journey is over: early with a notice."""
    call_off_what_is_booked(because=CalledOff.ENDED, by=by)
    enter_ending_state(ending=ending, state=EndingState.CLOSED, by=by)
    link_at_closing(by)
    if agreement_in_force(by) is not None:
        end_agreement(by=by)
    if notice is None:
        enter_state(state=JourneyState.COMPLETED, by=by)
    else:
        settle_wish(wish=notice, outcome=Outcome.CARRIED_OUT, by=by)
        enter_state(state=JourneyState.ENDED_EARLY, reason=str(notice.word), by=by)
