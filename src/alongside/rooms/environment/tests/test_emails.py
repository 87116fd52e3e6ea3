"""Answers by link, reminders, feeds, and emails that do not arrive.

Long, because each way in which an email about a meeting comes, is answered or is lost is tried on one meeting.
"""

import datetime as dt
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core import mail
from django.test import Client

from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.kernel.verdict import Denial
from alongside.ledger.models import Entry
from alongside.people.models import Person
from alongside.rooms.environment.actions import cancel_meeting, move_meeting
from alongside.rooms.environment.emails import meeting_email_token
from alongside.rooms.environment.models import Feed, MeetingEmail, Reply
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.calendars import reminders_due, undelivered
from alongside.rooms.environment.reminder_schedule import due_at, lead_due, quiet_range
from alongside.rooms.environment.rules.calendars import may_answer, may_use_meeting_email
from alongside.rooms.environment.tasks import post_meeting_email
from alongside.rooms.environment.tasks.reminders import remind

from .factories import at, booked
from .test_invitations import wishes

pytestmark = pytest.mark.django_db
UTC, LONDON = ZoneInfo("UTC"), ZoneInfo("Europe/London")
NIGHT = (dt.time(22), dt.time(7))


def link(meeting_email: MeetingEmail) -> str:
    return f"/emails/{meeting_email_token(meeting_email)}/"


# --- answers by link --------------------------------------------------------------------------------------


def test_an_answer_needs_no_account_and_reaches_the_guide(cast, place):
    journey = cast.journey(participant_has_account=False)
    seat = cast.seat(cast.guide, journey)
    meeting, visitor = booked(seat, place, at(3)), Client()
    path = link(MeetingEmail.objects.get())
    assert visitor.get(path).status_code == 200
    assert not Reply.objects.exists()
    assert visitor.post(path, {"answer": "asks_to_move", "word": "my train"}).status_code == 302
    assert visitor.post(path, {"answer": "asks_to_move", "word": "my train"}).status_code == 302
    assert [(one.answer, one.word) for one in Reply.objects.all()] == [("asks_to_move", "my train")]
    assert mail.outbox[-1].to == [cast.guide.email] and "needs another time" in mail.outbox[-1].body
    assert "train" not in mail.outbox[-1].body
    page = cast.client(cast.guide).get(f"/journeys/{journey.id}/environment/").content.decode()
    assert "needs another time" in page and "my train" in page
    assert meeting_in(seat, meeting_id=meeting.id).state == "planned"


def test_a_link_is_worth_nothing_once_the_account_is_closed(cast, place):
    booked(cast.seat(cast.guide, cast.journey(participant_has_account=False)), place, at(3))
    sent = MeetingEmail.objects.get()
    assert Client().get(link(sent)).status_code == 200

    Person.objects.filter(id=sent.recipient_id).update(is_active=False)

    assert Client().get(link(sent)).status_code == 404


def test_an_answer_that_is_none_comes_back_with_what_was_typed(seat, place):
    booked(seat, place, at(3))
    answer = Client().post(link(MeetingEmail.objects.get()), {"word": "kept"})
    assert answer.status_code == 422 and "kept" in answer.content.decode()


def test_links_of_outdated_emails_say_so(seat, place):
    meeting = booked(seat, place, at(3))
    first = MeetingEmail.objects.get()
    move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=seat)
    answer = Client().post(link(first), {"answer": "accepted"})
    assert answer.status_code == 409 and "moved since" in answer.content.decode()
    cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), by=seat)
    assert "has been cancelled" in Client().get(link(first)).content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("what", "said"),
    [("as it is", None), ("left", Denial.HIDDEN), ("of another", Denial.HIDDEN), ("begun", Denial.NOT_NOW)],
)
def test_may_answer(cast, seat, place, what, said):
    meeting = booked(seat, place, at(3))
    meeting_email = MeetingEmail.objects.select_related("recipient").get()
    theirs = cast.seat(cast.participant, seat.journey)
    if what == "left":
        meeting_email.recipient.is_active = False
    if what == "of another":
        meeting = booked(seat, place, at(4))
    if what == "begun":
        meeting.starts_at = now() - dt.timedelta(minutes=5)
    assert may_answer(theirs, meeting, meeting_email).denial is said
    assert not may_use_meeting_email(None)


