"""The course of a goal: where its line runs and what it says."""

import datetime as dt

import pytest

from alongside.measures.catalogue import measure
from alongside.overview.course import EDGE, HEIGHT, WIDTH, course

DAY = dt.date(2026, 1, 1)
RATING = measure("rating-0-10")


def on(*values):
    return [(DAY + dt.timedelta(days=7 * place), float(value)) for place, value in enumerate(values)]


def test_without_a_reading_there_is_no_line():
    assert course([], RATING, 8) is None


def test_one_reading_is_only_the_start():
    found = course(on(3), RATING, None)
    assert (found.now_x, found.then, found.sentence) == ("", "3", "Started at 3.")


def test_from_then_to_now_with_what_is_hoped_for():
    found = course(on(0, 4, 10), RATING, 8)
    assert found.sentence == "From 0 at the start to 10 now. Goal: 8."
    assert found.stroke.split()[0] == f"{EDGE},{HEIGHT - EDGE:.1f}"
    assert found.stroke.split()[-1] == f"{WIDTH - EDGE},{EDGE:.1f}"
    assert float(found.then_y) > float(found.aim_y) > float(found.now_y)


@pytest.mark.parametrize(("key", "falls"), [("pain-0-10", False), ("count", True)])
def test_better_is_up_also_where_less_is_better(key, falls):
    found = course(on(8, 2), measure(key), None, falls=falls)
    assert float(found.now_y) < float(found.then_y)


def test_the_same_then_and_now():
    assert course(on(5, 5), RATING, None).sentence == "5 at the start and now."


def test_a_count_that_never_changes_is_drawn_all_the_same():
    found = course(on(4, 4), measure("count"), None)
    assert float(found.then_y) == float(found.now_y) == HEIGHT / 2


def test_levels_are_numbers_at_the_ends_and_words_below():
    found = course(on(-2, 1), measure("gas"), 0)
    assert (found.then, found.now) == ("−2", "+1")
    assert "much less than expected" in found.sentence


def test_readings_of_one_day_are_spaced_evenly():
    found = course([(DAY, 1.0), (DAY, 2.0), (DAY, 3.0)], RATING, None)
    assert [point.split(",")[0] for point in found.stroke.split()] == ["7", "160", "313"]
