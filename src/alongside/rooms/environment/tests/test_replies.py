"""Answers that come by mail: what counts, what is only shown to the guide, and what is left in the mailbox.

Long, because each way in which an email may come to the mailbox is tried on a real mail server.
"""

import datetime as dt
import logging
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DataError, connection

from alongside.journeys.models import JourneyStateRecord
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.kernel.periodic import PERIODIC_TASKS
from alongside.ledger.models import Entry
from alongside.people.models import Person
from alongside.rooms.environment.actions import cancel_meeting, move_meeting
from alongside.rooms.environment.actions.calendars import answer_meeting, correct_address
from alongside.rooms.environment.actions.invitations import invite_where_they_are
from alongside.rooms.environment.actions.replies import Outcome, take_in
from alongside.rooms.environment.emails import meeting_email_token
from alongside.rooms.environment.models import Meeting, MeetingEmail, PossibleAnswer, Reply
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.calendars import answer_by, answers_of
from alongside.rooms.environment.queries.replies import MOST_WAITING, invitation_with
from alongside.rooms.environment.replies.reading import LARGEST, MOST_SECRETS, read
from alongside.rooms.environment.replies.reply_mailbox import ReplyMailbox
from alongside.rooms.environment.reply_addresses import reply_address
from alongside.rooms.environment.tasks.replies import read_replies

from .factories import at, booked, room
from .imap_server import PASSWORD, answer_file, email

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(seconds=30)


@pytest.fixture
def meeting(box, seat, place):
    return booked(seat, place, at(3))


@pytest.fixture
def paul(seat) -> str:
    return seat.participant.person.email


@pytest.fixture
def secret(seat, meeting, paul) -> str:
    return reply_address(meeting.uid, seat.participant.person.id, paul)


def page_of(cast, who, seat) -> str:
    return cast.client(who).get(f"/journeys/{seat.journey.id}/environment/").content.decode()


def answers() -> list[tuple[str, str]]:
    return [(one.answer, one.word) for one in Reply.objects.order_by("created_at")]


def doubts() -> list[str]:
    return [one.doubt for one in PossibleAnswer.objects.order_by("created_at")]


# --- what counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        ("ACCEPTED", "accepted", "will be there"),
        ("DECLINED", "declined", "cannot come"),
        ("TENTATIVE", "unsure", "is not sure yet"),
    ],
)
def test_a_reply_with_the_secret_of_its_invitation_counts(
    cast,
    seat,
    meeting,
    box,
    secret,
    paul,
    status,
    answer,
    said,
):
    box.deliver(email(secret, answer_file(meeting.uid, paul.upper(), status, more=("COMMENT:my train",))))
    read_replies.func()
    assert (answers(), doubts()) == ([(answer, "my train")], [])
    assert mail.outbox[-1].to == [cast.guide.email] and said in mail.outbox[-1].body
    page = page_of(cast, cast.guide, seat)
    assert said in page and "my train" in page
    entry = Entry.objects.get(event="meeting.answered")
    assert (entry.detail, entry.person_id) == (
        {"answer": answer, "by_mail": True},
        seat.participant.person.id,
    )
    assert box.flags() == [{"\\Seen"}]


def test_another_time_that_is_wished_for_stands_with_the_answer(meeting, box, secret, paul):
    wished = ("DTSTART:20270105T100000Z", "COMMENT:rather then")
    box.deliver(email(secret, answer_file(meeting.uid, paul, "TENTATIVE", method="COUNTER", more=wished)))
    read_replies.func()
    [(answer, word)] = answers()
    assert answer == "asks_to_move"
    assert word == "rather then\nThe time I would like: Tuesday 5 January 2027, 10:00 (Europe/London)"


@pytest.mark.parametrize("header", ["Cc", "Delivered_To", "X_Original_To"])
def test_the_secret_is_found_wherever_mail_servers_leave_it(meeting, box, secret, paul, header):
    sent = email("calendar@example.org", answer_file(meeting.uid, paul), **{header: secret.upper()})
    box.deliver(sent)
    read_replies.func()
    assert answers() == [("accepted", "")]


