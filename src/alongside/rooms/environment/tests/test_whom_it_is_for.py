"""Invitations reach whom they are for: corrected addresses, drafts, and what changes before it is posted."""

import datetime as dt

import icalendar
import pytest
from django.core import mail

from alongside.journeys.actions import invite_participant
from alongside.people.addresses import correct_address as correct_address_of_person
from alongside.people.addresses import follow_address
from alongside.people.models import Person
from alongside.rooms.environment.actions import cancel_meeting, invitations, move_meeting
from alongside.rooms.environment.actions.calendars import correct_address
from alongside.rooms.environment.emails import meeting_email_token
from alongside.rooms.environment.models import Meeting, MeetingEmail, MeetingTime, Reply
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.mailboxes import astray
from alongside.rooms.environment.tasks import post_meeting_email
from alongside.rooms.environment.tasks.invitations import look_for_astray

from .factories import at, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(cast):
    """A guide's seat beside a participant without an account."""
    return cast.seat(cast.guide, cast.journey(participant_has_account=False))


@pytest.fixture
def post_office(monkeypatch):
    """While it is closed nothing is posted; once it opens, all that was written is, oldest first."""

    class PostOffice:
        def __init__(self):
            self.waiting = []

        def enqueue(self, meeting_email_id):
            self.waiting.append(meeting_email_id)

        def opens(self):
            monkeypatch.undo()
            for one in self.waiting:
                post_meeting_email.enqueue(meeting_email_id=one)

    office = PostOffice()
    monkeypatch.setattr("alongside.rooms.environment.invitations.post_meeting_email", office)
    return office


def events(message):
    """Every event in a mail's calendar parts: method, uid, sequence, status, attendee."""
    found = []
    for part in message.message().walk():
        if part.get_content_type() != "text/calendar":
            continue
        read = icalendar.Calendar.from_ical(part.get_payload(decode=True))
        for event in read.walk("VEVENT"):
            attendee = event["ATTENDEE"].removeprefix("mailto:")
            found.append(
                (str(read["METHOD"]), str(event["UID"]), event["SEQUENCE"], event.get("STATUS"), attendee)
            )
    return found


def told(since=0):
    return [(one.to[0], *[event[0] for event in events(one)]) for one in mail.outbox[since:]]


def again(seat, meeting):
    return meeting_in(seat, meeting_id=meeting.id)


# --- an address corrected after the mail had arrived elsewhere ----------------------------------------------


@pytest.mark.without_ledger("rooms.environment.actions.calendars.correct_address")
def test_a_corrected_address_is_invited_and_the_wrong_one_uninvited(invited, place):
    meeting = booked(invited, place, at(3))
    wrong = invited.participant.person.email

    assert correct_address(email="right@example.org", by=invited) == 2

    uid = f"{meeting.uid}@alongside"
    assert {one.to[0]: events(one) for one in mail.outbox[1:]} == {
        wrong: [("CANCEL", uid, 1, None, wrong)],
        "right@example.org": [("REQUEST", uid, 1, "CONFIRMED", "right@example.org")],
    }
    assert Meeting.objects.get().sequence == 1
    assert MeetingTime.objects.filter(meeting=meeting, starts_at=meeting.starts_at).count() == 2


def test_what_goes_to_the_wrong_address_names_nobody(invited, place):
    booked(invited, place, at(3))
    correct_address(email="right@example.org", by=invited)
    words = next(one for one in mail.outbox[1:] if one.to != ["right@example.org"])
    text = f"{words.subject} {words.body} {words.message()}"
    assert [name for name in ("Gwen", "Guide", "Pat", "Withoutaccount", "Quiet room") if name in text] == []


def test_the_links_sent_to_a_wrong_address_work_no_more(invited, place, client):
    booked(invited, place, at(3))
    first = MeetingEmail.objects.get()
    correct_address(email="right@example.org", by=invited)
    for path in (f"/emails/{meeting_email_token(first)}/", f"/emails/{meeting_email_token(first)}/stop/"):
        assert client.get(path).status_code == 404
    assert not Reply.objects.exists()


