"""Protected time kept: counted rightly, shown as a picture and a table, with what may help where it slips."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.rooms.environment import actions
from alongside.rooms.environment.actions.hours import say_week
from alongside.rooms.environment.kept_chart import definition
from alongside.rooms.environment.models import EnvironmentCheck, Place
from alongside.rooms.environment.opening_hours import Around
from alongside.rooms.environment.protected_time_kept import (
    LATELY,
    Noted,
    Slip,
    Tally,
    by_week,
    calmer_place,
    slips,
    tally,
)
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.protected_time_kept import FEW, noted_in
from alongside.ui.pictures import svg

from .factories import at, booked, room

HERE, THERE = uuid4(), uuid4()
MONDAY = dt.date(2026, 5, 4)


def noted(days=0, place=HERE, on_time=True, interruptions=0, enough=True):
    return Noted(MONDAY + dt.timedelta(days=days), place, on_time, interruptions, enough)


# --- counting ----------------------------------------------------------------------------------------------

ANY = st.builds(
    noted,
    days=st.integers(0, 400),
    place=st.sampled_from([HERE, THERE]),
    on_time=st.booleans(),
    interruptions=st.integers(0, 2),
    enough=st.booleans(),
)


@given(st.lists(ANY, max_size=40))
def test_weeks_hold_everything_of_the_last_half_year_once(found):
    weeks = by_week(found)

    shown = [one for one in found if weeks and one.on >= weeks[0].monday]
    assert sum(week.tally.noted for week in weeks) == len(shown)
    assert sum(week.tally.kept for week in weeks) == sum(
        one.on_time and one.enough and one.interruptions == 0 for one in shown
    )
    mondays = [week.monday for week in weeks]
    assert mondays == [mondays[0] + dt.timedelta(weeks=n) for n in range(len(weeks))] if weeks else not found
    assert len(weeks) <= 26 and all(day.weekday() == 0 for day in mondays)


def test_one_can_slip_in_several_ways():
    found = [noted(), noted(on_time=False, interruptions=2), noted(enough=False)]
    assert tally(found) == Tally(noted=3, kept=1, late=1, interrupted=1, short=1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], ()),
        ([noted(n, interruptions=1) for n in range(1)], ()),
        ([noted(n, interruptions=2) for n in range(3)], ((Slip.INTERRUPTED, 3),)),
        (
            [noted(0, on_time=False), noted(1, on_time=False), *[noted(n, enough=False) for n in (2, 3, 4)]],
            ((Slip.SHORT, 3), (Slip.LATE, 2)),
        ),
        ([noted(0, on_time=False), noted(1, on_time=False), *[noted(n) for n in range(2, 2 + LATELY)]], ()),
    ],
)
def test_it_slips_from_the_second_time_on_among_the_last_eight(found, said):
    assert slips(found) == said
    assert slips(found[::-1]) == said


def test_a_calmer_place_is_one_with_fewer_interruptions_that_can_be_booked():
    noisy = [noted(n, interruptions=1) for n in range(4)]
    calm = [noted(n, THERE) for n in range(3)]
    assert calmer_place([*noisy, *calm], [HERE, THERE]) == THERE
    assert calmer_place([*noisy, *calm], [HERE]) is None
    assert calmer_place([*noisy, *calm[:2]], [HERE, THERE]) is None, "too little is known of it"
    worse = [noted(n, THERE, interruptions=1) for n in range(-9, -5)]
    assert calmer_place([*worse, *noisy, *[noted(n) for n in range(20, 24)]], [HERE, THERE]) is None
    assert calmer_place(calm, [HERE, THERE]) is None, "nothing was interrupted"


def test_the_picture_shows_the_weeks_in_their_order_with_what_slipped_on_top():
    found = [noted(0), noted(14, on_time=False), noted(15), noted(15, interruptions=1)]

    drawn = definition(by_week(found), "light").to_dict()

    x = {str(layer["encoding"]["x"]["scale"]["domain"]) for layer in drawn["layer"]}
    assert x == {"['4 May', '11 May', '18 May']"}
    rows = drawn["data"]["values"]
    assert [(row["week"], row["kept"], row["noted"], row["said"]) for row in rows] == [
        ("4 May", 1, 1, "1 of 1"),
        ("11 May", 0, 0, "0 of 0"),
        ("18 May", 1, 3, "1 of 3"),
    ]
    picture = svg(definition(by_week(found), "dark"), theme="dark").decode()
    assert picture.index("4 May") < picture.index("11 May") < picture.index("18 May")
    assert "1 of 3" in picture and "0 of 0" not in picture


# --- the pages ---------------------------------------------------------------------------------------------


def held(seat, place, days_ago, **how):
    """A meeting so many days ago, of which it was said how its time was kept."""
    facts = {"started_on_time": True, "interruptions": 0, "had_enough_time": True, **how}
    start = at(-days_ago)
    with clock_at(start - dt.timedelta(days=1)):
        meeting = booked(seat, place, start)
    with clock_at(start + dt.timedelta(hours=2)):
        actions.note_held(meeting=meeting, by=seat)
        actions.note_time(meeting=meeting_in(seat, meeting_id=meeting.id), **facts, by=seat)
    return meeting


def of_journey(name, seat):
    return reverse(f"environment:{name}", args=[seat.journey.id])


def of_place(name, place):
    return reverse(f"environment_places:{name}", args=[place.id])


MINE = reverse("environment_time:kept")


def rows_in(page):
    return re.findall(r'<tr><th scope="row">([^<]*)</th>((?:<td>\d+</td>\s*)+)', page)


def numbers(cells):
    return [int(number) for number in re.findall(r"\d+", cells)]


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_both_of_a_journey_see_sentence_picture_and_table(cast, seat, place, who):
    held(seat, place, 15)
    held(seat, place, 8, interruptions=1)
    client = cast.client(getattr(cast, who))

    page = client.get(of_journey("kept", seat)).content.decode()

    assert "the time was fully protected in 1 of 2." in page
    assert "Started late: 0. Interrupted: 1. Too little time: 0." in page
    assert [numbers(cells) for _week, cells in rows_in(page)] == [[1, 0, 0, 1, 0], [1, 1, 0, 0, 0]]
    for name in ("kept_chart", "kept_chart_dark"):
        assert of_journey(name, seat) in page
        answer = client.get(of_journey(name, seat))
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8" and b"<svg" in answer.content
        assert answer["Cache-Control"] == "private, no-cache"
        again = client.get(of_journey(name, seat), headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    held(seat, place, 3)
    assert (
        client.get(of_journey("kept_chart", seat), headers={"If-None-Match": answer["ETag"]}).status_code
        == 200
    )


def test_what_was_missed_after_all_counts_nowhere(cast, seat, place):
    meeting = held(seat, place, 9)
    start = at(-5)
    with clock_at(start - dt.timedelta(days=1)):
        other = booked(seat, place, start)
    actions.note_time(
        meeting=meeting_in(seat, meeting_id=other.id),
        started_on_time=False,
        interruptions=0,
        had_enough_time=True,
        by=seat,
    )
    assert len(noted_in(seat)) == 2
    actions.note_missed(meeting=meeting_in(seat, meeting_id=other.id), by=seat)

    assert len(noted_in(seat)) == 1 and EnvironmentCheck.objects.count() == 2
    assert meeting.id in {check.meeting_id for check in EnvironmentCheck.objects.all()}
    page = cast.client(cast.guide).get(of_journey("room", seat)).content.decode()
    assert "The time was fully protected in 1 of 1." in page


def test_before_anything_was_said_the_page_says_what_will_be_here(cast, seat, place):
    for address in (of_journey("kept", seat), MINE, of_place("kept", place)):
        page = cast.client(cast.guide).get(address).content.decode()
        assert "chart.svg" not in page
        assert "over the weeks" in page or "Nothing has been recorded" in page
    for address in (of_journey("kept_chart", seat), f"{MINE}chart.svg", of_place("kept_chart", place)):
        assert cast.client(cast.guide).get(address).status_code == 404


def test_when_it_is_interrupted_a_calmer_place_is_suggested_and_filled_in(cast, seat, place):
    calm = room(cast.guide, "Calm room", participants_may_book=True)
    for days in (40, 39, 38):
        held(seat, calm, days)
    for days in (3, 2):
        held(seat, place, days, interruptions=1)
    ahead = booked(seat, place, at(5))
    client = cast.client(cast.guide)

    page = client.get(of_journey("kept", seat)).content.decode()
    room_page = client.get(of_journey("room", seat)).content.decode()

    assert "Interrupted in 2 of the last 5." in page
    assert "In Calm room it happened less often" in page
    move = reverse("environment:move", args=[seat.journey.id, ahead.id]) + f"?place={calm.id}"
    assert move in page
    assert f'value="{calm.id}" selected' in client.get(move).content.decode()
    assert "Time has been less protected lately" in room_page


@pytest.mark.without_ledger("rooms.environment.actions.hours.say_week")
def test_when_it_begins_late_or_is_too_short_longer_buffers_are_suggested_to_who_can_set_them(
    cast, seat, place
):
    say_week(week={}, around=Around(buffer_before=5), by=cast.guide)
    for days in (4, 3, 2):
        held(seat, place, days, started_on_time=False, had_enough_time=days == 4)

    page = cast.client(cast.guide).get(of_journey("kept", seat)).content.decode()
    theirs = cast.client(cast.participant).get(of_journey("kept", seat)).content.decode()

    assert "Started late in 3 of the last 3." in page and "Too little time in 2 of the last 3." in page
    assert "You keep 5 minutes free before each. With 15 minutes you would have time to arrive." in page
    assert f"You have agreed on {seat.journey.meeting_minutes} minutes" in page
    assert "You keep no time free after each. With 10 minutes you would not have to rush" in page
    assert page.count(reverse("environment_time:time") + "#h-around") == 2
    assert (
        "Started late in 3 of the last 3." in theirs
        and "#h-around" not in theirs
        and "You keep" not in theirs
    )


def test_a_guide_sees_all_they_guided_by_week_and_place_and_nothing_else(cast, seat, place):
    other_place = room(cast.guide, "Attic")
    other = cast.seat(cast.guide, cast.journey(kind="mentoring"))
    held(seat, place, 9)
    held(other, other_place, 8, interruptions=2)
    held(other, other_place, 2, interruptions=2)

    page = cast.client(cast.guide).get(MINE).content.decode()

    assert "fully protected in 1 of 3" in page
    assert {name: numbers(cells) for name, cells in rows_in(page) if not name[0].isdigit()} == {
        "Attic": [2, 0, 0, 2, 0],
        "Quiet room": [1, 1, 0, 0, 0],
    }
    assert "Look at your places" in page
    assert cast.participant.name not in page
    assert "fully protected" not in cast.client(cast.colleague).get(MINE).content.decode()
    assert b"<svg" in cast.client(cast.guide).get(f"{MINE}chart-dark.svg").content
    for nobody in ("participant", "administrator", "supporter"):
        assert cast.client(getattr(cast, nobody)).get(MINE).status_code == 403


def test_a_shared_place_is_shown_from_five_on_and_names_nobody(cast, seat):
    shared = actions.make_place(
        words=actions.PlaceWords(kind="room", name="Shared"), of_the_organisation=True, by=cast.administrator
    )
    for days in range(1, FEW):
        held(seat, shared, days)
    few = cast.client(cast.administrator).get(of_place("kept", shared)).content.decode()
    assert "shown from five meetings on" in few and not rows_in(few)
    assert cast.client(cast.administrator).get(of_place("kept_chart", shared)).status_code == 404

    held(seat, shared, FEW, started_on_time=False)
    for who in ("administrator", "colleague"):
        page = cast.client(getattr(cast, who)).get(of_place("kept", shared)).content.decode()
        assert f"fully protected in {FEW - 1} of {FEW}" in page
        assert cast.guide.name not in page and cast.participant.name not in page
        assert b"<svg" in cast.client(getattr(cast, who)).get(of_place("kept_chart_dark", shared)).content
    assert cast.client(cast.participant).get(of_place("kept", shared)).status_code == 403


def test_ones_own_place_is_shown_from_the_first_on(cast, seat, place):
    held(seat, place, 2)
    assert (
        "fully protected in 1 of 1" in cast.client(cast.guide).get(of_place("kept", place)).content.decode()
    )
    for outside in ("colleague", "stranger"):
        assert cast.client(getattr(cast, outside)).get(of_place("kept", place)).status_code == 404


@pytest.mark.parametrize("name", ["kept", "kept_chart", "kept_chart_dark"])
def test_nobody_without_a_part_sees_how_a_journey_kept_its_time(cast, seat, place, name):
    held(seat, place, 2)
    for outside, status in (
        ("colleague", 404),
        ("stranger", 404),
        ("administrator", 404),
        ("supporter", 403),
    ):
        assert cast.client(getattr(cast, outside)).get(of_journey(name, seat)).status_code == status
    assert cast.client(cast.guide).post(of_journey(name, seat)).status_code == 405


@pytest.mark.parametrize("which", ["journey", "mine", "place"])
def test_the_pages_cost_the_same_with_one_and_with_three(cast, seat, place, which):
    address = {"journey": of_journey("kept", seat), "mine": MINE, "place": of_place("kept", place)}[which]
    client, costs = cast.client(cast.guide), []
    client.get(address)
    for days in (2, 10, 20):
        held(seat, place, days)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        costs.append(len(asked))
    assert costs[0] == costs[2] <= 8, costs


def test_more_than_half_a_year_ago_is_no_longer_shown(seat, place):
    meeting = held(seat, place, 10)
    assert len(noted_in(seat)) == 1
    with clock_at(now() + dt.timedelta(weeks=27)):
        assert noted_in(seat) == []
    assert meeting and Place.objects.exists()
