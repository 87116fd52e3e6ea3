"""What can be done with letters and calendars: answer, make and revoke a feed, note what came back."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.db.models import Q

from alongside.journeys.addresses.actions import correct_participants_address
from alongside.journeys.joining import sit_apart
from alongside.journeys.rules import may_correct_address
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now, today
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.actions import invite_again
from alongside.people.models import Person
from alongside.people.posting import note_failure
from alongside.people.queries import digest, latest_invitation
from alongside.people.rules import is_signed_in

from ..emails import meeting_email_token
from ..models import Answer, EmailEvent, EmailTrouble, Feed, Meeting, MeetingEmail, Reply
from ..queries.calendars import answer_by, answers_counted, feed_of, undelivered
from ..rules import may_say_cannot_come
from ..rules.calendars import may_answer, may_revoke_feed
from ..tasks import post_meeting_email
from .invitations import invite_to_what_is_booked
from .meetings import locked, refuse_what_has_changed


@action("meeting.answered")
def answer_meeting(
    *,
    meeting_email: MeetingEmail,
    meeting: Meeting,
    answer: str,
    word: str = "",
    stamped_at: dt.datetime | None = None,
    by: Seat,
) -> Reply:
    """Say whether one comes. It moves and cancels nothing; the guide sees it and is told by e-mail.

    Saying the same again changes nothing. An answer that came by mail, `stamped_at` by a calendar program, is entered
    even so, for the next one to be held against; the guide is told of what is new.
    """
    meeting = locked(meeting, by)
    demand(may_answer(by, meeting, meeting_email))
    reply, is_new = _answer(meeting, meeting_email.recipient, Answer(answer), word, stamped_at)
    if is_new:
        record("meeting.answered", subject=reply, by=by, answer=str(answer), by_mail=stamped_at is not None)
    return reply


@action("meeting.declined")
def say_cannot_come(*, meeting: Meeting, word: str = "", by: Seat) -> Reply:
    """Say that one cannot come once it is too late to cancel. It stays booked; the guide is told by e-mail and decides."""
    known, meeting = meeting, locked(meeting, by)
    demand(may_say_cannot_come(by, meeting))
    refuse_what_has_changed(known, meeting)
    reply, is_new = _answer(meeting, by.actor, Answer.DECLINED, word)
    if is_new:
        record("meeting.declined", subject=reply, by=by)
    return reply


def _answer(
    meeting: Meeting, person: Person, answer: Answer, word: str, stamped_at: dt.datetime | None = None
) -> tuple[Reply, bool]:
    """The answer as it stands now, and whether it was entered now; the guide is told of what they don't know yet."""
    known = answer_by(meeting, person)
    is_news = not known or (known.answer, known.word) != (answer, word.strip())
    if known and not is_news and stamped_at is None:
        return known, False
    reply = Reply.objects.create(
        meeting=meeting,
        sequence=meeting.sequence,
        person=person,
        answer=answer,
        word=word.strip(),
        stamped_at=stamped_at,
    )
    if is_news:
        _tell_guide(meeting)
    return reply, True


def _tell_guide(meeting: Meeting) -> None:
    news = MeetingEmail(
        meeting=meeting,
        sequence=meeting.sequence,
        event=EmailEvent.ANSWERED,
        mark=answers_counted(meeting),
        recipient=meeting.guide,
    )
    news.token_digest = digest(meeting_email_token(news))
    news.save(force_insert=True)
    post_meeting_email.enqueue(meeting_email_id=str(news.id))


@action("feed.made")
def make_feed(*, with_own: bool = False, by: Person) -> tuple[Feed, str]:
    """Make a calendar address; an older one stops working. Its token is shown once and not kept."""
    demand(is_signed_in(by))
    Feed.objects.filter(person=by, revoked_at=None).update(revoked_at=now())
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(person=by, token_digest=digest(token), with_own=with_own)
    record("feed.made", subject=feed, by=by, with_own=with_own)
    return feed, token


@action("feed.revoked")
def revoke_feed(*, by: Person) -> Feed:
    """Make a calendar address answer nothing any more."""
    feed = feed_of(by)
    demand(may_revoke_feed(by, feed))
    assert feed is not None
    feed.revoked_at = now()
    feed.save(update_fields=["revoked_at"])
    record("feed.revoked", subject=feed, by=by)
    return feed


@action("feed.read")
def note_reading(*, feed: Feed, by: Person) -> bool:
    """Record that a feed was read, once a day: a calendar comes every few minutes."""
    day = today("UTC")
    first = Feed.objects.filter(id=feed.id).exclude(read_on=day).update(read_on=day)
    if first:
        record("feed.read", subject=feed, by=by)
    return bool(first)


@action("meeting_email.bounced")
def note_bounce(*, meeting_email: MeetingEmail, by: None) -> bool:
    """Note that a letter came back, as a mail server reported, with all it carried. True when that is new."""
    of_it = Q(id=meeting_email.id) | Q(carrier=meeting_email.id)
    waiting = MeetingEmail.objects.filter(of_it, failed_at=None, dropped_at=None)
    new = waiting.update(failed_at=now(), trouble=EmailTrouble.BOUNCED)
    if new:
        note_failure(f"meeting {meeting_email.event}", [meeting_email.recipient_id])
        record(
            "meeting_email.bounced", subject=meeting_email, by=by, journey_id=meeting_email.meeting.journey_id
        )
    return bool(new)


@action("emails.readdressed")
def correct_address(*, email: str, by: Seat) -> int:
    """Correct the address of a participant without an account: what is booked is told there, and no longer elsewhere.

    Whatever mailbox has an invitation already is told that it is not for it; what did not arrive is sent again. An
    invitation to the journey that is still open goes to the new address, too. Answers how many mails it takes.
    """
    demand(may_correct_address(by))
    by = sit_apart(by)
    person = by.participant.person
    failed = [one.id for one in undelivered(by) if one.recipient.id == person.id]
    before = person.email
    invited = latest_invitation(person.id)
    is_open = bool(invited and not invited.accepted_at and not invited.voided_at)
    correct_participants_address(email=email, by=by)
    if is_open:
        invite_again(person=person, journey_id=by.journey.id, by=by.actor)
    again = _send_again(failed) if person.email == before else invite_to_what_is_booked(by=by)
    record("emails.readdressed", subject=person, by=by, again=again)
    return again


def _send_again(failed: list[UUID]) -> int:
    for one in failed:
        MeetingEmail.objects.filter(id=one).update(
            failed_at=None, trouble="", taken_at=None, taken_by="", posted_at=None, attempts=0
        )
        post_meeting_email.enqueue(meeting_email_id=str(one))
    return len(failed)
