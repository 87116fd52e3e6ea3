"""Which email counts as an answer, and who may put away those that do not."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_guide
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now

from ..models import Doubt, Meeting, MeetingEmail, PossibleAnswer
from ..queries.replies import latest_word_on
from ..replies.reading import IncomingEmail, Said
from .calendars import may_answer, may_use_meeting_email

CLOCKS_DIFFER = dt.timedelta(minutes=5)
"""So far the clock of a calendar program may be from ours."""


def doubt_about(
    email: IncomingEmail, invitation: MeetingEmail | None, found: tuple[Seat, Meeting] | None
) -> Doubt | None:
    """Why this email does not count as an answer to this invitation; None when it counts."""
    if email.is_cut:
        return Doubt.TOO_LONG
    if email.is_automatic:
        return Doubt.AUTOMATIC
    if email.said is None:
        return Doubt.NO_ANSWER
    if invitation is None:
        return Doubt.NO_SECRET
    if found is None or not _fits(email.said, invitation) or not may_use_meeting_email(invitation):
        return Doubt.NOT_THIS_ONE
    return None if _is_of_now(email.said, invitation, *found) else Doubt.OUTDATED


def _fits(said: Said, invitation: MeetingEmail) -> bool:
    return (said.uid, said.attendee) == (invitation.meeting.uid, invitation.email)


def _is_of_now(said: Said, invitation: MeetingEmail, seat: Seat, meeting: Meeting) -> bool:
    """It answers the time the meeting has, while it may be answered, and is the latest that was said.

    Their calendar knows the sequence it was told, which is behind where only an address of the other was corrected.
    """
    if said.sequence != invitation.sequence or not may_answer(seat, meeting, invitation):
        return False
    latest = latest_word_on(invitation)
    return said.stamped_at <= now() + CLOCKS_DIFFER and (latest is None or said.stamped_at > latest)


def may_put_away(seat: Seat, possible: PossibleAnswer) -> Verdict:
    """The guide, or whoever covers for them, once; also in a journey that rests or is over."""
    if not seat.is_guide:
        return hidden()
    return first_denial(is_guide(seat), _is_waiting(possible))


def _is_waiting(possible: PossibleAnswer) -> Verdict:
    if possible.put_away_at:
        return not_now(_("This email has already been put away."))
    return ALLOWED