def test_a_calendar_program_may_say_that_it_wrote_the_answer(meeting, box, secret, paul):
    box.deliver(email(secret, answer_file(meeting.uid, paul), Auto_Submitted="auto-generated"))
    read_replies.func()
    assert answers() == [("accepted", "")]


def test_one_may_think_again(meeting, box, secret, paul):
    box.deliver(
        email(secret, answer_file(meeting.uid, paul, stamp=now() + LATER)),
        email(secret, answer_file(meeting.uid, paul, "DECLINED", stamp=now() + 2 * LATER)),
    )
    read_replies.func()
    assert answers() == [("accepted", ""), ("declined", "")]


def test_the_same_email_twice_is_one_answer(meeting, box, secret, paul):
    sent = email(secret, answer_file(meeting.uid, paul))
    told = len(mail.outbox)
    box.deliver(sent, sent)
    read_replies.func()
    box.unread_again()
    read_replies.func()
    assert (answers(), doubts(), len(mail.outbox)) == ([("accepted", "")], [], told + 1)


def test_two_workers_with_the_same_email_answer_once(committed, cast, settings):
    settings.REPLIES = ReplyMailbox("calendar@example.org", "127.0.0.1", 1, "us", PASSWORD, "INBOX", False)
    seat = cast.seat(cast.guide, cast.journey())
    one = booked(seat, room(cast.guide), at(3))
    person = seat.participant.person
    sent = read(email(reply_address(one.uid, person.id, person.email), answer_file(one.uid, person.email)))

    def work(_number: int) -> Outcome:
        try:
            return take_in(email=sent, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(work, range(2)))
    assert sorted(outcome.value for outcome in outcomes) == ["answered", "known"]
    assert answers() == [("accepted", "")]


# --- what is only shown to the guide ----------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.environment.actions.replies.keep_possible_answer")
def test_a_forged_sender_without_the_secret_changes_nothing(
    cast,
    seat,
    meeting,
    box,
    paul,
):
    box.deliver(email("calendar@example.org", answer_file(meeting.uid, paul, "DECLINED"), text="I give up"))
    read_replies.func()
    assert (answers(), doubts()) == ([], ["no_secret"])
    page = page_of(cast, cast.guide, seat)
    assert "An email that may be an answer" in page and "I give up" in page and "I cannot come" in page
    assert "I give up" not in page_of(cast, cast.participant, seat)
    assert meeting_in(seat, meeting_id=meeting.id).state == "planned"
    assert box.flags() == [{"\\Seen"}]
    assert "I give up" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_the_secret_of_another_invitation_does_not_count(cast, seat, place, meeting, box, paul):
    other = booked(seat, place, at(9))
    person = seat.participant.person
    of_other = reply_address(other.uid, person.id, paul)
    of_nobody = reply_address(meeting.uid, cast.colleague.id, paul)
    box.deliver(
        email(of_other, answer_file(meeting.uid, paul)),
        email(reply_address(meeting.uid, person.id, paul), answer_file(meeting.uid, "other@example.org")),
        email(of_nobody, answer_file(meeting.uid, paul)),
    )
    read_replies.func()
    assert (answers(), doubts()) == ([], ["not_this_one", "not_this_one", "no_secret"])
    assert [one.meeting_id for one in PossibleAnswer.objects.order_by("created_at")] == [
        other.id,
        meeting.id,
        meeting.id,
    ]


def test_the_secret_of_a_mailbox_they_no_longer_have_does_not_count(cast, place, box):
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    meeting = booked(seat, place, at(3))
    before = seat.participant.person.email
    secret = reply_address(meeting.uid, seat.participant.person.id, before)
    correct_address(email="right@example.org", by=seat)
    box.deliver(email(secret, answer_file(meeting.uid, before, sequence=1, stamp=now() + LATER)))
    read_replies.func()
    assert (answers(), doubts()) == ([], ["not_this_one"])


def test_words_without_a_calendars_answer_are_shown(cast, seat, meeting, box, secret):
    box.deliver(
        email(secret, text="Can we make it an hour later?"), email(secret, Auto_Submitted="auto-replied")
    )
    read_replies.func()
    assert (answers(), doubts()) == ([], ["no_answer", "automatic"])
    assert "Can we make it an hour later?" in page_of(cast, cast.guide, seat)


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}, {"Precedence": "auto_reply"}]
)
def test_an_automatic_reply_never_counts(meeting, box, secret, paul, headers):
    box.deliver(email(secret, answer_file(meeting.uid, paul), **headers))
    read_replies.func()
    assert (answers(), doubts()) == ([], ["automatic"])