def _by_guide(invited):
    correct_address(email="right@example.org", by=invited)


def _by_an_administrator(invited):
    person = invited.participant.person
    correct_address_of_person(
        person=person, email="right@example.org", journey_id=invited.journey.id, by=invited.actor
    )


@pytest.mark.parametrize("door", [_by_guide, _by_an_administrator])
def test_whichever_door_corrects_it_both_mailboxes_are_told_once(invited, place, door):
    booked(invited, place, at(3))
    wrong = invited.participant.person.email
    door(invited)
    look_for_astray.enqueue()
    look_for_astray.enqueue()
    calendars = [one for one in told(1) if len(one) > 1]
    assert sorted(calendars) == sorted([("right@example.org", "REQUEST"), (wrong, "CANCEL")])


@pytest.mark.without_ledger("people.addresses.follow_address")
def test_who_moves_their_own_address_takes_their_calendar_along(cast, seat, place):
    booked(seat, place, at(3))
    before = cast.participant.email
    user = cast.participant.user
    user.email = "elsewhere@example.org"
    user.save()
    follow_address(user=user, by=None)
    look_for_astray.enqueue()
    assert sorted(told(1)) == sorted([("elsewhere@example.org", "REQUEST"), (before, "CANCEL")])


def test_corrected_back_before_anything_is_posted_changes_nothing(invited, place, post_office):
    booked(invited, place, at(3))
    wrong = invited.participant.person.email
    post_meeting_email.enqueue(meeting_email_id=post_office.waiting.pop())
    correct_address(email="right@example.org", by=invited)
    seat = type(invited)(**{name: getattr(invited, name) for name in invited.__slots__})
    seat.participant.person.refresh_from_db()
    correct_address(email=wrong, by=seat)
    post_office.opens()
    assert told(1) == []


def test_later_changes_reach_the_right_address_alone(invited, place):
    meeting = booked(invited, place, at(3))
    correct_address(email="right@example.org", by=invited)
    move_meeting(meeting=again(invited, meeting), place=place, starts_at=at(4), minutes=60, by=invited)
    cancel_meeting(meeting=again(invited, meeting), by=invited)
    assert [one[0] for one in told(3)] == ["right@example.org"] * 2
    assert [events(one)[0][2] for one in mail.outbox[3:]] == [2, 3]


@pytest.mark.without_ledger("people.addresses.correct_address")
def test_what_lies_behind_is_left_alone(invited, place):
    booked(invited, place, at(3))
    Meeting.objects.update(starts_at=at(-2), ends_at=at(-2, 11))
    assert correct_address(email="right@example.org", by=invited) == 0
    look_for_astray.enqueue()
    assert told(1) == []


# --- booked while the journey is a draft --------------------------------------------------------------------


def test_who_is_given_an_address_later_is_invited_then(cast, place):
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    person = seat.participant.person
    Person.objects.filter(id=person.id).update(email="")
    person.email = ""
    booked(seat, place, at(3))
    assert mail.outbox == []
    correct_address(email="first@example.org", by=seat)
    assert told() == [("first@example.org", "REQUEST")]


def test_inviting_without_the_overview_is_noticed_by_the_worker(cast, place):
    seat = cast.seat(cast.guide, cast.journey(state="draft"))
    booked(seat, place, at(3))
    invite_participant(by=seat)
    look_for_astray.enqueue()
    assert [one for one in told() if len(one) > 1] == [(seat.participant.person.email, "REQUEST")]


# --- what changes before it is posted -----------------------------------------------------------------------


def test_booked_and_cancelled_before_anything_is_posted_sends_nothing(seat, place, post_office):
    cancel_meeting(meeting=booked(seat, place, at(3)), by=seat)
    post_office.opens()
    assert mail.outbox == []


def test_booked_and_moved_before_anything_is_posted_is_one_invitation(seat, place, post_office):
    meeting = booked(seat, place, at(3))
    move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=seat)
    post_office.opens()
    assert [one.subject for one in mail.outbox] == ["Appointment"]
    assert events(mail.outbox[0])[0][:3] == ("REQUEST", f"{meeting.uid}@alongside", 1)
    assert "moved" not in mail.outbox[0].body


