"""One mail for a series: it lists every date, and each event stands in an attachment of its own."""

import datetime as dt

import icalendar
import pytest
import vobject
from django.core import mail

from alongside.kernel.clock import now
from alongside.rooms.environment.actions import cancel_meeting, series
from alongside.rooms.environment.actions.calendars import correct_address, note_bounce
from alongside.rooms.environment.emails import meeting_email_token
from alongside.rooms.environment.models import Meeting, MeetingEmail
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.tasks import post_meeting_email

from .factories import at, room

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(weeks=1)


def book(seat, place, count=3):
    starts = [at(3) + number * WEEK for number in range(count)]
    series.book_series(place=place, minutes=60, recurrence="weekly", starts=starts, by=seat)
    return [meeting_in(seat, meeting_id=one.id) for one in Meeting.objects.order_by("starts_at")]


def attachments(number=0):
    found = [part for part in mail.outbox[number].message().walk() if part.get_content_maintype() == "text"]
    return [part for part in found if part.get_content_type() == "text/calendar"]


def objects(number=0):
    return [part.get_payload(decode=True) for part in attachments(number)]


def test_a_series_is_one_mail_with_every_date_and_every_event(seat, place):
    three = book(seat, place)

    assert [one.subject for one in mail.outbox] == ["Appointment: 3 dates"]
    for one in three:
        assert f"{one.starts_at:%A} {one.starts_at.day} {one.starts_at:%B %Y}" in mail.outbox[0].body
    read = [icalendar.Calendar.from_ical(one) for one in objects()]
    assert [one["METHOD"] for one in read] == ["REQUEST"] * 3
    events = [one.walk("VEVENT") for one in read]
    assert [(str(found[0]["UID"]), found[0]["DTSTART"].dt, len(found)) for found in events] == [
        (f"{one.uid}@alongside", one.starts_at, 1) for one in three
    ]
    assert [vobject.readOne(one.decode()).vevent.uid.value for one in objects()] == [
        f"{one.uid}@alongside" for one in three
    ]
    assert MeetingEmail.objects.filter(posted_at=None).count() == 0


def test_each_attachment_is_a_file_and_names_its_method(seat, place):
    book(seat, place)
    assert [part.get_filename() for part in attachments()] == [f"invite-{one}.ics" for one in (1, 2, 3)]
    assert {part.get_param("method") for part in attachments()} == {"REQUEST"}
    assert all(part.get_content_disposition() == "attachment" for part in attachments())


def test_the_mail_names_the_private_calendar_for_who_has_a_page(cast, seat, place):
    book(seat, place)
    assert "http://testserver/time/emails/" in mail.outbox[0].body
    without = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    starts = [at(5, 15) + number * WEEK for number in range(2)]
    series.book_series(place=place, minutes=60, recurrence="weekly", starts=starts, by=without)
    assert "/time/emails/" not in mail.outbox[1].body


def test_each_date_has_a_link_of_its_own(seat, place, client):
    book(seat, place)
    for row in MeetingEmail.objects.all():
        link = f"/emails/{meeting_email_token(row)}/"
        assert link in mail.outbox[0].body
        client.post(link, {"answer": "accepted"})
    assert [one.subject for one in mail.outbox[1:]] == ["Appointment: an answer"] * 3


def test_moved_and_cancelled_together_is_told_together(cast, seat, place):
    three = book(seat, place)
    series.move_following(
        meeting=three[0],
        place=place,
        starts_at=three[0].starts_at + dt.timedelta(hours=2),
        minutes=60,
        by=seat,
    )
    series.cancel_following(meeting=meeting_in(seat, meeting_id=three[1].id), by=seat)
    assert [one.subject for one in mail.outbox] == [
        "Appointment: 3 dates",
        "Appointment: 3 dates moved",
        "Appointment: 2 dates cancelled",
    ]
    moved = [icalendar.Calendar.from_ical(one).walk("VEVENT")[0] for one in objects(1)]
    assert [one["SEQUENCE"] for one in moved] == [1, 1, 1]
    assert mail.outbox[1].body.count("It was planned for") == 3
    gone = [icalendar.Calendar.from_ical(one) for one in objects(2)]
    assert [(one["METHOD"], one.walk("VEVENT")[0]["STATUS"]) for one in gone] == [("CANCEL", "CANCELLED")] * 2


def test_a_series_of_which_one_is_off_before_posting_leaves_that_one_out(seat, place, monkeypatch):
    waiting = []
    with monkeypatch.context() as patched:
        office = type(
            "Office", (), {"enqueue": staticmethod(lambda meeting_email_id: waiting.append(meeting_email_id))}
        )
        patched.setattr("alongside.rooms.environment.invitations.post_meeting_email", office)
        three = book(seat, place)
        cancel_meeting(meeting=three[0], by=seat)
    for one in waiting:
        post_meeting_email.enqueue(meeting_email_id=one)
    assert [one.subject for one in mail.outbox] == ["Appointment: 2 dates"]
    post_meeting_email.enqueue(meeting_email_id=waiting[0])
    assert len(mail.outbox) == 1


def test_a_series_of_one_is_an_ordinary_invitation(seat, place):
    book(seat, place, count=1)
    assert [one.subject for one in mail.outbox] == ["Appointment"]


@pytest.mark.without_ledger("rooms.environment.actions.calendars.note_bounce")
def test_when_it_comes_back_all_of_it_has_not_arrived(seat, place):
    book(seat, place)
    note_bounce(meeting_email=MeetingEmail.objects.get(carrier=None), by=None)
    assert MeetingEmail.objects.filter(trouble="bounced").count() == 3


def test_a_corrected_address_gets_the_series_as_one_mail_and_the_wrong_one_one_too(cast, place):
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    book(seat, place)
    correct_address(email="right@example.org", by=seat)
    assert [one.subject for one in mail.outbox[1:]] == [
        "Appointments that were not for you",
        "Appointment: 3 dates",
    ]
    gone = [icalendar.Calendar.from_ical(one) for one in objects(1)]
    assert [one["METHOD"] for one in gone] == ["CANCEL"] * 3
    assert [one.walk("VEVENT")[0].get("STATUS") for one in gone] == [None] * 3


def test_what_a_mail_server_will_not_take_now_is_tried_again_as_one(seat, place, monkeypatch):
    def fail(self, fail_silently=False):
        raise OSError("no mail server")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", fail)
        book(seat, place)
    assert mail.outbox == []
    assert (
        list(MeetingEmail.objects.values_list("attempts", "taken_at", "dropped_at")) == [(1, None, None)] * 3
    )
    post_meeting_email.enqueue(meeting_email_id=str(MeetingEmail.objects.get(carrier=None).id))
    assert [one.subject for one in mail.outbox] == ["Appointment: 3 dates"]


def test_a_place_of_each_date_is_said(cast, seat):
    starts = [at(3) + number * WEEK for number in range(2)]
    place = room(cast.guide, "The green room", details="Second floor")
    series.book_series(place=place, minutes=60, recurrence="weekly", starts=starts, by=seat)
    assert mail.outbox[0].body.count("The green room, Second floor") == 2
    assert now() < starts[0]
