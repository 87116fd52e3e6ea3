"""Who may do what with places and meetings. Person and moment are combined in one line each."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from alongside.journeys.rules import is_guide, is_one_of_two, is_open, is_participant, may_guide, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Sentence, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..models import Meeting, Offer, Place
from ..states import EDITORS_BY_STATE, TRANSITIONS, MeetingState

JUST_NOW = dt.timedelta(minutes=30)
"""A meeting that begins now may be booked a little late: first one greets, then one writes."""

# --- places -----------------------------------------------------------------------------------------------


def may_keep_places(actor: Person) -> Verdict:
    """Guides keep places of their own, administrators those of the organisation."""
    if actor.is_guide or actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only people who lead meetings, and administrators, manage places."))


def may_make_place(actor: Person, *, of_the_organisation: bool) -> Verdict:
    if of_the_organisation and not actor.is_administrator:
        return not_yours(_("Only an administrator adds places for the whole organisation."))
    if not of_the_organisation and not actor.is_guide:
        return not_yours(_("Only people who lead meetings have places of their own."))
    return ALLOWED


def may_change_place(actor: Person, place: Place) -> Verdict:
    """One's own places, and for an administrator those of the organisation."""
    if place.organisation_id != actor.organisation_id or place.owner_id not in (None, actor.id):
        return hidden()
    return first_denial(
        may_keep_places(actor), may_make_place(actor, of_the_organisation=place.owner_id is None)
    )


def may_retire_place(actor: Person, place: Place) -> Verdict:
    if place.retired_at:
        return first_denial(may_change_place(actor, place), not_now(_("This place is already out of use.")))
    return may_change_place(actor, place)


def may_restore_place(actor: Person, place: Place) -> Verdict:
    if not place.retired_at:
        return first_denial(may_change_place(actor, place), not_now(_("This place is in use.")))
    return may_change_place(actor, place)


# --- booking ----------------------------------------------------------------------------------------------


def may_see_environment(seat: Seat) -> Verdict:
    return is_one_of_two(seat)


def may_book(seat: Seat) -> Verdict:
    """Either of the two books, in a journey that goes on."""
    return may_work(seat)


def may_use_place(seat: Seat, place: Place, *, keeps_it: bool = False) -> Verdict:
    """An identifier in a form is guarded like one in the address: a place one can't choose doesn't exist."""
    if place.organisation_id != seat.journey.organisation_id:
        return hidden()
    if keeps_it:
        return ALLOWED
    guides = {seat.guide.person.id, seat.actor.id} if seat.is_guide else {seat.guide.person.id}
    opened = seat.is_guide or place.participants_may_book
    if place.owner_id not in (None, *guides) or not opened:
        return hidden()
    if place.retired_at:
        return not_now(_("This place is no longer in use. Please choose another."))
    return ALLOWED


def is_bookable_time(starts_at: dt.datetime, ends_at: dt.datetime, *, already_held: bool) -> Verdict:
    """What is planned lies ahead; what is past can be entered as already held."""
    if already_held and ends_at > now():
        return not_now(_("This time is not over yet, so it cannot have happened already."))
    if not already_held and starts_at < now() - JUST_NOW:
        return not_now(_("This time is in the past. Please choose one in the future."))
    return ALLOWED


def may_enter_state(seat: Seat, meeting: Meeting, state: MeetingState) -> Verdict:
    """The transition table and the pen-holder table, asked together. `meeting` carries its `state`."""
    if meeting.journey_id != seat.journey.id:
        return hidden()
    known = MeetingState(meeting.state)  # type: ignore[attr-defined]
    return first_denial(is_one_of_two(seat), _may_follow(known, state), _may_edit(seat, known), is_open(seat))


def _may_follow(known: MeetingState, state: MeetingState) -> Verdict:
    return ALLOWED if state in TRANSITIONS[known] else not_now(_ALREADY[known])


def _may_edit(seat: Seat, known: MeetingState) -> Verdict:
    return ALLOWED if seat.parts & EDITORS_BY_STATE[known] else is_one_of_two(seat)


_ALREADY = {
    MeetingState.PLANNED: _("This is already planned."),
    MeetingState.HELD: _("This has already happened."),
    MeetingState.MISSED: _("This has been recorded as missed. Please book a new time."),
    MeetingState.CANCELLED: _("This has been cancelled. Please book a new time."),
}


def may_want_another_time(seat: Seat, meeting: Meeting) -> Verdict:
    """While it is planned and hasn't begun, in a journey that goes on; whatever notice was agreed."""
    return first_denial(
        may_enter_state(seat, meeting, MeetingState.HELD), may_work(seat), _has_not_begun(meeting)
    )


def may_move(seat: Seat, meeting: Meeting) -> Verdict:
    """The participant until the notice agreed on, as for cancelling: the time is lost to others either way."""
    return first_denial(may_want_another_time(seat, meeting), _in_time(seat, meeting))


def _in_time(seat: Seat, meeting: Meeting) -> Verdict:
    return not_now(too_late(seat)) if is_too_late(seat, meeting.starts_at) else ALLOWED