def test_what_breaks_in_a_meeting_email_is_shown_and_not_tried_for_ever(seat, place, monkeypatch):
    def break_down(meeting_email):
        raise ValueError("something in it is wrong")

    monkeypatch.setattr("alongside.rooms.environment.tasks.meetings.compose", break_down)
    booked(seat, place, at(3))

    meeting_email = MeetingEmail.objects.get()
    assert (meeting_email.trouble, meeting_email.posted_at) == ("unreached", None)
    assert [one.id for one in undelivered(seat)] == [meeting_email.id]


def test_an_unknown_link_leads_nowhere(client):
    assert (
        client.get("/emails/nothing/").status_code,
        client.get("/emails/nothing/stop/").status_code,
    ) == (
        404,
        404,
    )


def test_only_the_digest_of_a_link_is_kept(seat, place):
    booked(seat, place, at(3))
    meeting_email = MeetingEmail.objects.get()
    assert meeting_email_token(meeting_email) in mail.outbox[0].body
    assert meeting_email_token(meeting_email) not in str(MeetingEmail.objects.values_list().get())


# --- when a reminder is due -------------------------------------------------------------------------------


def utc(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("start", "lead", "quiet", "due"),
    [
        (utc(10, 10), 1440, None, utc(9, 10)),
        (utc(10, 10), 120, NIGHT, utc(10, 8)),
        (utc(10, 8), 120, NIGHT, utc(9, 21, 50)),
        (utc(10, 23), 30, NIGHT, utc(10, 21, 50)),
        (utc(10, 14), 60, (dt.time(12), dt.time(13, 30)), utc(10, 11, 50)),
    ],
)
def test_what_would_come_in_quiet_hours_comes_before_them(start, lead, quiet, due):
    assert due_at(start, lead, UTC, quiet) == due


def test_quiet_hours_are_those_of_the_readers_clocks():
    assert quiet_range(utc(10, 21, 30), LONDON, NIGHT) == (utc(10, 21), utc(11, 6))
    assert quiet_range(utc(10, 21, 30), UTC, NIGHT) is None


def test_of_several_that_are_due_the_last_is_sent_and_none_wakes_anybody():
    assert lead_due(utc(10, 9), utc(10, 10), (1440, 120), UTC, None) == (120, utc(10, 8))
    assert lead_due(utc(10, 23), utc(11, 20), (1440,), UTC, NIGHT) is None
    assert lead_due(utc(11, 7), utc(11, 20), (1440,), UTC, NIGHT) == (1440, utc(10, 20))
    assert lead_due(utc(10, 11), utc(10, 10), (1440,), UTC, None) is None


def test_a_reminder_that_would_come_before_it_was_booked_comes_after_the_quiet_hours():
    monday, wednesday = utc(8, 23), utc(10, 7, 30)
    assert f"{monday:%A} {wednesday:%A}" == "Monday Wednesday"
    quiet = (dt.time(22), dt.time(8))
    assert due_at(wednesday, 1440, UTC, quiet, monday) == utc(9, 8)
    assert lead_due(utc(9, 7, 59), wednesday, (1440,), UTC, quiet, {1440: monday}) is None
    assert lead_due(utc(9, 8), wednesday, (1440,), UTC, quiet, {1440: monday}) == (1440, utc(9, 8))


def test_where_the_quiet_hours_last_until_it_starts_it_comes_at_its_own_time():
    assert due_at(utc(10, 7, 30), 60, UTC, (dt.time(22), dt.time(8)), utc(9, 23)) == utc(10, 6, 30)


@pytest.mark.parametrize("known", [utc(9, 10), utc(9, 11)])
def test_what_fell_due_before_it_was_known_is_no_reminder(known):
    assert lead_due(utc(9, 12), utc(10, 10), (1440,), UTC, None, {1440: known}) is None


