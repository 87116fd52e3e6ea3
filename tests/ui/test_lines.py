"""The line from then to now: coordinates, words and the odd cases."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.ui.lines import EDGE, line, said

START = date(2025, 3, 1)


def test_line_without_readings_says_so():
    empty = line([], 0, 10)
    assert (empty.dots, empty.then, empty.now) == ((), None, None)
    assert empty.sentence == "No reading yet."


def test_line_with_one_reading_has_no_now():
    single = line([(START, 4)], 0, 10)
    assert single.now is None
    assert single.then.part == "then"
    assert single.sentence == "Started at 4 on 1 Mar 2025."


def test_line_puts_days_where_they_fell():
    drawn = line(
        [(START, 0), (START + timedelta(days=25), 5), (START + timedelta(days=100), 10)], 0, 10, width=218
    )
    assert [dot.x for dot in drawn.dots] == [EDGE, EDGE + 50, EDGE + 200]
    assert [dot.part for dot in drawn.dots] == ["then", "between", "now"]


def test_line_of_words_is_spaced_evenly():
    drawn = line([("Session 1", 2), ("Session 4", 2), ("Session 5", 6)], 0, 10, width=218)
    assert [dot.x for dot in drawn.dots] == [9, 109, 209]
    assert drawn.then.when == "Session 1"


def test_line_of_one_day_is_spaced_evenly():
    drawn = line([(START, 2), (START, 6)], 0, 10, width=218)
    assert [dot.x for dot in drawn.dots] == [9, 209]


def test_line_reads_moments_within_a_day():
    morning = datetime(2025, 3, 1, 9, 0)
    drawn = line(
        [(morning, 1), (morning + timedelta(hours=3), 2), (morning + timedelta(hours=12), 3)],
        0,
        10,
        width=218,
    )
    assert [dot.x for dot in drawn.dots] == [9, 59, 209]


def test_line_keeps_better_up_when_less_is_better():
    worry = line([(START, 8), (START + timedelta(days=30), 3)], 10, 0)
    assert worry.now.y < worry.then.y
    assert worry.sentence == "From 8 at the start to 3 now."


def test_line_draws_values_outside_at_the_edge_and_says_them():
    drawn = line([(START, -4), (START + timedelta(days=1), 40)], 0, 10, height=72)
    assert [dot.y for dot in drawn.dots] == [72 - EDGE, EDGE]
    assert [dot.value for dot in drawn.dots] == ["-4", "40"]


def test_line_with_the_same_value_says_so():
    assert line([(START, 5), (START + timedelta(days=9), 5)], 0, 10).sentence == "5 at the start and now."


def test_line_marks_a_target():
    drawn = line([(START, 5)], 0, 10, target=10, height=72)
    assert (drawn.target, drawn.target_y) == ("10", EDGE)


def test_line_needs_a_range():
    with pytest.raises(ValueError, match="differ"):
        line([(START, 5)], 3, 3)


@pytest.mark.parametrize(("value", "words"), [(7.0, "7"), (2.5, "2.5"), (2.499, "2.5"), (0, "0"), (-1, "-1")])
def test_number_is_said_as_people_write_it(value, words):
    assert said(value) == words


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_line_never_leaves_its_drawing(values):
    drawn = line([(START + timedelta(days=n), value) for n, value in enumerate(values)], 0, 10)
    assert all(EDGE <= dot.x <= drawn.end and EDGE <= dot.y <= drawn.height - EDGE for dot in drawn.dots)
