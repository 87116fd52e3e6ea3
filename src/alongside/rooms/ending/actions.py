"""What can be done in the ending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from alongside.goals.actions import take_reading
from alongside.goals.models import How, Source, Target
from alongside.journeys import words
from alongside.journeys.actions import agree_pace, enter_state, seat_of
from alongside.journeys.rules import may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.rooms.environment.actions.series import call_off_what_is_booked
from alongside.rooms.first_meeting.actions import end_agreement, take_picture
from alongside.rooms.first_meeting.queries import agreement_in_force
from alongside.rooms.first_meeting.states import Moment

from . import rules
from .emails import tell_other
from .follow_up.actions import link_at_closing
from .models import Ending, EndingEntry, EndingStateRecord, Saying, Wish
from .queries import PLACE, any_ending_of, sayings_of, side_of, speaks_in_the_room, wishes_of
from .saying import contribute, fresh, retract
from .states import EndingState, Outcome, Said, Side, Sort, Wanted

# --- beginning, going on, ending early -----------------------------------------------------------------


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


@action("ending.ended_early")
def end_early(*, by: Seat) -> Ending:
    """End the journey once a notice is over. What was acknowledged and written stays as it is."""
    by, ending = fresh(by)
    wishes = wishes_of(by)
    demand(rules.may_end_early(by, ending, wishes))
    record("ending.ended_early", subject=ending, by=by)
    _close(ending, wishes[Wanted.END_EARLY], by)
    return ending


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
    call_off_what_is_booked(by=by)
    enter_state(state=JourneyState.WITHDRAWN, reason=reason, by=by)
    record("ending.withdrawn", subject=by.journey, by=by)
    tell_other(by, "withdrawn")
    return seat_of(by.actor, by.journey)


@action(unrecorded_because="the hand-over that closes it is recorded itself")
def close_record(*, ending: Ending, by: Seat) -> Ending:
    """Close the record of an ending because the journey goes on with another guide: it stays as far as it was written."""
    demand(rules.may_hand_on(by, ending))
    enter_ending_state(ending=ending, state=EndingState.CLOSED, by=by)
    return ending


# --- the work of the ending ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, as it comes from its form."""

    what: str
    then: str = ""
    category: str = ""
    first_contact: dt.date | None = None
    link: str = ""
    taken_from: UUID | None = None


@action("ending.entry_added")
def add_entry(*, sort: Sort, content: Content, by: Seat) -> EndingEntry:
    """Put down a key point, strategy, early sign or support. With a support, *none needed* is taken back."""
    by, ending = fresh(by)
    demand(rules.may_shape_ending(by, ending))
    entry = _write_entry(ending, sort, _next_position(ending), content, by)
    if sort == Sort.SUPPORT:
        retract(ending=ending, said=Said.NO_SUPPORT, by=by)
    record("ending.entry_added", subject=entry, by=by, sort=str(sort))
    return entry


@action("ending.entry_reworded")
def reword_entry(*, entry: EndingEntry, content: Content, by: Seat) -> EndingEntry:
    """Put another wording in an entry's place. The old one is kept; the second of two at once is told."""
    by, ending = fresh(by)
    entry = EndingEntry.objects.get(id=entry.id)
    demand(rules.may_change_entry(by, ending, entry))
    content = replace(content, taken_from=entry.taken_from)
    reworded = _write_entry(ending, Sort(entry.sort), entry.position, content, by)
    entry.replaced_by, entry.removed_at, entry.removed_by = reworded, now(), by.actor
    entry.save(update_fields=["replaced_by", "removed_at", "removed_by"])
    record("ending.entry_reworded", subject=reworded, by=by, sort=str(entry.sort))
    return reworded


@action("ending.entry_removed")
def remove_entry(*, entry: EndingEntry, by: Seat) -> EndingEntry:
    """Take an entry away. It stays, marked, and can be brought back."""
    by, ending = fresh(by)
    entry = EndingEntry.objects.get(id=entry.id)
    demand(rules.may_change_entry(by, ending, entry))
    entry.removed_at, entry.removed_by = now(), by.actor
    entry.save(update_fields=["removed_at", "removed_by"])
    record("ending.entry_removed", subject=entry, by=by, sort=str(entry.sort))
    return entry


@action("ending.entry_brought_back")
def bring_entry_back(*, entry: EndingEntry, by: Seat) -> EndingEntry:
    """Undo a removal."""
    by, ending = fresh(by)
    entry = EndingEntry.objects.get(id=entry.id)
    demand(rules.may_bring_back(by, ending, entry))
    entry.removed_at, entry.removed_by = None, None
    entry.save(update_fields=["removed_at", "removed_by"])
    if entry.sort == Sort.SUPPORT:
        retract(ending=ending, said=Said.NO_SUPPORT, by=by)
    record("ending.entry_brought_back", subject=entry, by=by, sort=str(entry.sort))
    return entry