def test_moved_twice_before_posting_is_one_mail_that_says_what_was_known(seat, place, post_office):
    meeting = booked(seat, place, at(3))
    post_meeting_email.enqueue(meeting_email_id=post_office.waiting.pop())
    for day in (4, 5):
        move_meeting(meeting=again(seat, meeting), place=place, starts_at=at(day), minutes=60, by=seat)
    post_office.opens()
    assert [one.subject for one in mail.outbox] == ["Appointment", "Appointment moved"]
    known, between = (f"{at(day):%A}" for day in (3, 4))
    assert f"planned for {known}" in mail.outbox[1].body and between not in mail.outbox[1].body


def test_moved_and_moved_back_before_posting_says_nothing(seat, place, post_office):
    meeting = booked(seat, place, at(3))
    post_meeting_email.enqueue(meeting_email_id=post_office.waiting.pop())
    for day in (4, 3):
        move_meeting(meeting=again(seat, meeting), place=place, starts_at=at(day), minutes=60, by=seat)
    post_office.opens()
    assert len(mail.outbox) == 1
    cancel_meeting(meeting=again(seat, meeting), by=seat)
    assert events(mail.outbox[1])[0][0::2] == ("CANCEL", 3, mail.outbox[1].to[0])


def test_moved_and_cancelled_before_posting_cancels_the_time_that_was_known(seat, place, post_office):
    meeting = booked(seat, place, at(3))
    post_meeting_email.enqueue(meeting_email_id=post_office.waiting.pop())
    move_meeting(meeting=again(seat, meeting), place=place, starts_at=at(4), minutes=60, by=seat)
    cancel_meeting(meeting=again(seat, meeting), by=seat)
    post_office.opens()
    assert [one.subject for one in mail.outbox] == ["Appointment", "Appointment cancelled"]
    assert f"{at(3):%A}" in mail.outbox[1].body and f"{at(4):%A}" not in mail.outbox[1].body


def test_in_the_hands_of_a_worker_that_died_counts_as_perhaps_known(seat, place, post_office):
    meeting = booked(seat, place, at(3))
    MeetingEmail.objects.update(taken_at=at(0), taken_by="dead", email=seat.participant.person.email)
    cancel_meeting(meeting=meeting, by=seat)
    post_office.opens()
    assert [one[1] for one in told()] == ["CANCEL"]


def test_a_guide_who_did_it_themselves_still_hears_that_the_participant_cancelled(
    cast, seat, place, post_office
):
    meeting = booked(seat, place, at(3))
    theirs = cast.seat(cast.participant, seat.journey)
    cancel_meeting(meeting=again(theirs, meeting), by=theirs)
    post_office.opens()
    assert told() == [(cast.guide.email, "CANCEL")]


def test_a_reminder_still_comes_when_only_an_address_changed(invited, place):
    start = at(3)
    booked(invited, place, start)
    correct_address(email="right@example.org", by=invited)
    from alongside.kernel.clock import at as clock_at
    from alongside.rooms.environment.tasks.reminders import remind

    with clock_at(start - dt.timedelta(hours=23)):
        remind.enqueue()
    assert mail.outbox[-1].to == ["right@example.org"] and "reminder" in mail.outbox[-1].subject


def _two_to_invite(cast, place):
    """Two meetings each of two participants whose addresses changed; the persons in the order of their ids."""
    people = []
    for number in range(2):
        seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
        for day in (3, 4):
            booked(seat, place, at(day, hour=10 + 2 * number))
        people.append(seat.participant.person)
        Person.objects.filter(id=seat.participant.person.id).update(email=f"right{number}@example.org")
    return sorted(people, key=lambda one: one.id)