# --- reminders as they are sent ---------------------------------------------------------------------------


def reminded() -> list[tuple[int, int, str]]:
    rows = MeetingEmail.objects.filter(event="reminder").order_by("created_at")
    return [(row.sequence, row.mark, row.recipient.name) for row in rows]


def test_reminders_come_at_the_chosen_times_once(cast, seat, place):
    wishes(cast.participant, reminders=(1440, 120))
    wishes(cast.guide, reminders=(60,))
    start = at(3)
    booked(seat, place, start)
    for before in (1500, 1440, 1400, 119, 118, 59):
        with clock_at(start - dt.timedelta(minutes=before)):
            remind.enqueue()
            remind.enqueue()
    assert reminded() == [(0, 1440, "Paul Participant"), (0, 120, "Paul Participant"), (0, 60, "Gwen Guide")]
    assert [one.subject for one in mail.outbox[1:]] == ["Appointment: a reminder"] * 3


@pytest.mark.without_ledger("rooms.environment.actions.reminders.write_reminder")
def test_who_has_said_nothing_is_reminded_a_day_before_unless_a_guide(seat, place):
    start = at(3)
    booked(seat, place, start)
    with clock_at(start - dt.timedelta(hours=23)):
        remind.enqueue()
    assert reminded() == [(0, 1440, "Paul Participant")]


def test_moved_is_reminded_anew_and_cancelled_never(cast, seat, place):
    meeting = booked(seat, place, at(3))
    with clock_at(at(3) - dt.timedelta(hours=23)):
        remind.enqueue()
    move_meeting(meeting=meeting, place=place, starts_at=at(6), minutes=60, by=seat)
    with clock_at(at(6) - dt.timedelta(hours=23)):
        remind.enqueue()
    assert [row[:2] for row in reminded()] == [(0, 1440), (1, 1440)]
    other = booked(seat, place, at(9))
    cancel_meeting(meeting=other, by=seat)
    with clock_at(at(9) - dt.timedelta(hours=23)):
        assert reminders_due() == []


def test_what_is_booked_at_short_notice_is_not_reminded_of_at_once(seat, place):
    booked(seat, place, now() + dt.timedelta(hours=5))
    assert reminders_due() == []


def test_booked_in_the_quiet_hours_it_comes_as_they_end(cast, seat, place):
    wishes(cast.participant, reminders=(1440,), quiet_from=dt.time(22), quiet_until=dt.time(8))
    Person.objects.filter(id=cast.participant.id).update(time_zone="UTC")
    monday = at(8 + (7 - at(0).weekday()) % 7, 23)
    wednesday = (monday + dt.timedelta(days=2)).replace(hour=7, minute=30)
    with clock_at(monday):
        booked(seat, place, wednesday)
        assert reminders_due() == []
    with clock_at(monday + dt.timedelta(hours=8, minutes=50)):
        assert reminders_due() == []
    with clock_at(monday + dt.timedelta(hours=9)):
        remind.enqueue()
        remind.enqueue()
    assert reminded() == [(0, 1440, "Paul Participant")]


def test_choosing_a_reminder_sends_none_for_meetings_already_inside_its_lead(cast, seat, place):
    wishes(cast.participant, reminders=())
    last = at(3, 15)
    for hour in (9, 11, 13):
        booked(seat, place, at(3, hour))
    with clock_at(at(2, 6)):
        booked(seat, place, last)
        wishes(cast.participant, reminders=(10_080, 2_880, 1_440))
        remind.enqueue()
        assert reminded() == []
    with clock_at(at(2, 12)):
        wishes(cast.participant, reminders=(10_080, 2_880, 1_440, 60))
        remind.enqueue()
    with clock_at(at(2, 16)):
        remind.enqueue()
    rows = MeetingEmail.objects.filter(event="reminder").order_by("meeting__starts_at")
    assert [(row.meeting.starts_at, row.mark) for row in rows] == [
        (at(3, hour), 1_440) for hour in (9, 11, 13, 15)
    ]


