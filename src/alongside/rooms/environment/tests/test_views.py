"""The battery of each door.

Long, because every door of the room is tried in the same five ways on one meeting.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from alongside.journeys.models import JourneyStateRecord
from alongside.kernel.clock import now
from alongside.ledger.models import Opening
from alongside.rooms.environment import actions
from alongside.rooms.environment.models import EnvironmentCheck, Meeting, Place
from alongside.rooms.environment.queries import meeting_in, meetings_of

from .factories import at, booked, room

SAID = {"started_on_time": "1", "interruptions": "0", "had_enough_time": "1"}


def form_for(place, starts_at, **more):
    """What a booking form posts, in London's winter or summer."""
    wall = starts_at.astimezone(ZoneInfo("Europe/London"))
    return {
        "place": str(place.id),
        "date": wall.strftime("%Y-%m-%d"),
        "time": wall.strftime("%H:%M"),
        "minutes": "60",
        **more,
    }


@pytest.fixture
def ahead(seat, place):
    return booked(seat, place, at(3))


def begun(seat, meeting, hours=2):
    """The same meeting as if it had begun some hours ago."""
    starts_at = now() - dt.timedelta(hours=hours)
    Meeting.objects.filter(id=meeting.id).update(
        starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1)
    )
    return meeting_in(seat, meeting_id=meeting.id)


def address(name, seat, meeting=None):
    parts = [seat.journey.id, meeting.id] if meeting else [seat.journey.id]
    return reverse(f"environment:{name}", args=parts)


DOORS = {
    "room": ("GET",),
    "book": ("GET", "POST"),
    "move": ("GET", "POST"),
    "cancel": ("GET", "POST"),
    "missed": ("GET", "POST"),
    "held": ("POST",),
    "check": ("POST",),
    "after": ("GET", "POST"),
}


@pytest.mark.parametrize("name", DOORS)
def test_every_door_is_closed_to_those_without_part_and_to_wrong_methods(cast, seat, ahead, name):
    url = address(name, seat, None if name in ("room", "book") else ahead)

    for method in DOORS[name]:
        for outside in ("stranger", "colleague", "administrator", "lead"):
            assert cast.client(getattr(cast, outside)).generic(method, url).status_code == 404
        assert cast.client(cast.supporter).generic(method, url).status_code == 403
    for method in {"GET", "POST", "DELETE"} - set(DOORS[name]):
        assert cast.client(cast.guide).generic(method, url).status_code == 405


@pytest.mark.parametrize("name", ["move", "cancel", "missed", "held", "check", "after"])
def test_every_action_on_a_cancelled_meeting_is_not_of_this_moment(cast, seat, ahead, name):
    actions.cancel_meeting(meeting=ahead, by=seat)

    assert cast.client(cast.guide).post(address(name, seat, ahead), SAID).status_code == 409


@pytest.mark.parametrize("name", ["move", "cancel", "missed", "held", "check", "after"])
def test_a_meeting_of_another_journey_is_not_found_under_this_one(cast, seat, ahead, name):
    other = cast.seat(cast.guide, cast.journey())

    assert cast.client(cast.guide).post(address(name, other, ahead)).status_code == 404


def test_room_with_nothing_booked_and_no_place_offers_the_first_act(cast, seat):
    answer = cast.client(cast.guide).get(address("room", seat))

    assert "No session is booked yet." in answer.content.decode()
    assert reverse("environment_places:add") in answer.content.decode()


def test_room_with_nothing_booked_lets_the_participant_ask(cast, seat):
    answer = cast.client(cast.participant).get(address("room", seat))

    assert address("ask", seat) in answer.content.decode()


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_room_shows_place_and_time_in_the_readers_zone(cast, seat, place, who):
    reader = getattr(cast, who)
    booked(seat, place, dt.datetime(2030, 7, 3, 9, 0, tzinfo=dt.UTC))
    reader.time_zone = "Asia/Tokyo"
    reader.save()

    page = cast.client(reader).get(address("room", seat)).content.decode()

    assert "Wednesday 3 July 2030, 18:00 to 19:00" in page
    assert "10:00 in Europe/London" in page
    assert "Quiet room" in page and "First floor" in page


