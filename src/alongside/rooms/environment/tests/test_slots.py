"""Finding times, held against the simplest thing that could work: try every minute."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rooms.environment.slots import Calendar, Found, Grid, find, merged
from alongside.rooms.environment.slots.grid import day_begins
from tests.sizes import many

DAY = 86_400
ZONES = (
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",  # 45 minutes past
    "Australia/Lord_Howe",  # half an hour forward and back
    "America/Havana",  # clocks change at midnight
    "Pacific/Apia",
    "UTC",
)
# two days before nights on which clocks change in several of these zones, and one quiet week
BEGINNINGS = [
    int(dt.datetime(*day, tzinfo=dt.UTC).timestamp())
    for day in ((2026, 3, 27), (2026, 10, 23), (2026, 3, 6), (2026, 10, 30), (2026, 4, 3), (2026, 7, 1))
]
DAYS = 4


def utc(*parts: int) -> int:
    return int(dt.datetime(*parts, tzinfo=dt.UTC).timestamp())


def by_trying_every_minute(*, people, places, since, until, minutes, zone, step, count, most_offered_a_day):
    """The oracle: no cursor, no leap, no offset kept; every minute is asked everything."""
    found, offered = [], {}
    for start in range(since, until, 60):
        wall = dt.datetime.fromtimestamp(start, zone)
        if (wall.hour * 60 + wall.minute) % step or wall.second:
            continue
        free = tuple(n for n, place in enumerate(places) if can(place, start, minutes))
        if not all(can(one, start, minutes) for one in people) or (places and not free):
            continue
        if most_offered_a_day is not None and offered.get(wall.date(), 0) >= most_offered_a_day:
            continue
        offered[wall.date()] = offered.get(wall.date(), 0) + 1
        found.append(Found(start, free))
    return found[:count]


def can(one: Calendar, start: int, minutes: int) -> bool:
    end = start + minutes * 60
    if any(begins < end + one.after * 60 and start - one.before * 60 < ends for begins, ends in one.busy):
        return False
    if one.open is not None and not any(begins <= start and end <= ends for begins, ends in one.open):
        return False
    if (one.not_before is not None and start < one.not_before) or (
        one.not_after is not None and start >= one.not_after
    ):
        return False
    if one.most_a_day is None:
        return True
    day = dt.datetime.fromtimestamp(start, one.zone).date()
    begun = [moment for moment in one.begun if dt.datetime.fromtimestamp(moment, one.zone).date() == day]
    return len(begun) < one.most_a_day


@st.composite
def calendars(draw, since: int, is_place: bool = False) -> Calendar:
    minute = st.integers(-300, DAYS * 1440 + 300)
    time_ranges = st.lists(st.tuples(minute, st.sampled_from((5, 15, 37, 60, 240, 900))), max_size=14)

    def drawn() -> list[tuple[int, int]]:
        return merged((since + at * 60, since + (at + length) * 60) for at, length in draw(time_ranges))

    if is_place:
        return Calendar(busy=drawn(), open=draw(st.sampled_from((None, 1))) and drawn())
    return Calendar(
        busy=drawn(),
        open=draw(st.sampled_from((None, None, 1))) and drawn(),
        before=draw(st.sampled_from((0, 0, 10, 25))),
        after=draw(st.sampled_from((0, 0, 5, 30))),
        begun=[since + at * 60 for at in draw(st.lists(minute, max_size=4))],
        most_a_day=draw(st.sampled_from((None, None, 1, 2))),
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        not_before=draw(st.sampled_from((None, since + 7_777))),
        not_after=draw(st.sampled_from((None, since + 3 * DAY + 1_234))),
    )


@st.composite
def questions(draw) -> dict:
    since = draw(st.sampled_from(BEGINNINGS)) + 60 * draw(st.integers(0, 1440))
    return {
        "people": draw(st.lists(calendars(since), min_size=1, max_size=3)),
        "places": draw(st.lists(calendars(since, is_place=True), max_size=3)),
        "since": since,
        "until": since + draw(st.sampled_from((DAY, DAYS * DAY))),
        "minutes": draw(st.sampled_from((5, 30, 50, 60, 180))),
        "zone": ZoneInfo(draw(st.sampled_from(ZONES))),
        "step": draw(st.sampled_from((5, 15, 20, 30, 45, 60))),
        "count": draw(st.sampled_from((1, 5, 20, 500))),
        "most_offered_a_day": draw(st.sampled_from((None, 1, 3))),
    }


@settings(max_examples=many(250, 5000), deadline=None)
@given(questions())
def test_what_is_found_is_what_trying_every_minute_finds(question):
    assert find(**question) == by_trying_every_minute(**question)


@settings(max_examples=many(200, 4000), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=20))
def test_merged_time_ranges_cover_the_same_moments_and_lie_apart(time_ranges):
    together = merged(time_ranges)

    covered = {moment for begins, ends in time_ranges for moment in range(begins, ends)}
    assert {moment for begins, ends in together for moment in range(begins, ends)} == covered
    assert all(one[1] < following[0] for one, following in pairwise(together))


def test_a_time_the_clocks_skip_is_not_offered_and_one_that_comes_twice_is_offered_twice():
    london = ZoneInfo("Europe/London")
    ask = {"people": [Calendar()], "places": [], "minutes": 30, "zone": london, "step": 30}

    spring = find(**ask, since=utc(2026, 3, 29), until=utc(2026, 3, 29, 2))
    autumn = find(**ask, since=utc(2026, 10, 25), until=utc(2026, 10, 25, 2))

    def wall(found):
        return [dt.datetime.fromtimestamp(one.start, london).strftime("%H:%M %Z") for one in found]

    assert wall(spring) == ["00:00 GMT", "00:30 GMT", "02:00 BST", "02:30 BST"]
    assert wall(autumn) == ["01:00 BST", "01:30 BST", "01:00 GMT", "01:30 GMT"]


def test_a_window_of_the_wall_keeps_its_hours_across_the_change():
    """Protected time is 9 to 10 by the wall on Saturday and Monday: an hour apart in UTC."""
    open_ = [(utc(2026, 3, 28, 9), utc(2026, 3, 28, 10)), (utc(2026, 3, 30, 8), utc(2026, 3, 30, 9))]

    found = find(
        people=[Calendar(open=open_)],
        places=[],
        since=utc(2026, 3, 28),
        until=utc(2026, 4, 1),
        minutes=60,
        zone=ZoneInfo("Europe/London"),
    )

    assert [one.start for one in found] == [utc(2026, 3, 28, 9), utc(2026, 3, 30, 8)]


def test_a_place_that_is_free_again_sooner_is_found_though_another_was_asked_first():
    busy = [(0, 7200)], [(0, 1800), (3600, 9000)]

    found = find(
        people=[Calendar()],
        places=[Calendar(busy=time_ranges) for time_ranges in busy],
        since=0,
        until=9000,
        minutes=30,
        zone=ZoneInfo("UTC"),
        step=30,
    )

    assert [(one.start, one.places) for one in found] == [(1800, (1,)), (7200, (0,))]


def test_nobody_left_to_ask_and_no_time_left_to_look_in():
    ask = {"places": [], "minutes": 60, "zone": ZoneInfo("UTC"), "step": 60}

    assert [one.start for one in find(people=[], since=0, until=7200, **ask)] == [0, 3600]
    assert find(people=[Calendar()], since=7200, until=7200, **ask) == []
    assert find(people=[Calendar(not_before=9000)], since=0, until=7200, **ask) == []
    assert find(people=[Calendar()], since=0, until=7200, count=0, **ask) == []


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"minutes": 1441}, {"step": 0}, {"step": 7}])
def test_lengths_and_steps_out_of_range_are_refused(wrong):
    asked = {"minutes": 60, "step": 15, **wrong}

    with pytest.raises(ValueError):
        find(people=[], places=[], since=0, until=7200, zone=ZoneInfo("UTC"), **asked)


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        ((2026, 3, 8), "America/Havana", (2026, 3, 8, 5)),  # midnight is skipped: the day begins at one
        ((2026, 11, 1), "America/Havana", (2026, 11, 1, 4)),  # midnight comes twice: it begins at the first
        (
            (1919, 3, 31),
            "America/Toronto",
            (1919, 3, 31, 4, 30),
        ),  # half past eleven became half past midnight
        ((2026, 7, 1), "Asia/Kathmandu", (2026, 6, 30, 18, 15)),
    ],
)
def test_the_first_moment_of_a_day(day, zone, begins):
    assert day_begins(dt.date(*day), ZoneInfo(zone)) == utc(*begins)


def test_a_grid_goes_on_behind_the_change_it_has_seen():
    grid = Grid(ZoneInfo("Europe/London"), 60, utc(2026, 3, 1), utc(2026, 12, 1))

    for moment in (utc(2026, 3, 1, 0, 1), utc(2026, 6, 1, 0, 1), utc(2026, 11, 1, 0, 1)):
        assert grid.at_or_after(moment) == moment + 59 * 60
