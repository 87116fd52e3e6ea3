"""Invitations by e-mail: the table of what calendars expect, read back by two parsers."""

import datetime as dt
import re
from email import message_from_bytes
from email.policy import default
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.core import mail

from alongside.kernel.clock import at as clock_at
from alongside.people.models import Person
from alongside.rooms.environment import ics
from alongside.rooms.environment.actions import cancel_meeting, move_meeting
from alongside.rooms.environment.actions.reminders import choose_emails
from alongside.rooms.environment.emails import service_address
from alongside.rooms.environment.models import Meeting, MeetingEmail
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.tasks import post_meeting_email

from .factories import at, booked, room

pytestmark = pytest.mark.django_db
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
STAMP = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
CARE_WORDS = (
    "treat",
    "therap",
    "clinic",
    "patient",
    "supervis",
    "mentor",
    "counsel",
    "care",
    "diagnos",
    "session",
)


def entry(start: dt.datetime, minutes: int = 60, **more: object) -> ics.Entry:
    """An hour by the clocks of London, unless said otherwise."""
    facts = {
        "uid": ics.uid_of(uuid4()),
        "sequence": 0,
        "zone": "Europe/London",
        "title": "Appointment",
        "starts_at": start.astimezone(dt.UTC),
        "ends_at": start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes),
        **more,
    }
    return ics.Entry(**facts)  # type: ignore[arg-type]


def request_for(one: ics.Entry, method: ics.Method = "REQUEST", **more: bool) -> bytes:
    return ics.invitation(
        one, method, organiser="us@example.org", attendee="you@example.org", stamp=STAMP, **more
    )


def event_in(file: bytes):
    return icalendar.Calendar.from_ical(file).walk("VEVENT")[0]


def other_reading(file: bytes):
    return vobject.readOne(file.decode()).vevent


def london(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (london(3, 24, 10), "10:00"),
        (london(3, 31, 10), "09:00"),
        (london(10, 20, 10), "09:00"),
        (london(10, 27, 10), "10:00"),
        (london(3, 29, 9), "08:00"),
    ],
)
def test_both_parsers_read_the_agreed_time_on_either_side_of_the_change(start, utc):
    file = request_for(entry(start))
    for read in (event_in(file)["DTSTART"].dt, other_reading(file).dtstart.value):
        assert f"{read.astimezone(dt.UTC):%H:%M}" == utc
        assert f"{read:%H:%M}" == f"{start:%H:%M}"


def test_an_hour_over_the_gap_is_sixty_real_minutes():
    file = request_for(entry(london(3, 29, 0, 45)))
    found = event_in(file)
    assert f"{found['DTEND'].dt:%H:%M}" == "02:45"
    assert found["DTEND"].dt.astimezone(dt.UTC) - found["DTSTART"].dt.astimezone(dt.UTC) == dt.timedelta(
        hours=1
    )


@pytest.mark.parametrize(
    ("month", "day", "there"),
    [(3, 3, "05:00"), (3, 10, "06:00"), (3, 31, "05:00"), (10, 27, "06:00"), (11, 3, "05:00")],
)
def test_ten_in_london_is_read_in_new_york_by_both_parsers(month, day, there):
    file = request_for(entry(london(month, day, 10)))
    for read in (event_in(file)["DTSTART"].dt, other_reading(file).dtstart.value):
        assert f"{read.astimezone(NEW_YORK):%H:%M}" == there


@pytest.mark.parametrize(
    "title", ["Jürgen Grüße " + "ü" * 200, "one, two; three \\ four\nfive", "☂️ – “quoted”"]
)
def test_titles_are_folded_and_escaped_and_come_back_equal(title):
    file = request_for(entry(london(6, 2, 10), title=title, note=title))
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert (str(event_in(file)["SUMMARY"]), str(event_in(file)["DESCRIPTION"])) == (title, title)
    assert (other_reading(file).summary.value, other_reading(file).description.value) == (title, title)