def _has_not_begun(meeting: Meeting) -> Verdict:
    if meeting.starts_at <= now():
        return not_now(
            _("The start time has passed. Record what happened, and book a new time if you need one.")
        )
    return ALLOWED


def may_call_off(seat: Seat, meeting: Meeting) -> Verdict:
    """While it is planned, also in a journey that is resting; whatever notice was agreed."""
    return may_enter_state(seat, meeting, MeetingState.CANCELLED)


def may_cancel(seat: Seat, meeting: Meeting) -> Verdict:
    """The participant until the notice agreed on; the guide always, who may fall ill on the day."""
    return first_denial(may_call_off(seat, meeting), _in_time(seat, meeting))


def is_too_late(seat: Seat, starts_at: dt.datetime) -> bool:
    """Whether it is the participant, later than was agreed. Where no agreement says a number there is no limit."""
    return seat.is_participant and seat.journey.is_short_notice(starts_at)


def too_late(seat: Seat) -> Sentence:
    hours = seat.journey.notice_hours or 0
    if hours == 0:
        return _("The start time has passed, so you can no longer move or cancel online.")
    return ngettext_lazy(
        "You can move or cancel online until %(hours)s hour before, as you agreed. That time has passed.",
        "You can move or cancel online until %(hours)s hours before, as you agreed. That time has passed.",
        hours,
    ) % {"hours": hours}


def may_say_cannot_come(seat: Seat, meeting: Meeting) -> Verdict:
    """The participant, while it is planned and has not begun. It stays booked: the guide decides what becomes of it."""
    return first_denial(may_call_off(seat, meeting), is_participant(seat), _has_not_begun(meeting))


def may_note_held(seat: Seat, meeting: Meeting) -> Verdict:
    """From the day it is booked for, as people do begin a little early."""
    zone = zone_of(meeting.guide)
    if meeting.starts_at.astimezone(zone).date() > now().astimezone(zone).date():
        early = not_now(_("This is booked for a later day. If you meet sooner, move it first."))
        return first_denial(may_enter_state(seat, meeting, MeetingState.HELD), early)
    return may_enter_state(seat, meeting, MeetingState.HELD)


def may_note_missed(seat: Seat, meeting: Meeting) -> Verdict:
    """Once it should have begun."""
    if meeting.starts_at > now():
        early = not_now(_("The start time has not come yet. If it cannot happen, move or cancel it."))
        return first_denial(may_enter_state(seat, meeting, MeetingState.MISSED), early)
    return may_enter_state(seat, meeting, MeetingState.MISSED)


# --- the environment check --------------------------------------------------------------------------------


def may_check(seat: Seat, meeting: Meeting) -> Verdict:
    """Before and while it takes place."""
    return first_denial(may_enter_state(seat, meeting, MeetingState.HELD), may_work(seat))


def may_note_time(seat: Seat, meeting: Meeting) -> Verdict:
    """How its time was kept is said once it has begun; either of the two may put it right later."""
    denied = first_denial(
        hidden() if meeting.journey_id != seat.journey.id else ALLOWED, is_one_of_two(seat), is_open(seat)
    )
    if not denied:
        return denied
    known = MeetingState(meeting.state)  # type: ignore[attr-defined]
    if known == MeetingState.HELD or (known == MeetingState.PLANNED and meeting.starts_at <= now()):
        return ALLOWED
    if known == MeetingState.PLANNED:
        return not_now(_("You can record this once it has started."))
    return not_now(_("This did not happen, so there is nothing to record about its time."))


# --- times offered by link --------------------------------------------------------------------------------


def may_offer_times(seat: Seat) -> Verdict:
    """The guide, in a journey that goes on."""
    return may_guide(seat)


SENT_ELSEWHERE = _(
    "This link was sent to an address that has changed since. Please ask for a new one, or sign in."
)


def may_pick_time(seat: Seat, offer: Offer) -> Verdict:
    """Whoever holds the link picks under the participant's name, while the offer stands."""
    if offer.journey_id != seat.journey.id:
        return hidden()
    sent_elsewhere = offer.email and offer.email != seat.participant.person.email
    return first_denial(
        is_participant(seat),
        may_work(seat),
        _still_stands(offer),
        not_now(SENT_ELSEWHERE) if sent_elsewhere else ALLOWED,
    )


def may_withdraw_offer(seat: Seat, offer: Offer) -> Verdict:
    """The guide, while nobody has picked."""
    if offer.journey_id != seat.journey.id:
        return hidden()
    return first_denial(is_guide(seat), is_open(seat), _still_stands(offer))


def _still_stands(offer: Offer) -> Verdict:
    if offer.meeting_id:
        return not_now(_("One of these times has already been booked."))
    if offer.withdrawn_at:
        return not_now(_("These times are no longer offered. Please ask for new ones."))
    if offer.expires_at <= now():
        return not_now(_("These times are over. Please ask for new ones."))
    return ALLOWED
