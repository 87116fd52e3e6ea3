"""What can be done that an invitation reaches whom it is for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.ledger.record import record
from alongside.people.models import Person

from ..invitations import as_one_email, write_email
from ..models import EmailEvent, Meeting, MeetingTime
from ..queries import meetings_to_come
from ..queries.mailboxes import mailboxes_of, meeting_and_person
from ..states import MeetingState


@action("meeting.invited_where_they_are")
def invite_where_they_are(*, meeting: Meeting, person: Person, by: Any) -> int:
    """Invite a person at the address they have, and take the invitation back from those they no longer have.

    Answers with how many mails it takes; nothing when the right mailbox has it and no other. Whoever is taken off at an
    address is told so with a risen sequence (RFC 5546, 3.2.5); the meeting keeps its time. Both are taken as they
    stand once nobody else acts on the journey.
    """
    take_turns([meeting.id])
    meeting, person = meeting_and_person(meeting.id, person.id)
    found = mailboxes_of(meeting, person)
    planned = meeting.state == MeetingState.PLANNED  # type: ignore[attr-defined]
    invites = found.is_missing and planned
    if not found.wrong and not invites:
        return 0
    if found.wrong and planned:
        _raise_sequence(meeting, by)
    with as_one_email():
        for email in found.wrong:
            write_email(meeting, EmailEvent.WITHDRAWN, person, email=email)
        if invites:
            write_email(meeting, EmailEvent.BOOKED, person)
    record(
        "meeting.invited_where_they_are",
        subject=meeting,
        by=by,
        journey_id=meeting.journey_id,
        withdrawn=len(found.wrong),
        invited=invites,
    )
    return len(found.wrong) + invites


@action(unrecorded_because="each meeting somebody is invited to is recorded by itself")
def invite_to_each(*, person_id: UUID, meeting_ids: Collection[UUID], by: None = None) -> int:
    """Let the invitations of one person to these meetings follow them, as one e-mail and all or none; how many."""
    take_turns(meeting_ids)
    with as_one_email():
        return sum(_invite_to(meeting_id, person_id) for meeting_id in sorted(meeting_ids))


def _invite_to(meeting_id: UUID, person_id: UUID) -> int:
    meeting, person = meeting_and_person(meeting_id, person_id)
    return invite_where_they_are(meeting=meeting, person=person, by=None)


@action(unrecorded_because="each meeting somebody is invited to is recorded by itself")
def invite_to_what_is_booked(*, by: Seat) -> int:
    """Invite the participant of a journey to all that is booked, at the address they have now; how many mails."""
    with as_one_email():
        person = by.participant.person
        return sum(
            invite_where_they_are(meeting=meeting, person=person, by=by) for meeting in meetings_to_come(by)
        )


def take_turns(meeting_ids: Collection[UUID]) -> None:
    """Acts on the meetings of these journeys wait for each other; always in the same order, so that none waits in a ring."""
    journeys = Meeting.objects.filter(id__in=meeting_ids).values("journey")
    rows = Journey.objects.select_for_update(no_key=True).filter(id__in=journeys).order_by("id")
    list(rows.values_list("id"))


def _raise_sequence(meeting: Meeting, by: Any) -> None:
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    MeetingTime.objects.create(
        meeting=meeting,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place_id=meeting.place_id,
        by=by.actor if by else meeting.booked_by,
    )
