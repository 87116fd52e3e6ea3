"""Cancelling until the notice that was agreed, and what is done about a missed meeting."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from alongside.journeys.models import Journey
from alongside.kernel.clock import at as clock_at
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people.models import Organisation, Person
from alongside.rooms.environment import actions, rules
from alongside.rooms.environment.actions import missed
from alongside.rooms.environment.actions.series import call_off_what_is_booked
from alongside.rooms.environment.models import (
    CalledOff,
    CallToMake,
    EmailWishes,
    MeetingEmail,
    MeetingStateRecord,
    Reply,
)
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.tasks import is_needed

from .factories import at, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    return cast.journey(kind="treatment", notice_hours=24, after_missed="email")


@pytest.fixture
def theirs(cast, journey):
    return cast.seat(cast.participant, journey)


@pytest.fixture
def ahead(seat, place):
    return booked(seat, place, at(3))


def address(name, meeting):
    return reverse(f"environment:{name}", args=[meeting.journey_id, meeting.id])


def before(meeting, **length):
    """So long before it starts."""
    return clock_at(meeting.starts_at - dt.timedelta(**length))


def said(meeting, seat):
    return meeting_in(seat, meeting_id=meeting.id).state


# --- cancelling online --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "left", "participant", "guide"),
    [
        (None, {"minutes": 1}, True, True),
        (24, {"hours": 24, "minutes": 1}, True, True),
        (24, {"hours": 23, "minutes": 59}, False, True),
        (48, {"hours": 47}, False, True),
        (1, {"minutes": 61}, True, True),
        (0, {"minutes": 1}, True, True),
        (0, {"minutes": -1}, False, True),
    ],
)
def test_the_participant_cancels_until_the_notice_and_the_guide_at_any_time(
    cast, ahead, hours, left, participant, guide
):
    Journey.objects.filter(id=ahead.journey_id).update(notice_hours=hours)
    with before(ahead, **left):
        for who, may in ((cast.participant, participant), (cast.guide, guide)):
            assert bool(rules.may_cancel(cast.seat(who, ahead.journey), ahead)) is may


def test_until_then_it_is_cancelled_with_or_without_a_reason(cast, seat, ahead):
    with before(ahead, hours=25):
        page = cast.client(cast.participant).get(address("cancel", ahead)).content.decode()
        assert "Why, in a few words" in page and "Keep this appointment" in page
        assert cast.client(cast.participant).post(address("cancel", ahead), {"known": "0"}).status_code == 302
    assert said(ahead, seat) == "cancelled"


def test_later_the_page_says_so_kindly_and_how_to_reach_the_service(cast, seat, ahead):
    Organisation.objects.update(telephone="01632 960200")
    with before(ahead, hours=5):
        room = cast.client(cast.participant).get(reverse("environment:room", args=[seat.journey.id]))
        answer = cast.client(cast.participant).get(address("cancel", ahead))
    assert ">I cannot come</a>" in room.content.decode()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "You can move or cancel online until 24 hours before, as you agreed. That time has passed." in page
    assert 'href="tel:01632960200"' in page and f'action="{address("cannot_come", ahead)}"' in page


def test_moving_keeps_to_the_notice_too(cast, seat, theirs, place, ahead):
    """Or one would move it away first, and cancel then."""
    with before(ahead, hours=23):
        assert rules.may_move(seat, ahead) and not rules.may_move(theirs, ahead)
        with pytest.raises(Refused, match="move or cancel online until 24 hours before"):
            actions.move_meeting(meeting=ahead, place=place, starts_at=at(40), minutes=60, by=theirs)
        answer = cast.client(cast.participant).get(address("move", ahead))
        room = cast.client(cast.participant).get(reverse("environment:room", args=[seat.journey.id]))
    assert (
        "That time has passed." in answer.content.decode()
        and address("cannot_come", ahead) in answer.content.decode()
    )
    assert address("move", ahead) not in room.content.decode()
    with before(ahead, hours=25):
        assert rules.may_move(theirs, ahead)


def test_in_time_the_way_is_simply_to_cancel(cast, ahead):
    with before(ahead, hours=25):
        answer = cast.client(cast.participant).get(address("cannot_come", ahead))
    assert answer["Location"] == address("cancel", ahead)


@pytest.mark.without_ledger("rooms.environment.actions.calendars.say_cannot_come")
def test_who_says_that_they_cannot_come_is_seen_and_it_stays_booked(cast, seat, ahead):
    before_it = len(mail.outbox)
    with before(ahead, hours=5):
        for _twice in range(2):
            answer = cast.client(cast.participant).post(
                address("cannot_come", ahead), {"word": "A fever", "known": "0"}
            )
            assert answer.status_code == 302
        room = cast.client(cast.guide).get(reverse("environment:room", args=[seat.journey.id]))
    assert Reply.objects.get().answer == "declined" and said(ahead, seat) == "planned"
    assert (
        f"{cast.participant.name} cannot come." in room.content.decode()
        and "A fever" in room.content.decode()
    )
    (told,) = mail.outbox[before_it:]
    assert told.to == [cast.guide.email] and "fever" not in told.body


def test_the_guide_cancels_late_and_is_asked_to_call(cast, seat, ahead):
    person = Person.objects.get(id=cast.participant.id)
    person.telephone = "01632 960333"
    person.save()
    with before(ahead, hours=3, minutes=10):
        page = cast.client(cast.guide).get(address("cancel", ahead)).content.decode()
        assert "less than you agreed" in page and 'href="tel:01632960333"' in page
        assert cast.client(cast.guide).post(address("cancel", ahead)).status_code == 302
        room = cast.client(cast.participant).get(reverse("environment:room", args=[seat.journey.id]))
    assert "with 3 hours of notice" in room.content.decode()


def test_a_page_opened_in_time_and_sent_too_late_keeps_the_reason(cast, seat, ahead):
    with before(ahead, hours=23):
        answer = cast.client(cast.participant).post(
            address("cancel", ahead), {"word": "A fever", "known": "0"}
        )
    assert answer.status_code == 409 and said(ahead, seat) == "planned"
    assert "A fever" in answer.content.decode() and "That time has passed." in answer.content.decode()


def test_once_it_has_begun_nothing_is_said_any_more(cast, ahead):
    with before(ahead, minutes=-5):
        assert cast.client(cast.participant).post(address("cannot_come", ahead)).status_code == 409
        page = cast.client(cast.participant).get(address("cancel", ahead)).content.decode()
    assert "That time has passed." in page and address("cannot_come", ahead) not in page


def test_a_moved_one_is_not_declined_unseen(cast, seat, theirs, place, ahead):
    actions.move_meeting(meeting=ahead, place=place, starts_at=at(4), minutes=60, by=seat)
    answer = cast.client(cast.participant).post(address("cannot_come", ahead), {"known": "0"})
    assert answer.status_code == 409 and "has just been moved" in answer.content.decode()
    assert not Reply.objects.exists()


def test_what_is_still_booked_goes_with_a_journey_that_ends(seat, theirs, ahead):
    with before(ahead, hours=2):
        with pytest.raises(Refused):
            actions.cancel_meeting(meeting=ahead, by=theirs)
        assert call_off_what_is_booked(because=CalledOff.ENDED, by=theirs) == 1
    assert said(ahead, seat) == "cancelled"


def test_the_doors_of_somebody_who_cannot_come(cast, seat, place, ahead):
    call = CallToMake.objects.create(journey=seat.journey, meeting=ahead)
    for name, reader in (("cannot_come", cast.guide), ("called", cast.participant)):
        for outside in (cast.stranger, cast.colleague, cast.administrator):
            assert cast.client(outside).post(address(name, ahead)).status_code == 404
        assert cast.client(cast.supporter).post(address(name, ahead)).status_code == 403
        assert cast.client(reader).post(address(name, ahead)).status_code == 403
        assert cast.client(cast.guide).delete(address(name, ahead)).status_code == 405
    assert cast.client(cast.guide).get(address("called", ahead)).status_code == 405
    other = cast.seat(cast.guide, cast.journey())
    path = reverse("environment:called", args=[other.journey.id, ahead.id])
    assert cast.client(cast.guide).post(path).status_code == 404
    assert not rules_of_calls(other, call)
    assert cast.client(cast.guide).post(address("called", ahead)).status_code == 302
    assert cast.client(cast.guide).post(address("called", ahead)).status_code == 409


def rules_of_calls(seat, call):
    return missed.may_note_called(seat, call)


# --- a missed one -------------------------------------------------------------------------------------------


def chosen(seat, after_missed):
    Journey.objects.filter(id=seat.journey.id).update(after_missed=after_missed)


def note(cast, meeting, who=None, **sent):
    return cast.client(who or cast.guide).post(
        address("missed", meeting), {"known": str(meeting.sequence), **sent}
    )


def missed_emails():
    return [one for one in mail.outbox if "we missed you" in one.subject]


def test_an_email_the_same_day_without_a_private_word(cast, seat, ahead):
    Organisation.objects.update(telephone="01632 960200")
    with before(ahead, hours=-2):
        page = cast.client(cast.guide).get(address("missed", ahead)).content.decode()
        assert "gets an email about it" in page
        assert note(cast, ahead, word="Did not come, again").status_code == 302
    (sent,) = missed_emails()
    assert sent.to == [cast.participant.email]
    assert f"Hello {cast.participant.name}," in sent.body and cast.guide.name in sent.body
    assert "01632 960200" in sent.body and "again" not in sent.body
    assert cast.guide.name not in sent.subject and "Riverside" not in sent.subject
    assert Entry.objects.get(event="meeting.missed").detail["follows"] == "email"


def test_the_guide_calls(cast, seat, ahead):
    chosen(seat, "call")
    with before(ahead, hours=-2):
        page = cast.client(cast.guide).get(address("missed", ahead)).content.decode()
        note(cast, ahead)
    assert "you call" in page and missed_emails() == []
    assert CallToMake.objects.get().done_at is None


@pytest.mark.parametrize("after_missed", ["nothing", None])
def test_nothing_where_that_was_agreed_or_nothing_was(cast, seat, ahead, after_missed):
    chosen(seat, after_missed)
    with before(ahead, hours=-2):
        page = cast.client(cast.guide).get(address("missed", ahead)).content.decode()
        note(cast, ahead)
    assert "this time" not in page
    assert missed_emails() == [] and not CallToMake.objects.exists()


def test_the_guide_may_leave_it_out_and_the_participant_starts_nothing(cast, seat, place):
    for who, sent in ((cast.guide, {"not_this_time": "on"}), (cast.participant, {})):
        meeting = booked(seat, place, at(3))
        with before(meeting, hours=-2):
            assert note(cast, meeting, who, **sent).status_code == 302
    assert MeetingStateRecord.objects.filter(state="missed").count() == 2
    assert missed_emails() == [] and not CallToMake.objects.exists()


@pytest.mark.parametrize("why", ["no address", "too long ago"])
def test_who_cannot_be_emailed_the_same_day_is_called(cast, seat, ahead, why):
    if why == "no address":
        Person.objects.filter(id=cast.participant.id).update(email="")
        cast.participant.user.email = ""
        cast.participant.user.save()
    with before(ahead, hours=-2 if why == "no address" else -30):
        note(cast, ahead)
    assert missed_emails() == [] and CallToMake.objects.count() == 1


def test_within_quiet_hours_the_email_waits_until_they_end(cast, seat, ahead, monkeypatch):
    EmailWishes.objects.create(
        person=cast.participant, quiet_from=dt.time(20), quiet_until=dt.time(8), title="plain"
    )
    asked = []
    monkeypatch.setattr(missed, "write_email", lambda *what, not_before: asked.append(not_before))
    evening = ahead.starts_at.replace(hour=22)
    for moment in (evening, ahead.starts_at + dt.timedelta(hours=2)):
        with clock_at(moment):
            missed._write(ahead, cast.participant)
    quiet_ends = (evening + dt.timedelta(days=1)).replace(hour=8)
    assert [one and one.astimezone(cast_zone(cast)).replace(tzinfo=None) for one in asked] == [
        quiet_ends.replace(tzinfo=None),
        None,
    ]


def cast_zone(cast):
    from zoneinfo import ZoneInfo

    return ZoneInfo(cast.participant.time_zone)


def test_the_email_goes_for_a_missed_one_alone(seat, ahead):
    for state, needed in (("missed", True), ("held", False), ("planned", False)):
        email = MeetingEmail(meeting=ahead, event="missed")
        email.meeting_state = state
        assert is_needed(email) is needed