def test_the_object_holds_what_programs_ask_for():
    file = request_for(entry(london(6, 2, 10)))
    calendar, found = icalendar.Calendar.from_ical(file), event_in(file)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert (found["STATUS"], found["CLASS"], found["TRANSP"]) == ("CONFIRMED", "PRIVATE", "OPAQUE")
    assert (found["ORGANIZER"], found["ATTENDEE"]) == ("mailto:us@example.org", "mailto:you@example.org")
    assert found["ATTENDEE"].params["RSVP"] == "FALSE"
    assert b"DTSTAMP:20260105T090000Z" in file
    assert not {"RRULE", "LOCATION", "DESCRIPTION"} & set(found)


def test_one_attendee_taken_off_gets_a_cancel_without_status():
    taken_off = event_in(request_for(entry(london(6, 2, 10), sequence=1), "CANCEL", for_all=False))
    for_all = event_in(request_for(entry(london(6, 2, 10), sequence=1), "CANCEL"))
    assert ("STATUS" in taken_off, for_all["STATUS"]) == (False, "CANCELLED")
    assert taken_off["SEQUENCE"] == 1


# --- as they are sent -------------------------------------------------------------------------------------


def sent(number: int = -1):
    return message_from_bytes(mail.outbox[number].message().as_bytes(), policy=default)


def parts(message) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def object_in(message) -> bytes:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return part.get_payload(decode=True)


def test_a_meeting_email_has_words_and_the_object_twice(seat, place):
    booked(seat, place, at(3))
    message = sent()
    assert parts(message) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    calendar, file = list(message.walk())[-2:]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "UTF-8")
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert (file.get_filename(), file.get_payload(decode=True)) == ("invite.ics", object_in(message))
    organiser = event_in(object_in(message))["ORGANIZER"]
    assert organiser == f"mailto:{service_address()}" and service_address() in message["From"]


def test_moved_twice_then_cancelled_rises_by_one_each_and_keeps_its_uid(seat, place):
    meeting = booked(seat, place, at(3))
    for days in (4, 5):
        move_meeting(meeting=meeting, place=place, starts_at=at(days), minutes=60, by=seat)
        meeting = meeting_in(seat, meeting_id=meeting.id)
    cancel_meeting(meeting=meeting, by=seat)
    objects = [object_in(sent(number)) for number in range(4)]
    events = [event_in(one) for one in objects]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    assert {str(event["UID"]) for event in events} == {ics.uid_of(meeting.uid)}
    assert [str(icalendar.Calendar.from_ical(one)["METHOD"]) for one in objects] == ["REQUEST"] * 3 + [
        "CANCEL"
    ]
    assert events[-1]["STATUS"] == "CANCELLED"
    for one, event in zip(objects, events, strict=True):
        read = other_reading(one)
        assert (read.uid.value, read.dtstart.value) == (event["UID"], event["DTSTART"].dt)


def test_booked_again_at_the_same_time_is_a_new_event(seat, place):
    start = at(3)
    cancel_meeting(meeting=booked(seat, place, start), by=seat)
    booked(seat, place, start)
    first, _cancelled, again = (event_in(object_in(sent(number))) for number in range(3))
    assert first["UID"] != again["UID"] and again["SEQUENCE"] == 0


def test_another_title_leaves_the_sequence(cast, seat, place):
    wishes(cast.participant, title="own", own_title="Yoga, and; tea")
    booked(seat, place, at(3))
    event = event_in(object_in(sent()))
    assert (event["SUMMARY"], event["SEQUENCE"], sent()["Subject"]) == ("Yoga, and; tea", 0, "Yoga, and; tea")


def wishes(person: Person, **chosen: object) -> None:
    said = {
        "title": "plain",
        "own_title": "",
        "shows_place": False,
        "reminders": (),
        "quiet_from": None,
        "quiet_until": None,
    }
    choose_emails(**{**said, **chosen}, by=person)


