"""Who may do what with letters, answers and feeds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_open
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now
from alongside.people.models import Person

from ..models import Feed, Meeting, MeetingEmail
from ..queries.mailboxes import is_of_the_time_it_has
from ..states import MeetingState


def may_use_meeting_email(meeting_email: MeetingEmail | None) -> Verdict:
    """Whoever holds the link of a letter acts for whom it was sent to, while they belong here.

    What was sent to an address that turned out to be somebody else's opens nothing.
    """
    if meeting_email is None or not meeting_email.recipient.is_active:
        return hidden()
    reader = meeting_email.recipient
    address = reader.email or (reader.user.email if reader.user else "")
    if meeting_email.email and meeting_email.email != address:
        return hidden()
    return ALLOWED


def may_answer(seat: Seat, meeting: Meeting, meeting_email: MeetingEmail) -> Verdict:
    """While the meeting is still as the letter says, and lies ahead."""
    if meeting.id != meeting_email.meeting_id or meeting.journey_id != seat.journey.id:
        return hidden()
    if meeting.state == MeetingState.CANCELLED:  # type: ignore[attr-defined]
        return not_now(_("This has been cancelled. There is nothing you need to do."))
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= now():  # type: ignore[attr-defined]
        return not_now(_("The start time has passed, so you do not need to answer any more."))
    if not is_of_the_time_it_has(meeting_email, meeting):
        return not_now(_("This has been moved since. Please use the link in the latest email."))
    return first_denial(may_use_meeting_email(meeting_email), is_open(seat))


def may_revoke_feed(actor: Person, feed: Feed | None) -> Verdict:
    if feed is None or feed.person_id != actor.id:
        return not_now(_("There is no calendar address at the moment."))
    return ALLOWED
