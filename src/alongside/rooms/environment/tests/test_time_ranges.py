"""Stretches of time, against what the clock on the wall shows minute by minute."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rooms.environment.time_ranges import clipped, covers, merged, on_the_wall
from tests.sizes import many

LONDON = ZoneInfo("Europe/London")
MINUTE = dt.timedelta(minutes=1)
ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",  # changes around Ramadan
    "UTC",
]


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


moments = st.integers(0, 600).map(lambda minutes: utc(2026, 3, 28) + minutes * MINUTE)
time_ranges = st.lists(st.tuples(moments, moments), max_size=12)


@given(time_ranges)
def test_merged_time_ranges_hold_the_same_minutes_sorted_and_apart(given_time_ranges):
    found = merged(given_time_ranges)

    assert all(a < b for a, b in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert _minutes(found) == _minutes(given_time_ranges)


@given(time_ranges, moments, moments)
def test_clipped_time_ranges_hold_the_minutes_between(given_time_ranges, since, until):
    kept = {minute for minute in _minutes(given_time_ranges) if since <= minute < until}

    assert _minutes(merged(clipped(merged(given_time_ranges), since, until))) == kept


def _minutes(found):
    held = set()
    for start, end in found:
        while start < end:
            held.add(start)
            start += MINUTE
    return held


hours = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1]), max_size=3
)


@settings(max_examples=many(60, 1200), deadline=None)
@given(
    week=st.lists(hours, min_size=7, max_size=7),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    begin=st.integers(0, 360).map(lambda days: utc(2026, 1, 1) + dt.timedelta(days=days, hours=5)),
    days=st.integers(1, 3),
)
def test_a_minute_is_open_exactly_when_the_wall_shows_an_hour_of_its_day(week, zone, begin, days):
    until = begin + dt.timedelta(days=days)
    found = _minutes(on_the_wall(lambda day: week[day.weekday()], zone, begin, until))

    moment = begin
    while moment < until:
        wall = moment.astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        assert (moment in found) == any(a <= minute < b for a, b in week[wall.weekday()]), wall
        moment += MINUTE


def _sunday(begins, ends, since, until):
    hours_of = {6: [(begins, ends)]}
    return on_the_wall(lambda day: hours_of.get(day.weekday(), []), LONDON, since, until)


@pytest.mark.parametrize(
    ("begins", "ends", "day", "expected"),
    [
        # 01:00 to 02:00 doesn't come on 29 March
        (60, 120, utc(2026, 3, 29), []),
        (30, 150, utc(2026, 3, 29), [(utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1, 30))]),
        (90, 180, utc(2026, 3, 29), [(utc(2026, 3, 29, 1), utc(2026, 3, 29, 2))]),
        # and comes twice on 25 October
        (60, 120, utc(2026, 10, 25), [(utc(2026, 10, 25, 0), utc(2026, 10, 25, 2))]),
        (
            60,
            90,
            utc(2026, 10, 25),
            [
                (utc(2026, 10, 25, 0), utc(2026, 10, 25, 0, 30)),
                (utc(2026, 10, 25, 1), utc(2026, 10, 25, 1, 30)),
            ],
        ),
    ],
)
def test_hours_on_nights_when_clocks_change(begins, ends, day, expected):
    assert _sunday(begins, ends, day, day + dt.timedelta(hours=12)) == expected


def test_days_that_never_were_have_no_hours():
    apia = ZoneInfo("Pacific/Apia")  # left out 30 December 2011 altogether

    found = on_the_wall(lambda day: [(0, 1440)], apia, utc(2011, 12, 29), utc(2012, 1, 1))
    friday = on_the_wall(
        lambda day: [(0, 1440)] if day == dt.date(2011, 12, 30) else [],
        apia,
        utc(2011, 12, 29),
        utc(2012, 1, 1),
    )

    assert found == [(utc(2011, 12, 29), utc(2012, 1, 1))]
    assert friday == []


def test_a_whole_is_covered_by_one_time_range_alone():
    open_then = [(utc(2026, 1, 1, 9), utc(2026, 1, 1, 10)), (utc(2026, 1, 1, 11), utc(2026, 1, 1, 12))]

    assert covers(open_then, utc(2026, 1, 1, 9), utc(2026, 1, 1, 10))
    assert not covers(open_then, utc(2026, 1, 1, 9, 30), utc(2026, 1, 1, 11, 30))


def test_a_night_lasts_into_the_next_day_and_by_the_wall_where_clocks_change():
    found = on_the_wall(lambda day: [(22 * 60, 26 * 60)], LONDON, utc(2026, 3, 27, 12), utc(2026, 3, 30))
    assert found == [
        (utc(2026, 3, 27, 22), utc(2026, 3, 28, 2)),
        (utc(2026, 3, 28, 22), utc(2026, 3, 29, 1)),  # two o'clock comes an hour early
        (utc(2026, 3, 29, 21), utc(2026, 3, 30)),
    ]


def test_a_night_that_began_before_is_there():
    found = on_the_wall(lambda day: [(22 * 60, 26 * 60)], LONDON, utc(2026, 1, 6), utc(2026, 1, 6, 12))
    assert found == [(utc(2026, 1, 6), utc(2026, 1, 6, 2))]
