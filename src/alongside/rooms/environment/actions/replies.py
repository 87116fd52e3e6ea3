"""What is done with an email from the mailbox for replies: it answers, or is shown to the guide, or is left there."""

from __future__ import annotations

from enum import Enum

from django.utils import formats, translation
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from ..models import Doubt, Meeting, PossibleAnswer
from ..queries.calendars import answer_by, in_journeys_that_go_on
from ..queries.hours import zone_named
from ..queries.replies import (
    are_too_many,
    invitation_with,
    is_answered_already,
    meeting_with,
    seat_and_meeting,
)
from ..replies.reading import IncomingEmail, Said
from ..rules.replies import doubt_about, may_put_away
from .calendars import answer_meeting
from .invitations import take_turns


class Outcome(Enum):
    """What became of an email."""

    ANSWERED = "answered"
    KNOWN = "known"
    SHOWN = "shown"
    LEFT = "left"


@action(unrecorded_because="an answer and an email that may be one are each recorded by themselves")
def take_in(*, email: IncomingEmail, by: None) -> Outcome:
    """Answer by an email that carries the secret of an invitation and fits it; else show it to the guide.

    What belongs to no meeting of a journey that goes on is left in the mailbox, and none of its words is kept.
    """
    invitation = invitation_with(email.secrets)
    meeting = invitation.meeting if invitation else meeting_with(email.uid)
    if meeting is None:
        return Outcome.LEFT
    take_turns([meeting.id])
    found = seat_and_meeting(invitation) if invitation else None
    said = email.said
    if (
        said
        and invitation
        and is_answered_already(meeting, invitation.recipient, said.answer, said.stamped_at)
    ):
        return Outcome.KNOWN
    doubt = doubt_about(email, invitation, found)
    if doubt or not (said and invitation and found):
        return _show(email, meeting, doubt or Doubt.NO_ANSWER)
    seat, meeting = found
    answer_meeting(
        meeting_email=invitation,
        meeting=meeting,
        answer=said.answer,
        word=_word(said, meeting, invitation.recipient),
        stamped_at=said.stamped_at,
        by=seat,
    )
    return Outcome.ANSWERED


def _word(said: Said, meeting: Meeting, person: Person) -> str:
    """What is said with the answer, and the time that is wished for instead; else what was said with it before."""
    word = said.comment
    if said.wished_at:
        wall = said.wished_at.astimezone(zone_named(meeting.zone))
        with translation.override(person.language):
            facts = {"when": formats.date_format(wall, "l j F Y, H:i"), "zone": meeting.zone}
            wished = _("The time I would like: %(when)s (%(zone)s)") % facts
        word = "\n".join(filter(None, (word, wished)))
    known = answer_by(meeting, person)
    return word or (str(known.word) if known and known.answer == said.answer else "")


def _show(email: IncomingEmail, meeting: Meeting, doubt: Doubt) -> Outcome:
    if PossibleAnswer.objects.filter(meeting=meeting, digest=email.digest).exists():
        return Outcome.KNOWN
    if are_too_many(meeting) or not in_journeys_that_go_on({meeting.id}):
        return Outcome.LEFT
    keep_possible_answer(email=email, meeting=meeting, doubt=doubt, by=None)
    return Outcome.SHOWN


@action("possible_answer.kept")
def keep_possible_answer(*, email: IncomingEmail, meeting: Meeting, doubt: Doubt, by: None) -> PossibleAnswer:
    """Show the guide an email that may be an answer. It answers nothing; its words are sealed."""
    possible = PossibleAnswer.objects.create(
        meeting=meeting,
        sender=email.sender,
        words=email.words,
        seems=email.said.answer if email.said else "",
        doubt=doubt,
        digest=email.digest,
    )
    record("possible_answer.kept", subject=possible, by=by, journey_id=meeting.journey_id, doubt=str(doubt))
    return possible


@action("possible_answer.put_away")
def put_away_possible_answer(*, possible: PossibleAnswer, by: Seat) -> PossibleAnswer:
    """Take it off the page: the guide has seen to it. It answers nothing; a second time it says that it was done."""
    possible = PossibleAnswer.objects.select_for_update().get(id=possible.id)
    demand(may_put_away(by, possible))
    possible.put_away_at, possible.put_away_by = now(), by.actor
    possible.save(update_fields=["put_away_at", "put_away_by"])
    record("possible_answer.put_away", subject=possible, by=by)
    return possible