@pytest.mark.parametrize("kind", ["supervision", "mentoring", "treatment"])
def test_room_in_every_kind_and_state(cast, place, kind):
    seat = cast.seat(cast.guide, cast.journey(kind=kind))
    past = booked(seat, place, at(-9), already_held=True)
    actions.note_time(meeting=past, started_on_time=False, interruptions=1, had_enough_time=False, by=seat)
    begun(seat, booked(seat, place, at(4)), hours=30)
    booked(seat, place, at(6))
    actions.cancel_meeting(meeting=booked(seat, place, at(8)), reason="Flu", by=seat)

    page = cast.client(cast.participant).get(address("room", seat)).content.decode()

    assert "started late, interrupted once, too little time" in page
    assert "What happened?" in page
    assert "Flu" in page
    assert "in 0 of 1" in page


def test_room_records_once_that_the_reasons_were_opened(cast, seat, ahead):
    actions.cancel_meeting(meeting=ahead, reason="Flu", by=seat)

    for _twice in range(2):
        cast.client(cast.participant).get(address("room", seat))

    assert Opening.objects.filter(person_id=cast.participant.id, journey_id=seat.journey.id).count() == 1


def test_room_of_a_journey_that_is_over_is_read_only(cast, place):
    seat = cast.seat(cast.guide, cast.journey())
    ahead = booked(seat, place, at(3))
    JourneyStateRecord.objects.create(journey=seat.journey, state="completed", by=cast.guide)

    answer = cast.client(cast.guide).get(address("room", seat))

    assert answer.status_code == 200
    assert address("move", seat, ahead) not in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_room_asks_the_database_as_often_for_three_as_for_one(
    cast, seat, place, count, django_assert_max_num_queries
):
    for number in range(1, count + 1):
        booked(seat, place, at(number))
        held = booked(seat, place, at(-number), already_held=True)
        actions.note_time(meeting=held, started_on_time=True, interruptions=0, had_enough_time=True, by=seat)
    client = cast.client(cast.guide)
    client.get(address("room", seat))  # the first look of a login session also notes that somebody is there

    with django_assert_max_num_queries(12):
        client.get(address("room", seat))


def test_book_from_the_form_and_on_to_where_one_came_from(cast, seat, place):
    onward = f"/journeys/{seat.journey.id}/"

    answer = cast.client(cast.guide).post(address("book", seat), form_for(place, at(3), next=onward))

    assert (answer.status_code, answer["Location"]) == (302, onward)
    assert meetings_of(seat)[0].starts_at == at(3)


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"])
def test_book_never_leads_out_of_the_organisation(cast, seat, place, onward):
    answer = cast.client(cast.guide).post(address("book", seat), form_for(place, at(3), next=onward))

    assert answer["Location"] == address("room", seat)