def test_an_answer_to_the_time_before_a_move_does_not_count(seat, place, meeting, box, secret, paul):
    move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=seat)
    box.deliver(email(secret, answer_file(meeting.uid, paul, sequence=0, stamp=now() + LATER)))
    read_replies.func()
    assert (answers(), doubts()) == ([], ["outdated"])
    box.deliver(email(secret, answer_file(meeting.uid, paul, sequence=1, stamp=now() + 2 * LATER)))
    read_replies.func()
    assert answers() == [("accepted", "")]


@pytest.fixture
def corrected(cast, seat, place, box):
    """What is booked and answered an hour ago; since then the guide's address was corrected, which moves nothing."""

    def correct(answer: str = "") -> Meeting:
        theirs = cast.seat(cast.participant, seat.journey)
        with clock_at(now() - dt.timedelta(hours=1)):
            meeting = booked(theirs, place, at(3))
            invited = MeetingEmail.objects.get(recipient=cast.participant)
            if answer:
                answer_meeting(meeting_email=invited, meeting=meeting, answer=answer, by=theirs)
        Person.objects.filter(id=cast.guide.id).update(email="right@example.org")
        assert invite_where_they_are(meeting=meeting, person=cast.guide, by=None) == 2
        meeting.refresh_from_db()
        assert meeting.sequence == 1
        return meeting

    return correct


def test_an_answer_counts_though_the_address_of_the_other_was_corrected(cast, seat, corrected, box, paul):
    """Their calendar knows of no correction: it answers the sequence it was told, and maybe from before."""
    meeting = corrected()
    secret = reply_address(meeting.uid, cast.participant.id, paul)
    for status, ago in (("DECLINED", 30), ("ACCEPTED", 20)):
        stamp = now() - dt.timedelta(minutes=ago)
        box.deliver(email(secret, answer_file(meeting.uid, paul, status, sequence=0, stamp=stamp)))
    read_replies.func()
    assert (answers(), doubts()) == ([("declined", ""), ("accepted", "")], [])
    assert "will be there" in page_of(cast, cast.guide, seat)


def test_the_link_answers_though_the_address_of_the_other_was_corrected(cast, corrected, client):
    corrected()
    invited = MeetingEmail.objects.get(recipient=cast.participant)
    link = f"/emails/{meeting_email_token(invited)}/"
    assert "has been moved since" not in client.get(link).content.decode()
    assert client.post(link, {"answer": "accepted"}).status_code == 302
    assert answers() == [("accepted", "")]


def test_an_answer_stands_though_the_address_of_the_other_was_corrected(cast, seat, place, corrected):
    meeting = corrected("accepted")
    theirs, page = seat.participant.person, page_of(cast, cast.guide, seat)
    assert "will be there" in page
    assert answer_by(meeting, theirs).answer == "accepted"
    moved = move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=seat)
    assert answer_by(moved, theirs) is None and answers_of(seat) == {}
    back = move_meeting(meeting=moved, place=place, starts_at=meeting.starts_at, minutes=60, by=seat)
    assert answer_by(back, theirs) is None and answers_of(seat) == {}


def test_no_answer_stands_to_a_meeting_that_was_cancelled(seat, corrected):
    meeting = corrected("accepted")
    cancel_meeting(meeting=meeting, by=seat)
    assert answer_by(meeting, seat.participant.person) is None and answers_of(seat) == {}


