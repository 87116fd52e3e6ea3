"""Choosing a time: what is free first, by day; asking for a time; being told of an earlier one, first to book has it."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.journeys.models import Journey
from alongside.kernel.clock import now
from alongside.rooms.environment.actions import asking as asking_actions
from alongside.rooms.environment.actions import cancel_meeting, move_meeting
from alongside.rooms.environment.claims import TimeTaken
from alongside.rooms.environment.models import (
    EarlierWish,
    Meeting,
    MeetingEmail,
    OtherHours,
    TimeAway,
    TimeRequest,
)
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.slots import Why, days_that_suit
from tests.cast import gather, person

from .factories import at, booked, room
from .test_never_twice import all_at_once
from .test_slot_search import LONDON, next_weekday, protect

pytestmark = pytest.mark.django_db


def page(cast, who, seat, name="book/", **asked):
    path = f"/journeys/{seat.journey.id}/environment/{name}"
    return cast.client(who).get(path, asked).content.decode()


def times_on(text):
    """The links of the times on the page, in order."""
    return re.findall(r'<a class="btn btn-quiet btn-sm" href="([^"]+date=[^"]+)"', text.replace("&amp;", "&"))


# --- the next times, by day ---------------------------------------------------------------------------------


def test_the_next_times_come_first_and_the_form_is_folded(cast, seat, place):
    protect(cast.guide)
    text = page(cast, cast.guide, seat)
    assert text.index("Next available times") < text.index("Choose a day and time yourself")
    assert re.search(r'<details class="more section" id="book">', text)
    assert len(times_on(text)) > 5


def test_all_times_of_a_day_are_one_link_away(cast, seat, place):
    few = page(cast, cast.guide, seat)
    link = re.search(r'href="([^"]+day=[^"]+)" aria-label="All times on', few)[1].replace("&amp;", "&")
    all_of_it = times_on(cast.client(cast.guide).get(link).content.decode())
    assert len(all_of_it) > 3 and len({re.search("date=([0-9-]+)", one)[1] for one in all_of_it}) == 1


def test_a_day_without_times_says_why(cast, seat, place):
    protect(cast.guide)
    monday = next_weekday(0, 9).astimezone(LONDON).date()
    tuesday, wednesday = monday + dt.timedelta(days=1), monday + dt.timedelta(days=2)
    TimeAway.objects.create(person=cast.guide, first_day=monday, last_day=monday)
    TimeAway.objects.create(place=place, first_day=tuesday, last_day=tuesday)
    OtherHours.objects.create(person=cast.guide, day=wednesday, begins=600, ends=660)
    other = cast.seat(cast.guide, cast.journey())
    start = dt.datetime.combine(wednesday, dt.time(10), tzinfo=LONDON).astimezone(dt.UTC)
    booked(other, room(cast.guide, "Elsewhere"), start)
    found = {
        one.day: one.why and one.why.why
        for one in days_that_suit(
            [cast.guide, cast.participant],
            [place],
            minutes=60,
            zone=LONDON,
            by=LONDON,
            since=dt.datetime.combine(monday, dt.time(), tzinfo=LONDON),
        )
    }
    assert found[monday] is Why.HOURS and found[tuesday] is Why.CLOSED and found[wednesday] is Why.BUSY
    assert found[monday + dt.timedelta(days=3)] is None
    text = page(cast, cast.participant, seat, since=monday.isoformat())
    assert "Gwen Guide is not available." in text
    assert "The place is closed." in text and "Fully booked." in text


def test_a_tapped_time_is_one_button_from_booked(cast, seat, place):
    protect(cast.guide)
    first = times_on(page(cast, cast.participant, seat))[0]
    text = cast.client(cast.participant).get(first.split("#")[0]).content.decode()
    assert "You have chosen" in text and "Next available times" not in text
    fields = dict(re.findall(r'<input type="hidden" name="(place|date|time|minutes)" value="([^"]+)"', text))
    assert cast.client(cast.participant).post(urlsplit(first).path, fields).status_code == 302
    assert Meeting.objects.count() == 1


def test_a_time_that_cannot_be_is_not_shown_as_chosen(cast, seat, place):
    for asked in (
        {"date": "2020-01-01", "time": "10:00", "place": str(place.id)},
        {"date": "soon", "time": "10:00", "place": str(place.id)},
        {"date": "2999-99-99", "time": "10:00", "place": str(place.id)},
        {"date": "2027-03-28", "time": "01:30", "place": str(place.id)},
        {"date": "2027-06-01", "time": "10:00", "place": "another"},
    ):
        text = page(cast, cast.guide, seat, **asked)
        assert "You have chosen" not in text and "Choose a day and time yourself" in text


@pytest.mark.parametrize("path", ["/journeys/{0}/environment/book/", "/week/", "/agenda/"])
def test_week_and_booking_cost_at_most_twelve_queries(cast, seat, place, path):
    client, address = cast.client(cast.guide), path.format(seat.journey.id)
    for days in (3, 4, 5):
        booked(seat, place, at(days))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 12


# --- asking for a time --------------------------------------------------------------------------------------


def test_who_cannot_book_can_ask_for_a_time(cast, seat):
    room(cast.guide, "Not open to participants")
    text = page(cast, cast.participant, seat)
    assert f"/journeys/{seat.journey.id}/environment/ask/" in text and "Please ask" not in text
    path = f"/journeys/{seat.journey.id}/environment/ask/"
    assert cast.client(cast.participant).post(path, {"word": "Tuesdays after 4"}).status_code == 302
    assert TimeRequest.objects.get().word == "Tuesdays after 4"
    assert mail.outbox[-1].to == [cast.guide.email] and "Tuesdays" not in mail.outbox[-1].body
    text = page(cast, cast.guide, seat, "")
    assert "asked for a time" in text and "Tuesdays after 4" in text and "/environment/offer/" in text


@pytest.mark.without_ledger("rooms.environment.actions.asking.ask_for_time")
def test_what_was_asked_for_is_answered_by_the_next_booking(cast, seat, place):
    theirs = cast.seat(cast.participant, seat.journey)
    asking_actions.ask_for_time(by=theirs)
    assert "asked for a time" in page(cast, cast.guide, seat, "")
    booked(seat, place, at(3))
    assert "asked for a time" not in page(cast, cast.guide, seat, "")


def test_the_doors_of_asking(cast, seat, place):
    meeting = booked(seat, place, at(9))
    path = f"/journeys/{seat.journey.id}/environment/"
    for door in ("ask/", f"{meeting.id}/earlier/", f"{meeting.id}/earlier/off/"):
        assert cast.client(cast.colleague).post(path + door).status_code == 404
        assert cast.client(cast.guide).post(path + door).status_code == 403
    assert cast.client(cast.participant).get(f"{path}{meeting.id}/earlier/").status_code == 405


# --- an earlier time ----------------------------------------------------------------------------------------


@pytest.fixture
def wishing(cast, seat, place):
    """A participant whose meeting is some days off and who wishes for an earlier one."""
    meeting = booked(seat, place, next_weekday(3, 10))
    path = f"/journeys/{seat.journey.id}/environment/{meeting.id}/earlier/"
    assert cast.client(cast.participant).post(path).status_code == 302
    assert cast.client(cast.participant).post(path).status_code == 302
    assert EarlierWish.objects.count() == 1
    return meeting


def other_meeting(cast, starts_at, name="Olga Other"):
    others = type(cast)(**{**vars(cast), "participant": person(cast.organisation, name)})
    seat = cast.seat(cast.guide, others.journey())
    return seat, booked(seat, room(cast.guide, f"Room of {name}"), starts_at)


def test_whoever_wishes_is_told_when_an_earlier_time_becomes_free(cast, seat, wishing):
    theirs, taken = other_meeting(cast, next_weekday(1, 11))
    before = len(mail.outbox)
    cancel_meeting(meeting=meeting_in(theirs, meeting_id=taken.id), by=theirs)
    told = [one for one in mail.outbox[before:] if "earlier time" in one.subject]
    assert [one.to for one in told] == [[cast.participant.email]]
    assert f"{taken.starts_at:%A}" in told[0].body and "Olga" not in told[0].body
    link = re.search(r"http://testserver(\S+/move/\S+)", told[0].body)[1]
    text = cast.client(cast.participant).get(link).content.decode()
    assert "You have chosen" in text and "11:00" in text
    assert "The first person to book it has it." in told[0].body


def test_who_can_no_longer_move_theirs_online_is_not_told(cast, seat, wishing):
    """By the notice that was agreed the email would lead to a page that says no."""
    Journey.objects.filter(id=seat.journey.id).update(notice_hours=24 * 14)
    theirs, taken = other_meeting(cast, next_weekday(1, 11))
    before = len(mail.outbox)
    cancel_meeting(meeting=meeting_in(theirs, meeting_id=taken.id), by=theirs)
    assert [one.subject for one in mail.outbox[before:] if "earlier" in one.subject] == []


def test_a_later_time_or_one_in_ones_own_way_is_not_told(cast, seat, wishing):
    theirs, later = other_meeting(cast, next_weekday(4, 11))
    before = len(mail.outbox)
    cancel_meeting(meeting=meeting_in(theirs, meeting_id=later.id), by=theirs)
    move_meeting(
        meeting=meeting_in(seat, meeting_id=wishing.id),
        place=wishing.place,
        starts_at=next_weekday(3, 12),
        minutes=60,
        by=seat,
    )
    assert [one.subject for one in mail.outbox[before:] if "earlier" in one.subject] == []


@pytest.mark.without_ledger(
    "rooms.environment.actions.asking.let_earlier_be", "rooms.environment.actions.asking.tell_of_earlier"
)
def test_nobody_is_told_twice_of_one_time_nor_after_they_let_it_be(cast, seat, wishing):
    for name in ("Olga Other", "Oskar Other"):
        theirs, taken = other_meeting(cast, next_weekday(1, 11), name)
        cancel_meeting(meeting=meeting_in(theirs, meeting_id=taken.id), by=theirs)
    assert MeetingEmail.objects.filter(event="earlier").count() == 1
    path = f"/journeys/{seat.journey.id}/environment/{wishing.id}/earlier/off/"
    assert cast.client(cast.participant).post(path).status_code == 302
    theirs, taken = other_meeting(cast, next_weekday(2, 11), "Orla Other")
    cancel_meeting(meeting=meeting_in(theirs, meeting_id=taken.id), by=theirs)
    assert MeetingEmail.objects.filter(event="earlier").count() == 1


@pytest.mark.without_ledger("rooms.environment.actions.asking.wish_for_earlier")
def test_of_two_who_take_the_earlier_time_at_once_one_has_it(committed):
    cast = gather()
    starts_at = next_weekday(1, 11)
    shared, seats = room(cast.guide, participants_may_book=True), []
    for number in range(2):
        who = person(cast.organisation, f"Wisher{number} Other")
        others = type(cast)(**{**vars(cast), "participant": who})
        seat = cast.seat(who, others.journey())
        meeting = booked(seat, shared, next_weekday(3, 10 + 2 * number))
        asking_actions.wish_for_earlier(meeting=meeting, by=seat)
        seats.append((seat, meeting))
    theirs, taken = other_meeting(cast, starts_at)
    cancel_meeting(meeting=meeting_in(theirs, meeting_id=taken.id), by=theirs)
    assert MeetingEmail.objects.filter(event="earlier").count() == 2

    def take(seat, meeting):
        return lambda: move_meeting(meeting=meeting, place=shared, starts_at=starts_at, minutes=60, by=seat)

    came_to = all_at_once([take(seat, meeting) for seat, meeting in seats])

    assert sorted(type(one).__name__ for one in came_to) == ["Meeting", "TimeTaken"]
    assert any(isinstance(one, TimeTaken) for one in came_to)
    assert Meeting.objects.filter(starts_at=starts_at).exclude(number=None).count() == 1
    assert now() < starts_at
