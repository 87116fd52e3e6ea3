"""Before the first meeting: one page says when, where, with whom, what for, what to bring and whom to call."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from alongside.journeys import words as writing
from alongside.rooms.environment.tests.factories import at, booked
from alongside.rooms.environment.tests.factories import room as make_room
from alongside.rooms.first_meeting import actions, boxes

NUMBER = "01632 960 200"


def said_to(cast, person, room) -> str:
    answer = cast.client(person).get(room.url("before/"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def served(cast):
    """The organisation can be called."""
    cast.organisation.telephone, cast.organisation.opening_hours = NUMBER, "Monday to Friday, 9 to 5"
    cast.organisation.save()
    return cast


def test_it_says_when_where_how_long_with_whom_and_whom_to_call(room, served):
    cast = served
    place = make_room(cast.guide, "Consulting room 2", details="First floor", is_step_free=True)
    meeting = booked(room.guide, place, at(days=3, hour=10), minutes=50)
    begins = meeting.starts_at.astimezone(ZoneInfo(cast.participant.time_zone))

    page = said_to(cast, cast.participant, room)
    words = " ".join(strip_tags(page).split())

    assert f"{begins:%H}:00 to {begins:%H}:50" in words
    for said in ("Consulting room 2", "First floor", "without steps", "50 minutes", str(cast.guide.name)):
        assert said in words
    assert 'href="tel:01632960200"' in page
    assert "Monday to Friday, 9 to 5" in words


@pytest.mark.parametrize("kind", ["supervision", "mentoring", "treatment"])
def test_each_kind_says_what_it_is_for_and_what_to_bring(cast, kind):
    journey = cast.journey(kind, "preparing")
    page = cast.client(cast.participant).get(reverse("first_meeting:before", args=[journey.id]))
    said = cast.seat(cast.participant, journey).kind.before_first

    for sentence in (said.purpose, *said.expect, *said.bring):
        assert str(sentence) in page.content.decode()


def test_it_leads_to_the_preparation_until_that_is_sent(room, cast):
    link = f'href="{room.url("preparation/")}"'
    before = said_to(cast, cast.participant, room)
    box = boxes.own_answer(room.participant, "brings", has_sent=False)
    writing.write(box=box, text="I lie awake.", version=0, by=room.participant)
    actions.send_preparation(by=room.participant)
    after = said_to(cast, cast.participant, room)

    assert link in before and "Think about beforehand" in before
    assert link in after and "You have prepared" in after and "Think about beforehand" not in after


def test_without_a_booking_it_says_so_and_still_says_the_rest(room, cast):
    page = said_to(cast, cast.participant, room)

    assert str(room.participant.kind.words.no_meeting_booked) in page
    assert "What to bring" in page


@pytest.mark.parametrize(
    ("kind", "details", "link"),
    [
        ("address", "12 Mill Street\nLarkfield", "query=12+Mill+Street+Larkfield"),
        ("phone", "01632 960 123", 'href="tel:01632960123"'),
        ("video", "https://video.example.org/abc", 'href="https://video.example.org/abc"'),
    ],
)
def test_an_address_leads_to_a_map_and_a_number_or_link_is_one(room, cast, kind, details, link):
    place = make_room(cast.guide, "There", kind=kind, details=details)
    booked(room.guide, place, at(days=3))

    assert link in said_to(cast, cast.participant, room)


def test_a_private_home_is_never_handed_to_a_map(room, cast):
    booked(room.guide, make_room(cast.guide, "At home", kind="home", details="3 Elm Road"), at(days=3))

    page = said_to(cast, cast.participant, room)

    assert "3 Elm Road" in page and "openstreetmap" not in page


def test_the_guide_sees_what_is_told_and_others_nothing(room, cast):
    assert f"{cast.participant.name} reads this before you meet." in said_to(cast, cast.guide, room)
    codes = {
        who: cast.client(getattr(cast, who)).get(room.url("before/")).status_code
        for who in ("stranger", "colleague", "administrator", "lead", "supporter")
    }
    assert codes == dict.fromkeys(("stranger", "colleague", "administrator", "lead"), 404) | {
        "supporter": 403
    }


def test_after_it_was_held_it_says_so(room, cast, time_machine):
    meeting = booked(room.guide, make_room(cast.guide), at(days=3))
    time_machine.move_to(meeting.ends_at + dt.timedelta(hours=1))

    assert "already taken place" in said_to(cast, cast.participant, room)


def test_today_and_the_journey_lead_here_before_the_first_one_alone(room, cast):
    booked(room.guide, make_room(cast.guide), at(days=3))
    client, link = cast.client(cast.participant), f'href="{room.url("before/")}"'

    today = client.get("/").content.decode()
    journey = client.get(f"/journeys/{room.journey.id}/").content.decode()
    for_the_guide = cast.client(cast.guide).get(f"/journeys/{room.journey.id}/").content.decode()

    assert link in today and link in journey
    assert link not in for_the_guide


def test_the_guide_finds_what_was_prepared_beside_the_notes_in_the_room(room, cast):
    box = boxes.own_answer(room.participant, "brings", has_sent=False)
    writing.write(box=box, text="I lie awake.", version=0, by=room.participant)
    guide, participant = cast.client(cast.guide), cast.client(cast.participant)

    unsent = guide.get(room.url()).content.decode()
    actions.send_preparation(by=room.participant)

    assert "I lie awake." not in unsent and "side-by-side" not in unsent
    for path in ("", "preparation/"):
        shown = guide.get(room.url(path)).content.decode()
        assert "side-by-side" in shown and "I lie awake." in shown
    assert "side-by-side" not in participant.get(room.url()).content.decode()