@pytest.mark.without_ledger("rooms.environment.actions.calendars.answer_meeting")
def test_an_email_sent_once_more_never_takes_back_what_was_said_since(seat, meeting, box, secret, paul):
    """Also where the clock of a calendar program runs ahead, and where the answer was known already."""
    ahead = now() + dt.timedelta(minutes=4)
    by_link = {"meeting_email": MeetingEmail.objects.get(event="booked"), "meeting": meeting}
    theirs = replace(seat, actor=seat.participant.person)
    answer_meeting(**by_link, answer="accepted", by=theirs)
    box.deliver(email(secret, answer_file(meeting.uid, paul, stamp=ahead), Message_ID="<a@x>"))
    read_replies.func()
    answer_meeting(**by_link, answer="declined", by=theirs)
    box.deliver(
        email(secret, answer_file(meeting.uid, paul, stamp=ahead), Message_ID="<b@x>"),
        email(
            secret, answer_file(meeting.uid, paul, stamp=now() - dt.timedelta(hours=1)), Message_ID="<c@x>"
        ),
        email(secret, answer_file(meeting.uid, paul, stamp=now() + dt.timedelta(days=9)), Message_ID="<d@x>"),
    )
    read_replies.func()
    assert answers()[-1] == ("declined", "")
    assert doubts() == ["outdated", "outdated"]


def test_of_many_emails_about_one_meeting_so_many_are_shown(meeting, box, paul):
    forged = answer_file(meeting.uid, paul)
    for number in range(MOST_WAITING + 1):
        outcome = take_in(email=read(email("x@example.org", forged, Message_ID=f"<{number}@x>")), by=None)
    assert (outcome, len(doubts())) == (Outcome.LEFT, MOST_WAITING)


def test_of_many_secrets_in_one_email_so_many_count(
    seat, place, meeting, secret, paul, django_assert_num_queries
):
    """The first one that is right, in one question for all of them."""
    other = booked(seat, place, at(9))
    of_other = reply_address(other.uid, seat.participant.person.id, paul)
    forged = [reply_address(uuid4(), seat.participant.person.id, paul) for _ in range(1_000)]
    raw = email(", ".join([*forged[:3], of_other, secret, *forged[3:]]))
    secrets = read(raw).secrets
    assert len(secrets) == MOST_SECRETS
    with django_assert_num_queries(1):
        assert invitation_with(secrets).meeting_id == other.id
    assert invitation_with(()) is None


# --- what is left in the mailbox --------------------------------------------------------------------------


def test_what_belongs_to_no_meeting_is_left_for_whoever_looks_after_the_mailbox(meeting, box):
    box.deliver(
        email("calendar@example.org", text="Buy this"),
        email(f"calendar+{'a' * 46}@example.org"),
        b"\xff\x00",
    )
    read_replies.func()
    assert (answers(), doubts()) == ([], [])
    assert [flags for flags in box.flags() if flags != {"\\Seen", "\\Flagged"}] == []


