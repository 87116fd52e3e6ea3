"""The address to which an invitation is answered by mail: one for each meeting, person and mailbox, and for nobody else."""

from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import icalendar
import pytest
from django.core import mail

from alongside.people.models import Person
from alongside.rooms.environment.actions import cancel_meeting, move_meeting
from alongside.rooms.environment.actions.series import book_series
from alongside.rooms.environment.emails import service_address
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.replies.reply_mailbox import ReplyMailbox
from alongside.rooms.environment.reply_addresses import reply_address, secrets_in

from .factories import at, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings):
    settings.REPLIES = ReplyMailbox("calendar@example.org", "127.0.0.1", 1, "us", "secret", "INBOX", False)
    return settings.REPLIES


def parts_of(message) -> tuple[str, list]:
    """Where it is answered, and its events: as a program reads the bytes that went out."""
    read = message_from_bytes(message.message().as_bytes(), policy=default)
    files = [part for part in read.walk() if part.get_content_type() == "text/calendar"]
    events = [icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")[0] for part in files]
    return str(read["Reply-To"] or ""), events


def test_without_a_mailbox_nothing_asks_for_a_reply(seat, place):
    booked(seat, place, at(3))
    answered_at, [event] = parts_of(mail.outbox[0])
    assert (answered_at, str(event["ORGANIZER"])) == ("", f"mailto:{service_address()}")
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def test_an_invitation_is_answered_at_an_address_of_its_own_through_its_life(mailbox, seat, place):
    meeting = booked(seat, place, at(3))
    move_meeting(meeting=meeting, starts_at=at(4), minutes=60, place=place, by=seat)
    cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), reason="", by=seat)
    found = [parts_of(message) for message in mail.outbox]
    address = reply_address(meeting.uid, seat.participant.person.id, seat.participant.person.email)
    assert [answered_at for answered_at, _events in found] == [address] * 3
    assert [str(event["ORGANIZER"]) for _at, [event] in found] == [f"mailto:{address}"] * 3
    assert [event["ATTENDEE"].params["RSVP"] for _at, [event] in found] == ["TRUE", "TRUE", "FALSE"]
    assert len(address.partition("@")[0]) <= 64 and address == address.lower()


@pytest.mark.without_ledger("rooms.environment.actions.series.book_series")
def test_each_of_a_series_has_its_own(mailbox, seat, place):
    book_series(place=place, recurrence="weekly", starts=[at(3), at(10)], minutes=60, by=seat)
    answered_at, events = parts_of(mail.outbox[0])
    organisers = [str(event["ORGANIZER"]) for event in events]
    assert len(set(organisers)) == 2 and f"mailto:{answered_at}" == organisers[0]


def test_who_guides_is_not_asked_to_answer(mailbox, cast, journey, place):
    booked(cast.seat(cast.participant, journey), place, at(3))
    to_guide = next(message for message in mail.outbox if message.to == [cast.guide.email])
    answered_at, [event] = parts_of(to_guide)
    assert (answered_at, str(event["ORGANIZER"])) == ("", f"mailto:{service_address()}")
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_secret_is_of_one_meeting_one_person_and_one_mailbox(mailbox):
    uid, person = uuid4(), uuid4()
    [secret] = secrets_in([f"Someone <{reply_address(uid, person, 'paul@example.org').upper()}>"])
    assert secret.uid == uid and secret.is_of(person, "paul@example.org")
    assert not secret.is_of(person, "other@example.org") and not secret.is_of(uuid4(), "paul@example.org")


@pytest.mark.parametrize(
    "text", ["", "calendar@example.org", "calendar+x@example.org", f"calendar+{'1' * 46}@example.org"]
)
def test_what_holds_no_secret_gives_none(mailbox, text):
    assert secrets_in([text]) == []


def test_the_address_names_nobody(mailbox, seat, place, cast):
    booked(seat, place, at(3))
    answered_at, _events = parts_of(mail.outbox[0])
    names = [word.lower() for person in Person.objects.all() for word in str(person.name).split()]
    assert not [name for name in names if name in answered_at]