def test_a_reminder_chosen_again_after_it_was_dropped_begins_anew(cast, seat, place):
    booked(seat, place, at(3))
    with clock_at(at(2, 11)):
        wishes(cast.participant, reminders=())
        wishes(cast.participant, reminders=(1_440,))
        assert reminders_due() == []


def test_quiet_hours_may_begin_at_midnight(cast):
    from alongside.rooms.environment.queries.calendars import wishes_of

    wishes(cast.participant, quiet_from=dt.time(0), quiet_until=dt.time(8))
    assert wishes_of([cast.participant])[cast.participant.id].quiet == (dt.time(0), dt.time(8))


def test_a_reminder_on_its_way_is_not_sent_when_it_was_cancelled(seat, place, monkeypatch):
    meeting = booked(seat, place, at(3))
    with clock_at(at(3) - dt.timedelta(hours=23)):
        remind.enqueue()
    reminder = MeetingEmail.objects.get(event="reminder")
    MeetingEmail.objects.filter(id=reminder.id).update(posted_at=None, taken_at=None, taken_by="")
    cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), by=seat)
    before = len(mail.outbox)
    post_meeting_email.enqueue(meeting_email_id=str(reminder.id))
    assert len(mail.outbox) == before


def test_reminders_cost_the_same_for_one_and_for_three(cast, place, django_assert_max_num_queries):
    for days in (3, 4, 5):
        booked(cast.seat(cast.guide, cast.journey()) if days == 3 else _seat(cast), place, at(days))
        with clock_at(at(days) - dt.timedelta(hours=23)), django_assert_max_num_queries(7):
            assert len(reminders_due()) >= 1


def _seat(cast):
    return cast.seat(cast.guide, cast.journey())


@pytest.mark.without_ledger("rooms.environment.actions.reminders.stop_reminders")
def test_reminders_are_stopped_by_one_tap_or_one_click(cast, seat, place):
    start = at(3)
    booked(seat, place, start)
    with clock_at(start - dt.timedelta(hours=23)):
        remind.enqueue()
    headers = mail.outbox[-1].message()
    path = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    checked = Client(enforce_csrf_checks=True)
    assert "No more reminders?" in checked.get(path).content.decode()
    assert checked.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with clock_at(start - dt.timedelta(hours=22)):
        assert reminders_due() == []
    booked(seat, place, at(4))
    assert "List-Unsubscribe" not in mail.outbox[-1].message()


# --- letters that do not arrive ---------------------------------------------------------------------------


def test_a_refused_address_is_shown_to_the_guide_and_corrected_it_is_sent_again(cast, place, monkeypatch):
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    person = seat.participant.person

    def refuse(self, fail_silently=False):
        raise SMTPRecipientsRefused({self.to[0]: (550, b"no such user")})

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        booked(seat, place, at(3))
    room = f"/journeys/{seat.journey.id}/environment/"
    page = cast.client(cast.guide).get(room).content.decode()
    assert "An email did not arrive" in page and f"{room}address/" in page
    assert cast.client(cast.guide).post(f"{room}address/", {"email": "nonsense"}).status_code == 422
    answer = cast.client(cast.guide).post(f"{room}address/", {"email": "right@example.org"})
    assert answer.status_code == 302
    assert [one.to for one in mail.outbox] == [["right@example.org"]]
    assert "An email did not arrive" not in cast.client(cast.guide).get(room).content.decode()
    person.refresh_from_db()
    assert person.email == "right@example.org"


def test_a_participant_with_an_account_corrects_their_own_address(cast, journey):
    path = f"/journeys/{journey.id}/environment/address/"
    assert cast.client(cast.guide).post(path, {"email": "a@example.org"}).status_code == 409
    assert cast.client(cast.participant).get(path).status_code == 403
    assert cast.client(cast.colleague).get(path).status_code == 404


def test_after_the_last_try_a_meeting_email_is_given_up(seat, place):
    booked(seat, place, at(3))
    MeetingEmail.objects.update(posted_at=None, taken_at=None, taken_by="", attempts=7)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", _no_server)
        post_meeting_email.enqueue(meeting_email_id=str(MeetingEmail.objects.get().id))
    meeting_email = MeetingEmail.objects.get()
    assert (meeting_email.trouble, bool(meeting_email.failed_at)) == ("unreached", True)


