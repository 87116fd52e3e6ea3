"""What can be done with the record of an ending: begin it, say something in it, close it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alongside.goals.models import How
from alongside.journeys.actions import enter_state, seat_of
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.rooms.first_meeting.states import Side

from . import rules
from .emails import tell_other
from .models import Ending, EndingStateRecord, Saying
from .queries import any_ending_of, ending_of, side_of
from .states import EndingState, Said


@action("ending.begun")
def begin_ending(*, tells: bool = True, by: Seat) -> Ending:
    """Begin the ending of a journey, or take up one that was set aside. The other is told at once.

    `tells` is False where another email says so: who gives notice begins the ending with it.
    """
    by, ending = fresh(by)
    demand(rules.may_begin_ending(by, ending))
    if by.state != JourneyState.ENDING:
        # the journey's row is locked in there: of two who begin at once, the second is told so
        enter_state(state=JourneyState.ENDING, by=by)
    ending = any_ending_of(by) or Ending.objects.create(journey=by.journey, begun_by=by.actor)
    enter_ending_state(ending=ending, state=EndingState.BEGUN, by=by)
    record("ending.begun", subject=ending, by=by)
    if tells:
        tell_other(by, "begun")
    return ending


@action(unrecorded_because="the hand-over that closes it is recorded itself")
def close_record(*, ending: Ending, by: Seat) -> Ending:
    """Close the record of an ending because the journey goes on with another guide: it stays as far as it was written."""
    demand(rules.may_hand_on(by, ending))
    enter_ending_state(ending=ending, state=EndingState.CLOSED, by=by)
    return ending


@action(unrecorded_because="the action that brings it there is recorded")
def enter_ending_state(*, ending: Ending, state: EndingState, by: Seat) -> Ending:
    """Append the next state of an ending, as its table of transitions allows."""
    demand(rules.may_enter_ending_state(by, ending, state))
    EndingStateRecord.objects.create(ending=ending, state=state, by=by.actor)
    ending.state = state  # type: ignore[attr-defined]
    return ending


def fresh(by: Seat) -> tuple[Seat, Any]:
    """Seat and ending as they are now, behind the journey's row: two at once go through one after the other.

    The ending is None until it is begun, which the rules of its work refuse.
    """
    Journey.objects.select_for_update().get(id=by.journey.id)
    seat = seat_of(by.actor, by.journey)
    return seat, ending_of(seat)


@action(unrecorded_because="the action it is a part of is recorded")
def contribute(
    *,
    ending: Ending,
    said: Said,
    side: Side,
    word: str = "",
    about: str = "",
    on: dt.date | None = None,
    by: Seat,
) -> Saying:
    """Say something in an ending, on one side of it. For somebody without an account it is noted in the room."""
    how = How.SIGNED_IN if side == side_of(by) else How.IN_THE_ROOM
    return Saying.objects.create(
        ending=ending, said=said, side=side, word=word.strip(), about=about, on=on, how=how, by=by.actor
    )


@action(unrecorded_because="the action it is a part of is recorded")
def retract(*, ending: Ending, said: Said, about: str = "", by: Seat) -> int:
    """Take back what was said, on whichever side. It stays as a row, marked."""
    return Saying.objects.filter(ending=ending, said=said, about=about, taken_back_at=None).update(
        taken_back_at=now(), taken_back_by=by.actor
    )