@action("ending.no_support_needed")
def need_no_support(*, by: Seat) -> Saying:
    """Say outright that no on-going support is needed: it is an answer, not a gap."""
    by, ending = fresh(by)
    demand(rules.may_need_no_support(by, ending))
    said = contribute(ending=ending, said=Said.NO_SUPPORT, side=side_of(by), by=by)
    record("ending.no_support_needed", subject=ending, by=by)
    return said


@action("ending.looked_at_today")
def look_at_today(
    *, entries: Mapping[UUID, tuple[int, str]], readings: Mapping[Target, Decimal], by: Seat
) -> Ending:
    """Say how it is today: a picture to lay beside the first one, and last readings of what has a measure."""
    by, ending = fresh(by)
    demand(rules.may_look_at_today(by, ending))
    if entries:
        take_picture(entries=entries, moment=Moment.NOW, by=by)
        retract(ending=ending, said=Said.NO_PICTURE, by=by)
    for target, value in readings.items():
        take_reading(target=target, value=value, source=Source.ENDING, by=by)
    record("ending.looked_at_today", subject=ending, by=by, entries=len(entries), readings=len(readings))
    return ending


@action("ending.picture_left_out")
def leave_picture_out(*, reason: str, by: Seat) -> Saying:
    """Leave today's picture out, and say why: it is never skipped silently."""
    by, ending = fresh(by)
    demand(rules.may_leave_picture_out(by, ending))
    if not reason.strip():
        raise NotThisMoment(rules.SAY_WHY)
    said = contribute(ending=ending, said=Said.NO_PICTURE, side=side_of(by), word=reason, by=by)
    record("ending.picture_left_out", subject=ending, by=by)
    return said


@action("ending.answers_shown")
def show_answers(*, by: Seat) -> bool:
    """Say that one's answers may be shown. When both have, each side's are opened to the other; True then.

    In the room, for a participant without an account, the guide says so for both.
    """
    by, ending = fresh(by)
    demand(rules.may_show_answers(by, ending))
    for side in rules.sides_to_show(by, ending):
        contribute(ending=ending, said=Said.READY, side=side, by=by)
    record("ending.answers_shown", subject=ending, by=by)
    sayings = sayings_of(ending)
    if not sayings.both_ready:
        return False
    authors = {saying.by_id: saying.by for saying in sayings.rows if saying.said == Said.READY}
    for author in authors.values():
        words.share(place=PLACE, subject_id=ending.id, by=replace(by, actor=author))
    return True


# --- acknowledging and closing -------------------------------------------------------------------------


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
    call_off_what_is_booked(by=by)
    enter_ending_state(ending=ending, state=EndingState.CLOSED, by=by)
    link_at_closing(by)
    if agreement_in_force(by) is not None:
        end_agreement(by=by)
    if notice is None:
        enter_state(state=JourneyState.COMPLETED, by=by)
    else:
        settle_wish(wish=notice, outcome=Outcome.CARRIED_OUT, by=by)
        enter_state(state=JourneyState.ENDED_EARLY, reason=str(notice.word), by=by)


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


@action(unrecorded_because="the action that brings it there is recorded")
def enter_ending_state(*, ending: Ending, state: EndingState, by: Seat) -> Ending:
    """Append the next state of an ending, as its table of transitions allows."""
    demand(rules.may_enter_ending_state(by, ending, state))
    EndingStateRecord.objects.create(ending=ending, state=state, by=by.actor)
    ending.state = state  # type: ignore[attr-defined]
    return ending


@action(unrecorded_because="the action that settles it is recorded")
def settle_wish(*, wish: Wish, outcome: Outcome, how: How = How.SIGNED_IN, by: Seat) -> Wish:
    """Settle a wish that stands; if the other was quicker, say so."""
    when = now()
    changed = Wish.objects.filter(id=wish.id, settled_at=None).update(
        outcome=outcome, settled_at=when, settled_by=by.actor, how=how
    )
    if not changed:
        raise NotThisMoment(rules.SETTLED_MEANWHILE)
    wish.outcome, wish.settled_at, wish.settled_by = outcome, when, by.actor
    return wish


def _seen(wish: Wish, known: str) -> Wish:
    if str(wish.id) != known:
        raise NotThisMoment(rules.SETTLED_MEANWHILE)
    return wish


def _write_entry(ending: Ending, sort: Sort, position: int, content: Content, by: Seat) -> EndingEntry:
    demand(rules.fits(by, sort, content.category))
    clean = asdict(
        replace(content, what=content.what.strip(), then=content.then.strip(), link=content.link.strip())
    )
    return EndingEntry.objects.create(ending=ending, sort=sort, position=position, by=by.actor, **clean)


def _next_position(ending: Ending) -> int:
    positions = EndingEntry.objects.filter(ending=ending).aggregate(last=Max("position", default=-1))
    return int(positions["last"]) + 1