def test_bad_emails_stop_no_other_and_are_read_once(meeting, box, secret, paul, monkeypatch):
    good = answer_file(meeting.uid, paul)
    box.deliver(
        email(secret, "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID"),
        email(secret, good.replace("ATTENDEE", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.c\r\nATTENDEE")),
        email(secret, good.replace("SEQUENCE:0", "SEQUENCE:many")),
        email(secret, good.replace("DTSTAMP:", "DTSTAMP:nonsense")),
        email(secret, good.replace("END:VEVENT", "RECURRENCE-ID:20270101T100000Z\r\nEND:VEVENT")),
        email(secret, good, text="y" * (LARGEST + 1)),
        b"To: "
        + secret.encode()
        + b"\r\n"
        + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 3_000,
        email(secret, good),
    )
    read_replies.func()
    assert answers() == [("accepted", "")]
    assert sorted(doubts()) == ["no_answer"] * 6 + ["too_long"]
    monkeypatch.setattr("alongside.rooms.environment.tasks.replies.take_in", None)
    read_replies.func()  # none of them is looked at again


HALF_SIGNS = (
    b"Content-Type: text/plain; charset=unicode_escape\n\nto be \\ud800 kept",
    b"Content-Type: text/plain; charset=utf-7\n\nto be +2AA- kept",
    b"Content-Type: text/html; charset=unicode_escape\n\n<p>to be \\ud800 kept",
    b"Subject: =?unicode_escape?q?to_be_=5Cud800?= kept\n\n",
    b"From: =?unicode_escape?q?=5Cud800?=@example.org\nSubject: to be kept\n\n",
)
"""Ways to send half of a sign that takes two (a lone surrogate): no encoding can write it down."""


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\x00" * 1_000, b"From: =?x?q?=?=\n\n", b"To: " + b"<" * 50_000, b"\r\n", *HALF_SIGNS],
)
def test_nothing_that_is_sent_breaks_the_reading(raw):
    said = read(raw)
    assert (said.secrets, said.uid, said.said) == ((), None, None)
    kept = said.sender + said.words
    assert kept.encode("utf-8").decode() == kept


@pytest.mark.parametrize("raw", HALF_SIGNS)
def test_half_a_sign_is_kept_as_one_that_cannot_be_read(cast, seat, meeting, secret, raw):
    assert take_in(email=read(b"To: " + secret.encode() + b"\n" + raw), by=None) == Outcome.SHOWN
    page = page_of(cast, cast.guide, seat)
    assert "to be" in page and "kept" in page


@pytest.mark.parametrize("charset", [b"x\0y", b"idna", b"hex", b"undefined"])
def test_words_in_no_charset_hide_no_answer(meeting, paul, charset):
    text = b'--x\nContent-Type: text/plain; charset="' + charset + b'"\n\n' + b"\xc3\xa4." * 99 + b"\n"
    object_ = b"--x\nContent-Type: text/calendar\n\n" + answer_file(meeting.uid, paul).encode() + b"\n--x--"
    said = read(b"Content-Type: multipart/alternative; boundary=x\n\n" + text + object_)
    assert said.uid == meeting.uid and said.said and said.words


@pytest.mark.parametrize("day", ["99991231T235900Z", "99991231T120000Z", "00010101T000000Z"])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_a_wish_at_the_end_of_all_time_is_no_wish(meeting, box, secret, paul, day, zone):
    Meeting.objects.filter(id=meeting.id).update(zone=zone)
    wished = (f"DTSTART:{day}", "COMMENT:rather then")
    box.deliver(email(secret, answer_file(meeting.uid, paul, "TENTATIVE", method="COUNTER", more=wished)))
    read_replies.func()
    assert answers() == [("asks_to_move", "rather then")]


def test_a_stamp_at_the_end_of_all_time_still_says_of_which_meeting_it_speaks(meeting, paul):
    late = "DTSTAMP;TZID=America/New_York:99991231T235900"
    file = re.sub("DTSTAMP:[0-9TZ]+", late, answer_file(meeting.uid, paul))
    said = read(email("calendar@example.org", file))
    assert (said.uid, said.said) == (meeting.uid, None)


@pytest.mark.parametrize(
    ("failure", "flags"),
    [
        (UnicodeEncodeError("utf-8", "", 0, 1, "half a sign"), {"\\Seen", "\\Flagged"}),
        (OverflowError(), {"\\Seen", "\\Flagged"}),
        (DataError(), {"\\Seen", "\\Flagged"}),
        (ValueError("no key"), set()),
        (OSError(), set()),
    ],
)
@pytest.mark.parametrize("step", ["read", "take_in"])
def test_what_fails_by_its_content_is_left_and_all_others_are_seen_to(
    meeting, box, secret, paul, monkeypatch, failure, flags, step
):
    """Where the trouble is ours it is read again; either way it is said, and stops no later email."""
    module = "alongside.rooms.environment.tasks.replies"
    known = {"read": read, "take_in": take_in}[step]

    def fail_once(*what, **facts):
        monkeypatch.setattr(f"{module}.{step}", known)
        raise failure

    monkeypatch.setattr(f"{module}.{step}", fail_once)
    box.deliver(email(secret, text="The first"), email(secret, answer_file(meeting.uid, paul)))
    with pytest.raises(type(failure)):
        read_replies.func()
    assert (answers(), box.flags()) == ([("accepted", "")], [flags, {"\\Seen"}])


# --- the mail server --------------------------------------------------------------------------------------


def test_a_mailbox_that_is_away_or_refuses_us_is_said_without_its_password(meeting, settings, caplog):
    with caplog.at_level(logging.DEBUG):
        settings.REPLIES = replace(settings.REPLIES, password="wrong-" + PASSWORD)
        read_replies.func()
        settings.REPLIES = replace(settings.REPLIES, port=1)
        read_replies.func()
    said = [record for record in caplog.records if record.name == "alongside.replies"]
    assert ["could not be read" in record.getMessage() for record in said] == [True, True]
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_server_that_trickles_is_left_when_the_time_is_up(
    meeting, settings, monkeypatch, caplog, encrypted
):
    monkeypatch.setattr("alongside.rooms.environment.replies.mailbox.SECONDS_IN_ALL", 1.0)
    line, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def trickle() -> None:
        caller, _address = line.accept()
        with caller:
            while not over.wait(0.1):
                try:
                    caller.sendall(b"* " if not encrypted else b"\x16")
                except OSError:
                    return

    threading.Thread(target=trickle, daemon=True).start()
    settings.REPLIES = replace(settings.REPLIES, port=line.getsockname()[1], encrypted=encrypted)
    read_replies.func()
    over.set()
    line.close()
    assert "could not be read" in caplog.text


def test_the_mailbox_is_read_in_a_queue_of_its_own():
    entry = PERIODIC_TASKS["rooms.environment.tasks.replies.read_replies"]
    assert (entry.task.queue_name, entry.length) == ("replies", dt.timedelta(minutes=2))


def test_without_a_mailbox_nothing_is_asked(settings, monkeypatch):
    monkeypatch.setattr("alongside.rooms.environment.replies.mailbox.open_mailbox", None)
    settings.REPLIES = None
    read_replies.func()


def ledger_fails(monkeypatch, name: str) -> None:
    def failing(*_what, **_facts):
        raise OSError("the ledger can't be written")

    monkeypatch.setattr(f"alongside.rooms.environment.actions.{name}.record", failing)


@pytest.mark.parametrize("to_secret", [True, False])
def test_when_the_ledger_fails_nothing_is_taken_in_and_it_is_read_again(
    meeting,
    box,
    secret,
    paul,
    monkeypatch,
    to_secret,
):
    box.deliver(email(secret if to_secret else "calendar@example.org", answer_file(meeting.uid, paul)))
    with monkeypatch.context() as broken:
        ledger_fails(broken, "calendars" if to_secret else "replies")
        with pytest.raises(OSError, match="ledger"):
            read_replies.func()
    assert (answers(), doubts(), box.flags()) == ([], [], [set()])
    read_replies.func()
    assert (len(answers()), len(doubts())) == ((1, 0) if to_secret else (0, 1))


# --- putting away -----------------------------------------------------------------------------------------


@pytest.fixture
def possible(meeting, secret) -> PossibleAnswer:
    take_in(email=read(email(secret, text="May I bring my sister?")), by=None)
    return PossibleAnswer.objects.get()


def test_the_guide_puts_it_away_and_nobody_else(cast, seat, possible):
    path = f"/journeys/{seat.journey.id}/environment/emails/{possible.id}/put-away/"
    assert "May I bring my sister?" in page_of(cast, cast.guide, seat)
    for who in (cast.stranger, cast.colleague, cast.participant):
        assert cast.client(who).post(path).status_code == 404
    assert cast.client(cast.guide).get(path).status_code == 405
    assert cast.client(cast.guide).post(path).status_code == 302
    assert cast.client(cast.guide).post(path).status_code == 409
    possible.refresh_from_db()
    assert possible.put_away_by_id == cast.guide.id and possible.put_away_at is not None
    assert "May I bring my sister?" not in page_of(cast, cast.guide, seat)
    assert Entry.objects.filter(event="possible_answer.put_away").count() == 1


def test_it_is_put_away_also_once_the_journey_is_over(cast, seat, possible):
    JourneyStateRecord.objects.create(journey=seat.journey, state=JourneyState.COMPLETED, by=cast.guide)
    path = f"/journeys/{seat.journey.id}/environment/emails/{possible.id}/put-away/"
    assert path in page_of(cast, cast.guide, seat)
    assert cast.client(cast.guide).post(path).status_code == 302
    assert "May I bring my sister?" not in page_of(cast, cast.guide, seat)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    cast, seat, meeting, secret, django_assert_max_num_queries, count
):
    for number in range(count):
        take_in(email=read(email(secret, Message_ID=f"<{number}@x>")), by=None)
    client = cast.client(cast.guide)
    with django_assert_max_num_queries(40):
        client.get(f"/journeys/{seat.journey.id}/environment/")
