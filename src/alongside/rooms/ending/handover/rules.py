"""Who may do what about a hand-over, and when."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.journeys.rules import is_one_of_two, is_open, may_cover, may_look_after_guides
from alongside.journeys.seat import Member, Seat
from alongside.journeys.states import JourneyState, Part
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.rooms.first_meeting.states import Side

from ..record.queries import side_of, speaks_in_the_room
from .models import Handover
from .queries import HandoverFacts, Left, meets_today

SUMMARY_CHANGED = _("The summary has changed since. Please read it as it is now, and say yes again.")
SETTLED = _("This has already been decided. Please look at it as it is now.")


def may_open_handover(seat: Seat, facts: HandoverFacts | None) -> Verdict:
    """The two may always look in, also before anything is proposed and after it is done."""
    return is_one_of_two(seat)


def is_not_covering(seat: Seat) -> Verdict:
    """Whoever covers for a time hands nothing over in the guide's place."""
    if seat.covers_until:
        return not_yours(
            _("You are covering for the guide for a time. Only the guide and the participant can hand over.")
        )
    return ALLOWED


def may_read_what_came_along(seat: Seat, handover: Handover) -> Verdict:
    return is_one_of_two(seat)


def may_propose_handover(seat: Seat, facts: HandoverFacts | None) -> Verdict:
    """Either of the two, in a journey under way, resting or coming to its end."""
    denied = first_denial(is_one_of_two(seat), is_not_covering(seat), is_open(seat))
    if not denied:
        return denied
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return not_now(
            _(
                "This has not started yet, so there is nothing to hand over. Withdraw it, and start "
                "with another guide."
            )
        )
    if facts and facts.stands:
        return not_now(_("A hand-over has already been proposed. Please look at that one."))
    return ALLOWED


def may_be_new_guide(journey: Journey, person: Person, members: Iterable[Member]) -> Verdict:
    """A guide of the house; somebody who covers already may go on as the guide."""
    others = {member.person.id for member in members if member.part != Part.COVERING}
    return may_cover(journey, person, others)


def may_work_on_handover(seat: Seat, facts: HandoverFacts | None) -> Verdict:
    """Either of the two, while it stands: writing the summary, letting it go."""
    denied = first_denial(is_one_of_two(seat), is_not_covering(seat), is_open(seat))
    if denied and (facts is None or not facts.stands):
        return not_now(SETTLED)
    return denied


def may_say_yes(seat: Seat, facts: HandoverFacts | None, side: Side | None = None) -> Verdict:
    """Each to the summary as it stands, on their own side; in the room the guide notes the participant's yes as well."""
    denied = may_work_on_handover(seat, facts)
    if not denied or facts is None:
        return denied
    wanted = side or side_of(seat)
    if wanted not in facts.needed:
        return not_now(_("No agreement is needed here: it can continue as it is."))
    if wanted != side_of(seat) and not speaks_in_the_room(seat):
        return not_yours(_("The other person has to say yes themselves."))
    if not facts.text and not facts.handover.without_guide:
        return not_now(_("Write a summary first, so that the new guide knows where you are."))
    if wanted in facts.yes:
        return not_now(_("You have said yes to the current summary."))
    return ALLOWED


def may_read_request(actor: Person, facts: HandoverFacts) -> Verdict:
    """The guide who is asked, while the answer is theirs to give. What went on is read where it goes on."""
    if facts.handover.led_to_id:
        onward = f"/journeys/{facts.handover.led_to_id}/"
        return not_now(_("You have taken over. It continues in a journey of its own."), onward)
    return ALLOWED if facts.stands else not_now(SETTLED)


def may_take_over(actor: Person, facts: HandoverFacts) -> Verdict:
    """Not on a day on which the participant still meets the guide they know: that meeting takes place first."""
    denied = may_answer_request(actor, facts)
    meeting = meets_today(facts) if denied else None
    if meeting is None:
        return denied
    names = {
        "participant": facts.participant.name,
        "guide": facts.guide.name,
        "time": time_format(meeting.ends_at.astimezone(zone_of(actor)).time(), "H:i"),
    }
    return not_now(
        _(
            "%(participant)s still meets %(guide)s today, and that stays as it is. You can take over "
            "after %(time)s."
        )
        % names
    )


def may_answer_request(actor: Person, facts: HandoverFacts) -> Verdict:
    if not actor.is_guide or not actor.is_active:
        return not_yours(
            _("Only a guide can take over. An administrator of your organisation can make you one.")
        )
    return may_read_request(actor, facts)


def may_hand_over_without_guide(actor: Person, guide: Person, left: Left | None) -> Verdict:
    """An administrator, only for a guide who has left: one who is there hands over themselves, one away is covered for."""
    denied = may_look_after_guides(actor, guide)
    if not denied:
        return denied
    if left is None:
        return hidden()
    if guide.is_active and guide.is_guide:
        return not_now(
            _(
                "This guide still works here and hands over themselves. While they are away, someone "
                "can cover."
            )
        )
    if left.journey.current_state in (JourneyState.DRAFT, JourneyState.PREPARING):  # type: ignore[attr-defined]
        return not_now(
            _("This has not started yet: the participant can withdraw, and start with another guide.")
        )
    if left.handover:
        return not_now(_("A hand-over has already been started."))
    return ALLOWED