@pytest.mark.parametrize(
    ("title", "called"), [("plain", "Appointment"), ("busy", "Busy"), ("initials", "G.G.")]
)
def test_nothing_in_object_subject_or_file_name_betrays_the_care_or_a_surname(cast, title, called):
    journey = cast.journey("treatment")
    seat = cast.seat(cast.guide, journey)
    wishes(cast.participant, title=title)
    meeting = booked(seat, room(cast.guide, "Trauma clinic"), at(3))
    move_meeting(meeting=meeting, place=meeting.place, starts_at=at(4), minutes=60, by=seat)
    cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), by=seat)
    for number in range(3):
        message = sent(number)
        told = f"{object_in(message).decode()} {message['Subject']} {list(message.walk())[-1].get_filename()}"
        told = re.sub(r"mailto:\S+|\r\n ", "", told).lower()
        assert [word for word in (*CARE_WORDS, "guide", "participant", "gwen", "paul") if word in told] == []
        assert event_in(object_in(message))["SUMMARY"] == called


def test_the_place_is_in_the_object_only_for_who_agreed(cast, seat, place):
    booked(seat, place, at(3))
    wishes(cast.participant, shows_place=True)
    booked(seat, place, at(4))
    assert "LOCATION" not in event_in(object_in(sent(0)))
    assert event_in(object_in(sent(1)))["LOCATION"] == "Quiet room, First floor"


def test_no_control_character_reaches_what_a_calendar_shows():
    one = entry(
        london(3, 3, 10),
        title="Yo\x00ga\x0b\nnow\u202e",
        place="Room\x07 1\x1b\r\nUpstairs\x85",
        note="a\x08b\nc",
    )
    found = event_in(request_for(one))
    shown = (found["SUMMARY"], found["LOCATION"], found["DESCRIPTION"])
    assert shown == ("Yo ga\n\nnow", "Room 1\nUpstairs", "a b\nc")


@pytest.mark.without_ledger("rooms.environment.actions.reminders.choose_emails")
def test_a_link_to_a_call_stays_on_the_page_of_who_has_one(cast, seat):
    wishes(cast.participant, shows_place=True)
    booked(seat, room(cast.guide, "By video", kind="video", details="https://meet.example.org/x"), at(3))
    assert event_in(object_in(sent()))["LOCATION"] == "See your page"


def test_the_zone_of_the_words_is_the_zone_of_the_object(cast, seat, place):
    Person.objects.filter(id=cast.participant.id).update(time_zone="America/New_York")
    with clock_at(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)):
        booked(seat, place, london(3, 10, 10).astimezone(dt.UTC))
    text = next(part for part in sent().walk() if part.get_content_type() == "text/plain").get_content()
    assert "06:00 to 07:00 (America/New_York, EDT)" in text
    assert "10:00 in Europe/London" in text
    assert event_in(object_in(sent()))["DTSTART"].params["TZID"] == "Europe/London"


def test_a_meeting_email_run_twice_is_sent_once(seat, place):
    booked(seat, place, at(3))
    post_meeting_email.enqueue(meeting_email_id=str(MeetingEmail.objects.get().id))
    assert len(mail.outbox) == 1


def test_a_guide_whose_calendar_knows_a_meeting_hears_of_every_change(cast, journey, place):
    theirs, own = cast.seat(cast.participant, journey), cast.seat(cast.guide, journey)
    meeting = booked(theirs, place, at(3))
    move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=own)
    told = [
        (meeting_email.sequence, meeting_email.recipient_id) for meeting_email in MeetingEmail.objects.all()
    ]
    assert (1, cast.guide.id) in told
    assert Meeting.objects.get().sequence == 1


def test_each_meeting_email_names_one_recipient_alone(cast, journey, place):
    booked(cast.seat(cast.participant, journey), place, at(3))
    for message in (sent(0), sent(1)):
        other = {cast.guide.email, cast.participant.email} - {message["To"]}
        assert other.pop() not in message.as_string() + object_in(message).decode()
