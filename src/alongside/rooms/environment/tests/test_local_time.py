"""Clocks that change, and times that are free."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from alongside.rooms.environment.local_time import after_the_gap, free_times, moments

LONDON = ZoneInfo("Europe/London")


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "said", "named"),
    [
        ("Europe/London", "2026-01-15T10:00", ["2026-01-15T10:00"]),
        ("Europe/London", "2026-07-15T10:00", ["2026-07-15T09:00"]),
        ("Europe/London", "2026-03-29T01:30", []),
        ("Europe/London", "2026-10-25T01:30", ["2026-10-25T00:30", "2026-10-25T01:30"]),
        ("Australia/Lord_Howe", "2026-10-04T02:15", []),
        ("Asia/Kathmandu", "2026-01-15T10:00", ["2026-01-15T04:15"]),
    ],
)
def test_moments_a_time_on_the_wall_names(zone, said, named):
    assert moments(wall(said), ZoneInfo(zone)) == tuple(utc(one) for one in named)


def test_after_the_gap_says_what_the_clocks_show_instead():
    assert after_the_gap(wall("2026-03-29T01:30"), LONDON) == wall("2026-03-29T02:30")


def test_free_times_are_later_that_day_and_the_same_time_on_the_next_working_days():
    friday = utc("2026-06-05T09:00")  # 10:00 in London

    found = free_times(
        wish=friday, minutes=60, zone=LONDON, taken=[(friday, friday + dt.timedelta(hours=1))], now=friday
    )

    assert found == [utc("2026-06-05T10:00"), utc("2026-06-08T09:00"), utc("2026-06-09T09:00")]


def test_free_times_keep_the_time_on_the_wall_when_clocks_change():
    friday = utc("2026-10-23T14:00")  # 15:00 BST; the clocks go back on Sunday

    found = free_times(wish=friday, minutes=60, zone=LONDON, taken=[], now=friday)

    assert found[1] == utc("2026-10-26T15:00")


def test_free_times_avoid_what_is_taken_and_what_is_past():
    wish = utc("2026-06-02T09:00")
    whole_day = (utc("2026-06-02T00:00"), utc("2026-06-03T00:00"))

    found = free_times(wish=wish, minutes=60, zone=LONDON, taken=[whole_day], now=utc("2026-06-03T12:00"))

    assert len(found) == 3
    assert min(found) > utc("2026-06-03T12:00")


def test_free_times_at_a_weekend_stay_open_to_the_weekend():
    saturday = utc("2026-06-06T09:00")

    found = free_times(wish=saturday, minutes=60, zone=LONDON, taken=[], now=saturday)

    assert utc("2026-06-07T09:00") in found


def test_free_times_are_none_when_everything_is_taken():
    wish = utc("2026-06-02T09:00")
    always = (wish - dt.timedelta(days=1), wish + dt.timedelta(days=40))

    assert free_times(wish=wish, minutes=60, zone=LONDON, taken=[always], now=wish) == []