@pytest.mark.parametrize("bad", [0, 1])
def test_one_who_cannot_be_invited_stops_nobody_else(cast, place, monkeypatch, caplog, bad):
    people = _two_to_invite(cast, place)
    written, before = invitations.write_email, MeetingEmail.objects.count()

    def fails_for_one(meeting, event, person, **more):
        if person.id == people[bad].id and event == "booked":
            raise OSError("this one can't be written")
        return written(meeting, event, person, **more)

    monkeypatch.setattr(invitations, "write_email", fails_for_one)
    with pytest.raises(OSError, match="this one"):
        look_for_astray.func()
    new = MeetingEmail.objects.order_by("id")[before:]
    assert {row.recipient_id for row in new} == {people[1 - bad].id}
    assert {row.posted_at is None for row in new} == {False}
    assert len(new) == 4 and len(mail.outbox) == 4 + 2, (
        "both meetings in one mail to each of the two mailboxes"
    )
    assert [one.levelname for one in caplog.records if "invitations" in one.message] == ["ERROR"]


def test_what_is_written_for_one_person_is_undone_when_the_second_of_their_meetings_fails(
    cast, place, monkeypatch
):
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    for day in (3, 4):
        booked(seat, place, at(day))
    person = seat.participant.person
    Person.objects.filter(id=person.id).update(email="right@example.org")
    recorded = []

    def fails_the_second_time(*arguments, **more):
        recorded.append(arguments)
        if len(recorded) == 2:
            raise OSError("the ledger can't be written")

    monkeypatch.setattr(invitations, "record", fails_the_second_time)
    with pytest.raises(OSError, match="ledger"):
        look_for_astray.func()
    assert MeetingEmail.objects.count() == 2 and len(mail.outbox) == 2
    assert set(Meeting.objects.values_list("sequence", flat=True)) == {0}


@pytest.mark.without_ledger("rooms.environment.actions.invitations.invite_where_they_are")
def test_a_meeting_moved_meanwhile_is_taken_as_it_stands_now(invited, place):
    stale = booked(invited, place, at(3))
    stale = again(invited, stale)
    moved = move_meeting(meeting=again(invited, stale), place=place, starts_at=at(4), minutes=60, by=invited)
    Person.objects.filter(id=invited.participant.person.id).update(email="right@example.org")

    sent = invitations.invite_where_they_are(meeting=stale, person=invited.participant.person, by=invited)

    assert sent == 2 and Meeting.objects.get().sequence == moved.sequence + 1
    latest = MeetingTime.objects.order_by("-sequence").first()
    assert (latest.starts_at, latest.sequence) == (moved.starts_at, moved.sequence + 1)


# --- what counts as gone from a mailbox ---------------------------------------------------------------------


def test_a_mailbox_that_was_told_of_the_cancellation_is_not_looked_at_again(invited, place):
    meeting = booked(invited, place, at(3))
    cancel_meeting(meeting=meeting, by=invited)
    Person.objects.filter(id=invited.participant.person.id).update(email="right@example.org")
    assert astray() == set()


@pytest.mark.parametrize("lost", [{"posted_at": None}, {"failed_at": at(0), "trouble": "bounced"}])
def test_a_cancellation_that_did_not_arrive_empties_no_mailbox(invited, place, lost):
    meeting = booked(invited, place, at(3))
    cancel_meeting(meeting=meeting, by=invited)
    MeetingEmail.objects.filter(event="cancelled").update(**lost)
    Person.objects.filter(id=invited.participant.person.id).update(email="right@example.org")
    assert astray() == {(meeting.id, invited.participant.person.id)}


@pytest.mark.parametrize("how", ["dropped", "somebody else's"])
def test_a_mailbox_is_emptied_by_what_was_withdrawn_from_this_person_and_went(cast, invited, place, how):
    meeting = booked(invited, place, at(3))
    correct_address(email="right@example.org", by=invited)
    assert astray() == set()
    rows = MeetingEmail.objects.filter(event="withdrawn")
    rows.update(**({"dropped_at": at(0)} if how == "dropped" else {"recipient": cast.guide}))
    assert astray() == {(meeting.id, invited.participant.person.id)}


def test_looking_for_what_is_astray_costs_the_same_for_one_and_for_three(
    cast, place, django_assert_max_num_queries
):
    for day in (3, 4, 5):
        booked(cast.seat(cast.guide, cast.journey()), place, at(day))
        with django_assert_max_num_queries(2):
            look_for_astray.func()
