"""Going on longer, giving notice, withdrawing."""

from __future__ import annotations

import datetime as dt

from alongside.goals.models import How
from alongside.journeys.actions import agree_pace, enter_state, seat_of
from alongside.journeys.rules import may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.rooms.environment.actions.series import call_off_what_is_booked
from alongside.rooms.environment.models import CalledOff

from ..record.actions import begin_ending, enter_ending_state, fresh, retract
from ..record.emails import tell_other
from ..record.models import Ending
from ..record.queries import speaks_in_the_room
from ..record.rules import SETTLED_MEANWHILE
from ..record.states import EndingState, Said
from . import rules
from .models import Wish
from .queries import wishes_of
from .states import Outcome, Wanted


@action("ending.noticed")
def give_notice(*, reason: str, last_day: dt.date, by: Seat) -> Wish:
    """Say that one wants to end early, why, and from when. Begins the ending; the other is told at once."""
    by, ending = fresh(by)
    demand(rules.may_give_notice(by, ending, wishes_of(by)))
    if ending is None:
        begin_ending(tells=False, by=by)
    wish = Wish.objects.create(
        journey=by.journey, wanted=Wanted.END_EARLY, word=reason.strip(), on=last_day, by=by.actor
    )
    record("ending.noticed", subject=wish, by=by, on=last_day.isoformat())
    tell_other(by, "notice")
    return wish


@action("ending.notice_taken_back")
def take_notice_back(*, by: Seat) -> Wish:
    """Take one's notice back. The ending goes on as an ordinary one, or the two go on."""
    by, ending = fresh(by)
    wishes = wishes_of(by)
    demand(rules.may_take_notice_back(by, ending, wishes))
    wish = settle_wish(wish=wishes[Wanted.END_EARLY], outcome=Outcome.TAKEN_BACK, by=by)
    record("ending.notice_taken_back", subject=wish, by=by)
    return wish


@action("ending.going_on_proposed")
def wish_to_go_on(
    *, planned_meetings: int | None, planned_end: dt.date | None, word: str = "", by: Seat
) -> Wish:
    """Propose to go on longer than planned. With somebody without an account both agree at once."""
    by, ending = fresh(by)
    demand(rules.may_wish_to_go_on(by, ending, wishes_of(by)))
    wish = Wish.objects.create(
        journey=by.journey,
        wanted=Wanted.GO_ON,
        word=word.strip(),
        planned_meetings=planned_meetings,
        on=planned_end,
        by=by.actor,
    )
    record("ending.going_on_proposed", subject=wish, by=by, planned_meetings=planned_meetings)
    if speaks_in_the_room(by):
        _go_on(wish, ending, How.IN_THE_ROOM, by)
    else:
        tell_other(by, "go_on")
    return wish


@action("ending.going_on_agreed")
def agree_to_go_on(*, known: str, by: Seat) -> Wish:
    """Agree to what the other proposed. An ending already begun is set aside, with all that is written in it.

    `known` is the proposal one has before one's eyes: another one meanwhile is not agreed to unseen.
    """
    by, ending = fresh(by)
    wishes = wishes_of(by)
    demand(rules.may_agree_to_go_on(by, ending, wishes))
    wish = _seen(wishes[Wanted.GO_ON], known)
    _go_on(wish, ending, How.SIGNED_IN, by)
    record("ending.going_on_agreed", subject=wish, by=by)
    return wish


@action("ending.going_on_let_go")
def let_going_on_go(*, known: str, by: Seat) -> Wish:
    """Take back what one proposed, or decline what the other did."""
    by, ending = fresh(by)
    wishes = wishes_of(by)
    demand(rules.may_let_go_on_go(by, ending, wishes))
    wish = _seen(wishes[Wanted.GO_ON], known)
    outcome = Outcome.TAKEN_BACK if wish.by_id == by.actor.id else Outcome.DECLINED
    settle_wish(wish=wish, outcome=outcome, by=by)
    record("ending.going_on_let_go", subject=wish, by=by, outcome=str(outcome))
    return wish


@action("ending.withdrawn")
def withdraw(*, reason: str, by: Seat) -> Seat:
    """Close a journey before it began, and say why. What was booked for it is free again; the other is told."""
    by, _ending = fresh(by)
    demand(may_withdraw(by))
    call_off_what_is_booked(because=CalledOff.WITHDRAWN, by=by)
    enter_state(state=JourneyState.WITHDRAWN, reason=reason, by=by)
    record("ending.withdrawn", subject=by.journey, by=by)
    tell_other(by, "withdrawn")
    return seat_of(by.actor, by.journey)


def _go_on(wish: Wish, ending: Ending | None, how: How, by: Seat) -> None:
    settle_wish(wish=wish, outcome=Outcome.AGREED, how=how, by=by)
    journey = by.journey
    agree_pace(
        meeting_minutes=journey.meeting_minutes,
        every_days=journey.every_days,
        planned_meetings=wish.planned_meetings or journey.planned_meetings,
        planned_end=wish.on or journey.planned_end,
        by=by,
    )
    if ending is None:
        return
    retract(ending=ending, said=Said.ACKNOWLEDGED, by=by)
    enter_ending_state(ending=ending, state=EndingState.SET_ASIDE, by=by)
    if notice := wishes_of(by).get(Wanted.END_EARLY):
        settle_wish(wish=notice, outcome=Outcome.TAKEN_BACK, by=by)
    enter_state(state=JourneyState.ACTIVE, by=by)


@action(unrecorded_because="the action that settles it is recorded")
def settle_wish(*, wish: Wish, outcome: Outcome, how: How = How.SIGNED_IN, by: Seat) -> Wish:
    """Settle a wish that stands; if the other was quicker, say so."""
    when = now()
    changed = Wish.objects.filter(id=wish.id, settled_at=None).update(
        outcome=outcome, settled_at=when, settled_by=by.actor, how=how
    )
    if not changed:
        raise NotThisMoment(SETTLED_MEANWHILE)
    wish.outcome, wish.settled_at, wish.settled_by = outcome, when, by.actor
    return wish


def _seen(wish: Wish, known: str) -> Wish:
    if str(wish.id) != known:
        raise NotThisMoment(SETTLED_MEANWHILE)
    return wish