def _no_server(self, fail_silently=False):
    raise OSError("no mail server")


# --- a calendar to subscribe to ---------------------------------------------------------------------------


def made(cast, person: Person, **fields: str) -> str:
    page = cast.client(person).post("/time/emails/calendar/", fields).content.decode()
    return page.split('value="http://testserver')[1].split('"')[0]


def events(path: str) -> list:
    return icalendar.Calendar.from_ical(Client().get(path).content).walk("VEVENT")


def test_a_feed_shows_own_meetings_without_names_and_answers_304(cast, seat, place):
    booked(seat, place, at(3))
    path = made(cast, cast.participant)
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-cache"
    assert all(word not in answer.content for word in (b"Gwen", b"Guide", b"Quiet room"))
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    booked(seat, place, at(4))
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 200
    assert len(events(path)) == 2


@pytest.mark.without_ledger("rooms.environment.actions.calendars.revoke_feed")
def test_a_feed_is_shown_once_replaced_by_a_new_one_and_switched_off(cast):
    first, second = made(cast, cast.guide), made(cast, cast.guide)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    page = cast.client(cast.guide).get("/time/emails/").content.decode()
    assert second.split("/")[2] not in page and second.split("/")[2] not in str(
        list(Feed.objects.values_list())
    )
    assert cast.client(cast.guide).post("/time/emails/calendar/off/").status_code == 302
    assert Client().get(second).status_code == 404
    assert cast.client(cast.guide).post("/time/emails/calendar/off/").status_code == 409


def test_a_feed_leaves_out_the_past_the_cancelled_and_what_is_over(cast, seat, place):
    kept = booked(seat, place, at(-29), already_held=True)
    booked(seat, place, at(-32), already_held=True)
    cancel_meeting(meeting=booked(seat, place, at(3)), by=seat)
    path = made(cast, cast.guide)
    assert [str(one["UID"]) for one in events(path)] == [f"{kept.uid}@alongside"]
    _end(cast, seat)
    assert events(path) == []


def _end(cast, seat) -> None:
    from alongside.journeys.models import JourneyStateRecord

    JourneyStateRecord.objects.create(journey=seat.journey, state="completed", by=cast.guide)


def test_a_guides_own_supervision_is_mixed_in_only_if_asked_for(cast, seat, place):
    from alongside.journeys.models import JourneyMember

    own = cast.journey()
    JourneyMember.objects.filter(journey=own, part="guide").update(person=cast.colleague)
    JourneyMember.objects.filter(journey=own, part="participant").update(person=cast.guide)
    from .factories import room

    booked(cast.seat(cast.colleague, own), room(cast.colleague), at(4))
    booked(seat, place, at(3))
    assert len(events(made(cast, cast.guide))) == 1
    assert len(events(made(cast, cast.guide, with_own="on"))) == 2


@pytest.mark.without_ledger("rooms.environment.actions.calendars.note_reading")
def test_reading_a_feed_is_recorded_once_a_day(cast):
    path = made(cast, cast.participant)
    for _time in range(3):
        Client().get(path)
    assert Entry.objects.filter(event="feed.read").count() == 1


# --- settings ---------------------------------------------------------------------------------------------


def test_wishes_are_kept_and_nonsense_comes_back(cast):
    client = cast.client(cast.participant)
    good = {
        "title": "own",
        "own_title": "Tea",
        "reminders": ["120"],
        "quiet_from": "22:00",
        "quiet_until": "07:00",
    }
    assert client.post("/time/emails/", good).status_code == 302
    page = client.get("/time/emails/").content.decode()
    assert 'value="Tea"' in page and 'value="22:00"' in page
    for wrong in (
        {"title": "own", "own_title": " "},
        {"quiet_until": ""},
        {"quiet_from": "25:99"},
        {"reminders": ["7"]},
    ):
        answer = client.post("/time/emails/", {**good, **wrong})
        assert answer.status_code == 422, wrong
