"""Who may do what with a journey as such. Person and moment are combined in one line each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Invitation, Person

from .models import Cover, Journey, JourneyMember, Words, WordsVersion
from .restriction import RESTRICTED
from .seat import Seat
from .states import EDITORS_BY_STATE, NEEDS_REASON, TRANSITIONS, JourneyState, Part


def may_begin_journey(actor: Person) -> Verdict:
    if actor.is_guide:
        return ALLOWED
    return not_yours(
        _("Journeys are begun by guides. An administrator of your organisation can make you one.")
    )


def may_begin_with(*, is_restricted: bool) -> Verdict:
    """Nothing begins with somebody who asked that nothing is done with what is kept about them."""
    return not_now(RESTRICTED) if is_restricted else ALLOWED


def may_begin_kind(actor: Person, kind: str) -> Verdict:
    """A kind the organisation does not use is not begun; what is under way in it goes on, with another guide, too."""
    if kind in actor.organisation.hidden_kinds:
        return not_now(_("Your organisation does not use this kind. Please choose another one."))
    return may_begin_journey(actor)


def may_open_journey(seat: Seat) -> Verdict:
    """Everyone with a part in the journey; what they may read in it is another question."""
    return ALLOWED


def may_read_history(seat: Seat, words: Words) -> Verdict:
    """How words came to be is for the two: a named person reads what is marked for them as it stands."""
    return is_one_of_two(seat)


def may_read_version(seat: Seat, words: Words, version: WordsVersion) -> Verdict:
    return is_one_of_two(seat)


def is_one_of_two(seat: Seat) -> Verdict:
    if seat.is_one_of_two:
        return ALLOWED
    return not_yours(_("This is between the two people it is about. You see what they have marked for you."))


def is_guide(seat: Seat) -> Verdict:
    return (
        ALLOWED if seat.is_guide else not_yours(_("Only %(name)s can do this.") % {"name": seat.guide.name})
    )


def is_participant(seat: Seat) -> Verdict:
    return (
        ALLOWED
        if seat.is_participant
        else not_yours(_("Only %(name)s can do this.") % {"name": seat.participant.name})
    )


def is_open(seat: Seat) -> Verdict:
    if seat.is_restricted:
        return not_now(RESTRICTED)
    return not_now(_("This has ended. It can be read, not changed.")) if seat.is_over else ALLOWED


def is_going_on(seat: Seat) -> Verdict:
    """The work goes on: not resting, not over."""
    if seat.state == JourneyState.PAUSED and not seat.is_restricted:
        return not_now(_("This is paused. Please continue it first."))
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


def may_correct_address(seat: Seat) -> Verdict:
    """The guide themselves, for a participant who has not come yet; whoever covers sends to the address there is."""
    if Part.GUIDE not in seat.parts:
        return first_denial(is_guide(seat), not_yours(_("Only the guide themselves corrects the address.")))
    if seat.participant.person.user_id:
        facts = {"name": seat.participant.name}
        return not_now(_("%(name)s has an account and corrects the address there.") % facts)
    return is_open(seat)


def may_take_seat(invitation: Invitation, member: JourneyMember | None) -> Verdict:
    """Whoever holds the link, while the seat it was sent for is still kept for them, at the address it was sent to."""
    person = invitation.person
    if member is None or not person.is_active or (not person.user_id and person.email != invitation.email):
        return not_now(
            _("This invitation is no longer valid. Please ask the person who invited you for a new one.")
        )
    return ALLOWED


def may_join(is_there: bool) -> Verdict:
    if is_there:
        return not_now(_("You already have a part in this, with the account you are signed in to."))
    return ALLOWED


def may_enter_state(seat: Seat, state: JourneyState, reason: str = "-") -> Verdict:
    """The transition table and the pen-holder table, asked together."""
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if seat.is_restricted:
        return is_open(seat)
    if state not in TRANSITIONS[seat.state]:
        return not_now(
            _("This is %(now)s now. It cannot become “%(then)s” from there.")
            % {"now": JourneyState(seat.state).label, "then": JourneyState(state).label}
        )
    if not seat.parts & EDITORS_BY_STATE[seat.state]:
        return not_yours(_("At this point only %(name)s can decide this.") % {"name": seat.guide.name})
    if state in NEEDS_REASON and not reason.strip():
        return not_now(_("Please say in a few words why, so that both of you can look back and understand."))
    return ALLOWED


def may_pause(seat: Seat) -> Verdict:
    return may_enter_state(seat, JourneyState.PAUSED)


def may_resume(seat: Seat) -> Verdict:
    if seat.state != JourneyState.PAUSED:
        return first_denial(is_one_of_two(seat), not_now(_("This is not paused.")))
    return may_enter_state(seat, JourneyState.ACTIVE)


def may_withdraw(seat: Seat) -> Verdict:
    return may_enter_state(seat, JourneyState.WITHDRAWN)


def may_name_people(seat: Seat) -> Verdict:
    """Guide and participant name further people."""
    return may_work(seat)


def may_be_member(seat: Seat, person: Person, part: Part) -> Verdict:
    if person.organisation_id != seat.journey.organisation_id:
        return hidden()
    if part in (Part.GUIDE, Part.PARTICIPANT, Part.COVERING):
        return not_now(_("A journey has one guide and one participant."))
    if any(member.person.id == person.id for member in seat.members):
        return not_now(_("This person already has a part in this journey."))
    return ALLOWED


def may_name_supporter(seat: Seat, *, says_no: bool) -> Verdict:
    if not says_no:
        return ALLOWED
    return not_now(
        _("%(name)s does not agree to sharing with supporters. Only they can change this.")
        % {"name": seat.participant.name}
    )


# --- when the guide is away, or gone ---------------------------------------------------------------------


def may_name_cover(seat: Seat) -> Verdict:
    """The guide names who covers for them; not the one who covers already."""
    if Part.GUIDE not in seat.parts:
        return first_denial(is_one_of_two(seat), not_yours(_("The guide names who covers for them.")))
    return is_open(seat)


def may_look_after_guides(actor: Person, guide: Person) -> Verdict:
    """An administrator, when a guide of their organisation is away or gone. It opens no journey to them."""
    if guide.organisation_id != actor.organisation_id:
        return hidden()
    if not actor.is_administrator:
        return not_yours(_("Only an administrator of your organisation does this."))
    return ALLOWED


def may_cover(journey: Journey, person: Person, others: Collection[UUID]) -> Verdict:
    """A guide of the same organisation who can sign in and has no part in the journey; `others` are those who have."""
    if person.organisation_id != journey.organisation_id:
        return hidden()
    if person.id in others:
        return not_now(_("This person already has a part in this journey."))
    if not person.is_guide or not person.is_active or not person.user_id:
        return not_now(_("Please choose a guide of your organisation who can sign in."))
    return ALLOWED


MOST_DAYS_IN_AN_EMERGENCY = 14


@dataclass(frozen=True, slots=True)
class Emergency:
    """What an administrator asks for, beside those who could do otherwise.

    `others_cover` says whether any other guide could be asked, `others_ask` whether another administrator is there;
    `before` is the cover of before that this one renews, if it does.
    """

    days: int
    reason: str
    others_cover: bool
    others_ask: bool
    before: Cover | None


def may_cover_in_an_emergency(actor: Person, person: Person, asked: Emergency) -> Verdict:
    """Never oneself where anyone else can; for a fortnight at most, with a reason; a renewal takes a second person."""
    if len(asked.reason.split()) < 3:
        return not_now(_("Please say in a sentence why this cannot wait for the guide."))
    if asked.days > MOST_DAYS_IN_AN_EMERGENCY:
        return not_now(_("In an emergency someone covers for 14 days at most. It can be renewed after that."))
    if actor.id == person.id and (asked.others_cover or asked.others_ask):
        return not_yours(
            _("You cannot name yourself. Please choose another guide, or ask another administrator.")
        )
    if asked.before and asked.before.by_id == actor.id:
        if asked.others_ask:
            return not_yours(_("You asked for this cover yourself. Another administrator renews it."))
        if str(asked.before.reason).strip().casefold() == asked.reason.strip().casefold():
            return not_now(_("Please say why it is needed for longer: this is the reason of last time."))
    return ALLOWED


def may_end_cover(seat: Seat, cover: Cover) -> Verdict:
    """Either of the two, also the one who covers, at any time: it needs no reason."""
    return first_denial(is_one_of_two(seat), is_open(seat))


def may_give_seat_back(seat: Seat) -> Verdict:
    """Once a journey is over, nobody covers in it any more."""
    if seat.is_over:
        return is_one_of_two(seat)
    return first_denial(is_one_of_two(seat), not_now(_("This continues, so cover is still needed.")))


def may_carry_words(seat: Seat) -> Verdict:
    """The guide of a journey that follows another, when it begins."""
    return first_denial(is_guide(seat), is_open(seat)) if seat.journey.follows_id else hidden()
