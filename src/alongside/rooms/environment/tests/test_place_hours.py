"""When places are open: said by who looks after them, and kept by whoever books."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel.errors import Refused
from alongside.rooms.environment import actions
from alongside.rooms.environment.actions import place_hours
from alongside.rooms.environment.claims import TimeTaken
from alongside.rooms.environment.models import OtherHours, TimeAway, Window
from alongside.rooms.environment.pages.place_hours import open_line

from .factories import booked, room
from .test_slot_search import book, next_weekday


def url(name, place, *parts):
    return reverse(f"environment_places:{name}", args=[place.id, *parts])


def week(**days):
    typed = {f"day_{number}": "" for number in range(7)}
    return {**typed, "time_zone": "Europe/London", **days}


def wednesday(hour=10, weeks=2):
    return next_weekday(2, hour, weeks=weeks)


def test_opening_hours_are_kept_by_whoever_books(cast, seat, place):
    client = cast.client(cast.guide)

    answer = client.post(url("hours", place), week(day_2="9-12, 14-17"), follow=True)

    assert "no one can book it outside these hours" in answer.content.decode()
    assert "Wed 09:00-12:00, 14:00-17:00" in client.get(reverse("environment_places:places")).content.decode()
    assert book(seat, place, wednesday(10))
    for hour in (8, 12, 16.5):
        start = wednesday(int(hour)) + dt.timedelta(minutes=60 * (hour % 1))
        with pytest.raises(TimeTaken) as taken:
            book(seat, place, start)
        assert taken.value.plain == "The place is closed at that time."
        assert taken.value.free, "and other times are offered"


def test_a_week_without_hours_is_always_open_again(cast, seat, place):
    client = cast.client(cast.guide)
    client.post(url("hours", place), week(day_0="9-12"))
    client.post(url("hours", place), week())

    assert not Window.objects.filter(place=place).exists()
    assert book(seat, place, wednesday(23), override="late on purpose")


@pytest.mark.without_ledger("rooms.environment.actions.place_hours.say_opening_hours")
def test_hours_are_those_of_the_places_own_clocks(cast, seat, place):
    cast.client(cast.guide).post(url("hours", place), week(day_2="9-12", time_zone="America/New_York"))

    with pytest.raises(TimeTaken):
        book(seat, place, wednesday(10))
    assert book(seat, place, wednesday(15))


def test_a_new_place_keeps_the_clocks_of_who_made_it(cast):
    cast.guide.time_zone = "Asia/Tokyo"
    cast.guide.save()
    assert room(cast.guide).time_zone == "Asia/Tokyo"


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(cast, place):
    answer = cast.client(cast.guide).post(url("hours", place), week(day_1="noon till late", day_3="9-12"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "is not a way to write hours" in page and 'value="noon till late"' in page and 'value="9-12"' in page
    )
    assert not Window.objects.exists()


@pytest.mark.without_ledger(
    "rooms.environment.actions.place_hours.close_place", "rooms.environment.actions.place_hours.open_again"
)
def test_a_closure_keeps_everybody_out_says_what_is_booked_and_is_taken_back(cast, seat, place):
    booked(seat, place, wednesday(9))
    day = wednesday().date().isoformat()
    client = cast.client(cast.guide)

    page = client.post(
        url("close", place), {"first_day": day, "word": "new floor"}, follow=True
    ).content.decode()

    assert "1 meeting is already booked there and stays" in page and "new floor" in page
    assert "closed on" in client.get(reverse("environment_places:places")).content.decode()
    with pytest.raises(TimeTaken):
        book(seat, place, wednesday(11))
    closure = TimeAway.objects.get(place=place)
    assert client.post(url("open_again", place, closure.id)).status_code == 302
    assert book(seat, place, wednesday(11))


@pytest.mark.without_ledger(
    "rooms.environment.actions.place_hours.forget_day_of_place",
    "rooms.environment.actions.place_hours.say_day_of_place",
)
def test_one_day_is_different_and_then_like_any_other_again(cast, seat, place):
    client, day = cast.client(cast.guide), wednesday().date().isoformat()
    client.post(url("hours", place), week(day_2="9-12"))
    client.post(url("day", place), {"day": day, "hours": "14-17"})

    with pytest.raises(TimeTaken):
        book(seat, place, wednesday(10))
    assert book(seat, place, wednesday(15))
    client.post(url("day", place), {"day": day, "hours": ""})
    with pytest.raises(TimeTaken):
        book(seat, place, wednesday(14))
    said = OtherHours.objects.get(place=place)
    client.post(url("forget_day", place, said.id))
    assert book(seat, place, wednesday(10))


@pytest.mark.parametrize(("door", "typed"), [("day", {"hours": "9-12"}), ("close", {"word": "why"})])
def test_a_day_is_asked_for_and_what_was_typed_comes_back(cast, place, door, typed):
    answer = cast.client(cast.guide).post(url(door, place), typed)
    assert answer.status_code == 422
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values())


def entries(place):
    """One of each that can be taken back."""
    day = OtherHours.objects.create(place=place, day=dt.date(2030, 1, 2))
    closure = TimeAway.objects.create(
        place=place, first_day=dt.date(2030, 1, 2), last_day=dt.date(2030, 1, 3)
    )
    return {"hours": (), "day": (), "close": (), "forget_day": (day.id,), "open_again": (closure.id,)}


@pytest.mark.parametrize("door", ["hours", "day", "close", "forget_day", "open_again"])
def test_only_who_looks_after_a_place_says_its_hours(cast, place, door):
    parts = entries(place)[door]
    for outside in ("colleague", "administrator", "stranger", "participant"):
        assert cast.client(getattr(cast, outside)).post(url(door, place, *parts)).status_code == 404
    assert cast.client(cast.guide).delete(url(door, place, *parts)).status_code == 405
    assert TimeAway.objects.count() == OtherHours.objects.count() == 1

    shared = actions.make_place(
        words=actions.PlaceWords(kind="room", name="Shared"), of_the_organisation=True, by=cast.administrator
    )
    parts = entries(shared)[door]
    assert cast.client(cast.guide).post(url(door, shared, *parts)).status_code == 403
    assert cast.client(cast.administrator).post(url(door, shared, *parts)).status_code in (302, 422)


def test_what_was_said_of_one_place_is_not_found_at_another(cast, place):
    other = room(cast.guide, "Other")
    said = entries(other)
    for door in ("forget_day", "open_again"):
        assert cast.client(cast.guide).post(url(door, place, *said[door])).status_code == 404
    with pytest.raises(Refused):
        place_hours.open_again(place=place, closure=TimeAway.objects.get(), by=cast.guide)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({}, ""),
        ({0: [(540, 720)], 1: [(540, 720)], 3: [(540, 720)]}, "Mon to Tue 09:00-12:00; Thu 09:00-12:00"),
        ({5: [(600, 660)], 6: [(0, 1440)]}, "Sat 10:00-11:00; Sun 00:00-24:00"),
    ],
)
def test_a_week_in_one_line(hours, said):
    assert open_line(hours) == said


def test_the_page_of_a_place_costs_the_same_with_one_and_three_of_everything(cast, place):
    cast.client(cast.guide).get(url("hours", place))
    costs = []
    for number in range(3):
        TimeAway.objects.create(
            place=place, first_day=dt.date(2030, 1, 1 + number), last_day=dt.date(2030, 1, 9)
        )
        OtherHours.objects.create(place=place, day=dt.date(2030, 2, 1 + number))
        with CaptureQueriesContext(connection) as asked:
            cast.client(cast.guide).get(url("hours", place))
        costs.append(len(asked))
    assert costs[0] == costs[2] <= 8, costs