def test_book_at_a_taken_time_keeps_what_was_typed_and_offers_three(cast, seat, place, ahead):
    answer = cast.client(cast.guide).post(address("book", seat), form_for(place, at(3), minutes="45"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="45"' in page
    assert page.count(f"{address('book', seat)}?") == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"date": ""}, "Please choose a day."),
        ({"place": ""}, "Please say where."),
        ({"minutes": "0"}, "at least 5 minutes"),
        ({"date": "2030-03-31", "time": "01:30"}, "so 01:30 does not exist. 02:30 does."),
        ({"date": "2030-10-27", "time": "01:30"}, "so 01:30 comes twice."),
    ],
)
def test_book_with_something_amiss_says_so_at_the_field(cast, seat, place, change, sentence):
    answer = cast.client(cast.guide).post(address("book", seat), {**form_for(place, at(3)), **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_book_at_a_time_that_comes_twice_once_it_is_said_which(cast, seat, place, which, hour):
    form = {**form_for(place, at(3)), "date": "2030-10-27", "time": "01:30", "which": which}

    cast.client(cast.guide).post(address("book", seat), form)

    assert Meeting.objects.get().starts_at == dt.datetime(2030, 10, 27, hour, 30, tzinfo=dt.UTC)


def test_book_in_a_hidden_place_is_an_invalid_choice(cast, seat):
    answer = cast.client(cast.guide).post(address("book", seat), form_for(room(cast.colleague), at(3)))

    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_book_by_the_participant_never_lists_places_that_were_not_opened(cast, seat, place):
    room(cast.guide, "Somebody's home")

    page = cast.client(cast.participant).get(address("book", seat)).content.decode()

    assert "Quiet room" in page
    assert "Someone" not in page


def test_book_in_a_journey_that_rests_is_not_of_this_moment(cast, place):
    seat = cast.seat(cast.guide, cast.journey(state="paused"))

    assert cast.client(cast.guide).get(address("book", seat)).status_code == 409
    assert cast.client(cast.guide).get(address("room", seat)).status_code == 200


def test_move_from_its_page(cast, seat, place, ahead):
    client = cast.client(cast.participant)
    page = client.get(address("move", seat, ahead))

    answer = client.post(address("move", seat, ahead), form_for(place, at(4), known="0"))

    assert (page.status_code, answer.status_code) == (200, 302)
    assert meetings_of(seat)[0].starts_at == at(4)


def test_move_from_an_outdated_page_shows_how_it_stands_and_keeps_what_was_typed(cast, seat, place, ahead):
    actions.move_meeting(meeting=ahead, place=place, starts_at=at(5), minutes=60, by=seat)

    answer = cast.client(cast.guide).post(address("move", seat, ahead), form_for(place, at(6), known="0"))

    assert answer.status_code == 409
    assert 'name="known" value="1"' in answer.content.decode()
    assert meetings_of(seat)[0].starts_at == at(5)


def test_move_by_the_participant_may_keep_a_place_they_could_not_choose(cast, seat):
    own = room(cast.guide, "Not opened")
    meeting = booked(seat, own, at(3))

    answer = cast.client(cast.participant).post(address("move", seat, meeting), form_for(own, at(4)))

    assert answer.status_code == 302


def test_cancel_with_a_reason(cast, seat, ahead):
    client = cast.client(cast.participant)
    page = client.get(address("cancel", seat, ahead))

    answer = client.post(address("cancel", seat, ahead), {"word": "Flu", "known": "0"})

    assert (page.status_code, answer.status_code) == (200, 302)
    assert meetings_of(seat)[0].state == "cancelled"
    seen = cast.client(cast.guide).get(address("room", seat)).content.decode()
    assert re.search(r"Cancelled by Paul Participant, with \d+ (days|hours) of notice\.", seen)
    assert "Flu" in seen


def test_cancelled_once_its_time_had_come_says_so(cast, seat, ahead):
    meeting = begun(seat, ahead, hours=0.1)

    cast.client(cast.guide).post(address("cancel", seat, meeting), {"word": "", "known": "0"})

    assert "Cancelled by Gwen Guide after the start time." in _room(cast, seat)


def _room(cast, seat):
    return cast.client(cast.guide).get(address("room", seat)).content.decode()


def test_cancel_from_an_outdated_page_keeps_the_reason(cast, seat, place, ahead):
    actions.move_meeting(meeting=ahead, place=place, starts_at=at(5), minutes=60, by=seat)

    answer = cast.client(cast.guide).post(address("cancel", seat, ahead), {"word": "Flu", "known": "0"})

    assert answer.status_code == 409
    assert "Flu" in answer.content.decode()
    assert meetings_of(seat)[0].state == "planned"


def test_missed_held_and_after_once_it_has_begun(cast, seat, place, ahead):
    client = cast.client(cast.guide)
    assert client.post(address("held", seat, ahead)).status_code == 409
    assert client.get(address("after", seat, ahead)).status_code == 409
    meeting = begun(seat, ahead)
    other = begun(seat, booked(seat, place, at(5)), hours=9)

    assert client.get(address("missed", seat, other)).status_code == 200
    assert client.post(address("missed", seat, other), {"word": "The bus"}).status_code == 302
    assert client.post(address("held", seat, meeting), {"late": "1"}).status_code == 302
    assert client.post(address("after", seat, meeting), SAID).status_code == 302
    assert client.post(address("after", seat, meeting), {"interruptions": "x"}).status_code == 422

    assert [(one.state, one.late) for one in meetings_of(seat)] == [("missed", False), ("held", True)]
    assert EnvironmentCheck.objects.get().started_on_time is True


def test_check_ticks(cast, seat, ahead):
    answer = cast.client(cast.participant).post(address("check", seat, ahead), {"quiet": "on"})

    check = EnvironmentCheck.objects.get()
    assert answer.status_code == 302
    assert (check.quiet, check.private, check.checked_by) == (True, False, cast.participant)


# --- places ------------------------------------------------------------------------------------------------

PLACE = {"kind": "room", "name": "Attic", "is_quiet": "on"}


@pytest.mark.parametrize(("name", "method"), [("places", "get"), ("add", "get"), ("add", "post")])
def test_places_are_for_guides_and_administrators(cast, name, method):
    url = reverse(f"environment_places:{name}")

    assert getattr(cast.client(cast.participant), method)(url, PLACE).status_code == 403
    assert getattr(cast.client(cast.administrator), method)(url, PLACE).status_code in (200, 302)


@pytest.mark.parametrize("name", ["place", "retire", "restore"])
def test_a_place_of_a_colleague_is_not_found(cast, place, name):
    url = reverse(f"environment_places:{name}", args=[place.id])

    for outside in ("colleague", "administrator", "stranger", "participant"):
        assert cast.client(getattr(cast, outside)).post(url, PLACE).status_code == 404
    assert cast.client(cast.guide).delete(url).status_code == 405


def test_a_place_in_a_minute_and_on_to_the_booking(cast, seat):
    onward = address("book", seat)

    answer = cast.client(cast.guide).post(reverse("environment_places:add"), {**PLACE, "next": onward})

    assert answer["Location"] == onward
    assert "Attic" in cast.client(cast.guide).get(onward).content.decode()


def test_places_of_the_organisation_are_made_by_administrators_and_booked_by_guides(cast, seat):
    cast.client(cast.administrator).post(reverse("environment_places:add"), PLACE)

    place = Place.objects.get()
    assert place.owner is None
    assert "Attic" in cast.client(cast.guide).get(address("book", seat)).content.decode()
    change = reverse("environment_places:place", args=[place.id])
    assert cast.client(cast.guide).get(change).status_code == 403
    assert cast.client(cast.administrator).get(change).status_code == 200


def test_a_guide_who_is_administrator_says_whose_it_is(cast):
    cast.guide.is_administrator = True
    cast.guide.save()
    client = cast.client(cast.guide)

    client.post(reverse("environment_places:add"), {**PLACE, "whose": "organisation"})
    client.post(reverse("environment_places:add"), {**PLACE, "whose": "mine"})

    assert sorted(place.owner is None for place in Place.objects.all()) == [False, True]


def test_a_home_is_not_opened_for_others_and_what_was_typed_stays(cast):
    form = {**PLACE, "kind": "home", "participants_may_book": "on"}

    answer = cast.client(cast.guide).post(reverse("environment_places:add"), form)

    assert answer.status_code == 422
    assert "Attic" in answer.content.decode()
    assert not Place.objects.exists()


def test_change_retire_and_restore_a_place(cast, seat, place, ahead):
    client = cast.client(cast.guide)
    url = {
        name: reverse(f"environment_places:{name}", args=[place.id])
        for name in ("place", "retire", "restore")
    }

    assert "Quiet room" in client.get(url["place"]).content.decode()
    assert client.post(url["place"], {**PLACE, "name": ""}).status_code == 422
    assert client.post(url["place"], PLACE).status_code == 302
    assert client.post(url["restore"]).status_code == 409
    page = client.post(url["retire"], follow=True).content.decode()
    assert "1 meeting is still booked there" in page and "Use it again" in page
    assert client.post(url["retire"]).status_code == 409
    assert "Attic" not in client.get(address("book", seat)).content.decode()
    assert client.post(url["restore"]).status_code == 302
    assert "Attic" in client.get(address("book", seat)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_places_ask_the_database_as_often_for_three_as_for_one(cast, count, django_assert_max_num_queries):
    for number in range(count):
        room(cast.guide, f"Room {number}")
    client = cast.client(cast.guide)
    client.get(reverse("environment_places:places"))

    with django_assert_max_num_queries(6):
        client.get(reverse("environment_places:places"))
