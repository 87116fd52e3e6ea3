"""Questions about answers that come by mail."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.models import Person

from ..models import Answer, Doubt, Meeting, MeetingEmail, MeetingTime, PossibleAnswer, Reply
from ..reply_addresses import Secret
from .calendars import meeting_of_meeting_email
from .mailboxes import INVITES


def invitation_with(secrets: Sequence[Secret]) -> MeetingEmail | None:
    """The latest invitation to which the first right one of these belongs: to one meeting, one person and one mailbox."""
    uids = {secret.uid for secret in secrets}
    rows = MeetingEmail.objects.filter(meeting__uid__in=uids, event__in=INVITES).exclude(email="")
    found = list(rows.select_related("meeting", "recipient__user").order_by("-sequence", "-id"))
    return next(
        (
            row
            for secret in secrets
            for row in found
            if row.meeting.uid == secret.uid and secret.is_of(row.recipient_id, row.email)
        ),
        None,
    )


def meeting_with(uid: UUID | None) -> Meeting | None:
    return Meeting.objects.filter(uid=uid).first() if uid else None


def seat_and_meeting(invitation: MeetingEmail) -> tuple[Seat, Meeting] | None:
    """As the link of this invitation finds them: for whom it was sent, and the meeting as it stands."""
    found = seat_for(invitation.recipient, journey_id=invitation.meeting.journey_id)
    meeting = meeting_of_meeting_email(invitation, found[0]) if found else None
    return (found[0], meeting) if found and meeting else None


def is_answered_already(meeting: Meeting, person: Person, answer: Answer, stamped_at: dt.datetime) -> bool:
    """Whether this very answer was taken in before: the same email, come again."""
    return Reply.objects.filter(meeting=meeting, person=person, answer=answer, stamped_at=stamped_at).exists()


def latest_word_on(invitation: MeetingEmail) -> dt.datetime | None:
    """What an answer by mail has to be younger than: all this person's answers, and the time it invites to."""
    answers = Reply.objects.filter(meeting=invitation.meeting_id, person=invitation.recipient_id)
    said = answers.aggregate(at=Max(Coalesce("stamped_at", "created_at")))["at"]
    times = MeetingTime.objects.filter(meeting=invitation.meeting_id, sequence=invitation.sequence)
    booked = times.aggregate(at=Max("created_at"))["at"]
    return max(filter(None, (said, booked)), default=None)


# --- emails that may be an answer ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PossibleFacts:
    """An email that may be an answer: from which address, as it says itself, when it was read, and why it doesn't count."""

    id: UUID
    sender: str
    at: dt.datetime
    seems: str
    doubt: Doubt
    words: str


def possible_answers_of(seat: Seat) -> dict[UUID, list[PossibleFacts]]:
    """Those that were not put away, by meeting, oldest first. For the guide alone: nobody knows who wrote them."""
    if not seat.is_guide:
        return {}
    found: dict[UUID, list[PossibleFacts]] = defaultdict(list)
    rows = PossibleAnswer.objects.filter(meeting__journey=seat.journey, put_away_at=None)
    for row in rows.order_by("created_at", "id"):
        facts = PossibleFacts(
            row.id, str(row.sender), row.created_at, row.seems, Doubt(row.doubt), str(row.words)
        )
        found[row.meeting_id].append(facts)
    return found


def possible_answer_for(
    actor: Person, *, journey_id: UUID, possible_id: UUID
) -> tuple[Seat, PossibleAnswer] | None:
    """The door's find for one of them."""
    found = seat_for(actor, journey_id=journey_id)
    if found is None or not found[0].is_guide:
        return None
    row = PossibleAnswer.objects.filter(meeting__journey=found[0].journey, id=possible_id).first()
    return (found[0], row) if row else None


def are_too_many(meeting: Meeting) -> bool:
    """Whoever knows a meeting's UID could fill its page: so many may wait there, and no more."""
    return PossibleAnswer.objects.filter(meeting=meeting, put_away_at=None).count() >= MOST_WAITING


MOST_WAITING = 20
