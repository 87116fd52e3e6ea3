"""Who may do what with a journey as such. Person and moment are combined in one line each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person

from .seat import Seat
from .states import NEEDS_REASON, PEN_HOLDER, TRANSITIONS, JourneyState, Part


def may_begin_journey(actor: Person) -> Verdict:
    if actor.is_guide:
        return ALLOWED
    return not_yours(
        _("Journeys are begun by guides. An administrator of your organisation can make you one.")
    )


def may_open_journey(seat: Seat) -> Verdict:
    """Everyone with a part in the journey; what they may read in it is another question."""
    return ALLOWED


def is_one_of_two(seat: Seat) -> Verdict:
    if seat.is_one_of_two:
        return ALLOWED
    return not_yours(_("This is between the two whose journey it is. You see what they have marked for you."))


def is_guide(seat: Seat) -> Verdict:
    return ALLOWED if seat.is_guide else not_yours(_("Only the guide of this journey does this."))


def is_participant(seat: Seat) -> Verdict:
    return ALLOWED if seat.is_participant else not_yours(_("Only the participant of this journey does this."))


def is_open(seat: Seat) -> Verdict:
    return not_now(_("This journey is over. It can be read, not changed.")) if seat.is_over else ALLOWED


def is_going_on(seat: Seat) -> Verdict:
    """The work goes on: not resting, not over."""
    if seat.state == JourneyState.PAUSED:
        return not_now(_("This journey is resting. Take it up again first."))
    return is_open(seat)


def may_work(seat: Seat) -> Verdict:
    """One of the two, in a journey that goes on: the rule behind most acts in the rooms."""
    return first_denial(is_one_of_two(seat), is_going_on(seat))


def may_guide(seat: Seat) -> Verdict:
    """The guide, in a journey that goes on."""
    return first_denial(is_guide(seat), is_going_on(seat))


def may_invite(seat: Seat) -> Verdict:
    """The guide invites the participant, and may do so again, to a corrected address, until they have come."""
    if seat.participant.person.user_id and seat.state != JourneyState.DRAFT:
        return first_denial(is_guide(seat), not_now(_("Your invitation has been accepted already.")))
    return first_denial(is_guide(seat), is_open(seat))


def may_enter_state(seat: Seat, state: JourneyState, reason: str = "-") -> Verdict:
    """The transition table and the pen-holder table, asked together."""
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if state not in TRANSITIONS[seat.state]:
        return not_now(
            _("This journey is %(now)s; it can't become “%(then)s” from there.")
            % {"now": JourneyState(seat.state).label, "then": JourneyState(state).label}
        )
    if not seat.parts & PEN_HOLDER[seat.state]:
        return not_yours(_("At this point only the guide decides how it goes on."))
    if state in NEEDS_REASON and not reason.strip():
        return not_now(_("Please say in a few words why, so that both of you can look back and understand."))
    return ALLOWED


def may_pause(seat: Seat) -> Verdict:
    return may_enter_state(seat, JourneyState.PAUSED)


def may_resume(seat: Seat) -> Verdict:
    if seat.state != JourneyState.PAUSED:
        return first_denial(is_one_of_two(seat), not_now(_("This journey is not resting.")))
    return may_enter_state(seat, JourneyState.ACTIVE)


def may_withdraw(seat: Seat) -> Verdict:
    return may_enter_state(seat, JourneyState.WITHDRAWN)


def may_name_people(seat: Seat) -> Verdict:
    """Guide and participant name further people."""
    return may_work(seat)


def may_be_member(seat: Seat, person: Person, part: Part) -> Verdict:
    if person.organisation_id != seat.journey.organisation_id:
        return hidden()
    if part in (Part.GUIDE, Part.PARTICIPANT):
        return not_now(_("A journey has one guide and one participant."))
    if any(member.person.id == person.id for member in seat.members):
        return not_now(_("This person already has a part in this journey."))
    return ALLOWED
