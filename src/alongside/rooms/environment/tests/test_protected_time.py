"""Saying when one can be booked: the week, one day, days away, and what is then offered."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.ledger.models import Entry
from alongside.rooms.environment.claims import NeedsReason
from alongside.rooms.environment.models import OtherHours, Protection, TimeAway, Window
from alongside.rooms.environment.opening_hours import NotHours, read_hours, written

from .factories import booked
from .test_slot_search import LONDON, book, next_weekday

TIME = reverse("environment_time:time")
AROUND = {
    "buffer_before": "10",
    "buffer_after": "5",
    "most_a_day": "",
    "shortest_notice": "24",
    "how_far_ahead": "90",
    "country": "",
    "subdivision": "",
}


def say(cast, person, **typed):
    return cast.client(person).post(TIME, {**AROUND, **typed})


# --- hours as people write them ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("9-12", [(540, 720)]),
        ("9 - 12, 13:30–17", [(540, 720), (810, 1020)]),
        ("13.30 to 17; 9 until 12", [(540, 720), (810, 1020)]),
        ("9-12 and 13-17", [(540, 720), (780, 1020)]),
        ("0-24", [(0, 1440)]),
        ("٩-١٢", [(540, 720)]),
        ("9-12,12-14", [(540, 720), (720, 840)]),
        ("22:00-02:00", [(1320, 1560)]),
        ("9-12, 20-6", [(540, 720), (1200, 1800)]),
        ("22-24", [(1320, 1440)]),
    ],
)
def test_hours_are_read_as_people_write_them(typed, read):
    assert read_hours(typed) == read
    assert read_hours(written(read)) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("mornings", NotHours.UNREADABLE),
        ("9", NotHours.UNREADABLE),
        ("9-25", NotHours.UNREADABLE),
        ("9:75-12", NotHours.UNREADABLE),
        ("17-9", NotHours.NO_LENGTH),
        ("9-9", NotHours.NO_LENGTH),
        ("9-12, 11-13", NotHours.OVERLAP),
        ("20-2, 23-24", NotHours.OVERLAP),
    ],
)
def test_what_cannot_be_read_says_why(typed, why):
    with pytest.raises(NotHours) as wrong:
        read_hours(typed)
    assert wrong.value.why == why


# --- the week ---------------------------------------------------------------------------------------------


def test_the_week_is_said_on_one_page_and_holds_for_booking(cast, seat, place):
    answer = say(cast, cast.guide, day_0="9-12, 13:30-17", day_2="9-12")

    assert answer.status_code == 302
    said = Protection.objects.get(person=cast.guide)
    assert (said.keeps_windows, said.buffer_before, said.shortest_notice, said.how_far_ahead) == (
        True,
        10,
        24,
        90,
    )
    assert sorted(Window.objects.filter(person=cast.guide).values_list("weekday", "begins", "ends")) == [
        (0, 540, 720),
        (0, 810, 1020),
        (2, 540, 720),
    ]
    assert book(seat, place, next_weekday(2, 10))
    with pytest.raises(NeedsReason):
        book(seat, place, next_weekday(3, 10))
    page = cast.client(cast.guide).get(TIME).content.decode()
    assert 'value="09:00-12:00, 13:30-17:00"' in page
    assert Entry.objects.filter(event="time.week_said", person_id=cast.guide.id).count() == 1


def test_a_night_is_one_stretch_in_which_one_can_be_booked(cast, seat, place):
    say(cast, cast.guide, day_0="22:00-02:00")

    assert Window.objects.filter(person=cast.guide).values_list("weekday", "begins", "ends").get() == (
        0,
        1320,
        1560,
    )
    assert 'value="22:00-02:00"' in cast.client(cast.guide).get(TIME).content.decode()
    assert book(seat, place, next_weekday(0, 23))
    assert book(seat, place, next_weekday(1, 1, weeks=2))
    with pytest.raises(NeedsReason):
        book(seat, place, next_weekday(1, 2, weeks=3))


def test_a_night_ends_at_midnight_before_a_day_away(cast, seat, place):
    say(cast, cast.guide, day_0="22:00-02:00")
    tuesday = next_weekday(1, 1)
    TimeAway.objects.create(person=cast.guide, first_day=tuesday.date(), last_day=tuesday.date())
    with pytest.raises(NeedsReason):
        book(seat, place, tuesday)


def test_a_week_without_hours_lets_the_usual_ones_hold_again(cast):
    say(cast, cast.guide, day_0="9-12")
    say(cast, cast.guide)

    assert Protection.objects.get(person=cast.guide).keeps_windows is False
    assert not Window.objects.filter(person=cast.guide).exists()
    assert "Monday to Friday, 8:00 to 20:00" in cast.client(cast.guide).get(TIME).content.decode()


def test_one_tap_gives_ordinary_hours_and_keeps_what_was_said_around_them(cast):
    say(cast, cast.guide)
    cast.client(cast.guide).post(reverse("environment_time:usual"))

    assert Window.objects.filter(person=cast.guide, begins=540, ends=1020).count() == 5
    assert Protection.objects.get(person=cast.guide).buffer_before == 10


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(cast):
    answer = say(cast, cast.guide, day_0="mornings mostly", day_1="9-12", buffer_before="500", country="GB")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“mornings mostly” is not a way to write hours" in page
    assert 'value="mornings mostly"' in page and 'value="9-12"' in page and 'value="500"' in page
    assert not Protection.objects.exists() and not Window.objects.exists()


def test_a_part_of_a_country_is_chosen_once_the_country_is_and_goes_with_it(cast):
    assert "id_subdivision" not in cast.client(cast.guide).get(TIME).content.decode()
    say(cast, cast.guide, country="GB")
    assert "id_subdivision" in cast.client(cast.guide).get(TIME).content.decode()
    say(cast, cast.guide, country="GB", subdivision="SCT")
    assert Protection.objects.get().subdivision == "SCT"
    say(cast, cast.guide, country="FR", subdivision="SCT")
    assert (Protection.objects.get().country, Protection.objects.get().subdivision) == ("FR", "")


def test_a_participant_protects_their_time_too(cast):
    assert "any time may be offered" in cast.client(cast.participant).get(TIME).content.decode()
    assert say(cast, cast.participant, day_5="10-12").status_code == 302
    assert Window.objects.get().person_id == cast.participant.id


# --- days -------------------------------------------------------------------------------------------------


@pytest.mark.without_ledger(
    "rooms.environment.actions.hours.say_away", "rooms.environment.actions.hours.take_back_away"
)
def test_a_day_away_keeps_others_out_says_what_is_booked_and_is_taken_back(cast, seat, place):
    when = next_weekday(2, 10)
    booked(seat, place, when)
    day = when.astimezone(LONDON).date()
    client = cast.client(cast.guide)
    answer = client.post(
        reverse("environment_time:away"),
        {"first_day": day, "last_day": day, "word": "My sister's wedding"},
        follow=True,
    )

    page = answer.content.decode()
    assert "1 meeting is already booked in that time and stays" in page
    assert "My sister&#x27;s wedding" in page
    with pytest.raises(NeedsReason):
        book(seat, place, when + dt.timedelta(hours=3))
    away = TimeAway.objects.get()
    client.post(reverse("environment_time:take_back", args=[away.id]))
    assert not TimeAway.objects.exists()
    assert book(seat, place, when + dt.timedelta(hours=3))


def test_days_the_wrong_way_round_come_back_as_typed(cast):
    answer = cast.client(cast.guide).post(
        reverse("environment_time:away"),
        {"first_day": "2099-03-05", "last_day": "2099-03-01", "word": "Leave"},
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The last day is before the first" in page and 'value="Leave"' in page and "2099-03-01" in page


@pytest.mark.without_ledger(
    "rooms.environment.actions.hours.forget_day", "rooms.environment.actions.hours.say_day"
)
def test_one_day_is_different_and_then_like_any_other_again(cast, seat, place):
    say(cast, cast.guide, day_0="9-12")
    client, when = cast.client(cast.guide), next_weekday(2, 18)
    day = when.astimezone(LONDON).date()
    client.post(reverse("environment_time:day"), {"day": day, "hours": "17-20"})
    assert book(seat, place, when)

    client.post(reverse("environment_time:day"), {"day": day, "hours": ""})
    assert [(one.day, one.begins) for one in OtherHours.objects.all()] == [(day, None)]
    client.post(reverse("environment_time:forget_day", args=[OtherHours.objects.get().id]))
    assert not OtherHours.objects.exists()


def test_what_another_person_said_cannot_be_found(cast):
    away = TimeAway.objects.create(
        person=cast.participant, first_day="2099-01-01", last_day="2099-01-02", word="x"
    )

    answer = cast.client(cast.guide).post(reverse("environment_time:take_back", args=[away.id]))

    assert answer.status_code == 404
    assert TimeAway.objects.count() == 1
    assert "2099" not in cast.client(cast.guide).get(TIME).content.decode()


def test_the_page_costs_the_same_with_one_and_three_of_everything(cast):
    def queries(client):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(TIME).status_code == 200
        return len(asked)

    client = cast.client(cast.guide)
    counted = []
    for year in ("2097", "2098", "2099"):
        TimeAway.objects.create(
            person=cast.guide, first_day=f"{year}-01-01", last_day=f"{year}-01-02", word="x"
        )
        OtherHours.objects.create(person=cast.guide, day=f"{year}-05-05")
        client.get(TIME)
        counted.append(queries(client))
    assert counted[0] == counted[2] <= 12
