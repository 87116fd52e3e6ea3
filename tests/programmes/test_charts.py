"""The pictures of figures: where points lie, what is interrupted, and what is not drawn."""

import pytest

from alongside.programmes.charts import course, funnel_chart, funnel_points, process
from alongside.programmes.series import Point, together
from alongside.programmes.statistics import xmr

pytestmark = pytest.mark.one_database


def test_a_hidden_month_interrupts_the_line_and_is_only_bridged():
    line = course([0.5, 0.6, None, 0.7, 0.8], width=100, height=50)

    assert len(line.dots) == 4 and len(line.strokes) == 2 and len(line.gaps) == 1
    assert [dot.is_last for dot in line.dots] == [False, False, False, True]
    assert line.top < line.dots[-1].y < line.dots[0].y < line.bottom


def test_a_year_of_hidden_months_draws_nothing():
    line = course([None] * 12)

    assert (line.dots, line.strokes, line.gaps) == ((), (), ())


def test_a_process_chart_marks_the_points_that_stand_out():
    values = [10, 20, 10, 20, 90, 10, 20, 10, 20, 10, 20, 10, 20, 10]
    told = xmr(values)
    shares = [None, *(value / 100 for value in values)]

    picture = process(shares, [str(place) for place in range(len(shares))], told)

    marked = [dot for dot in picture.dots if dot.signal]
    assert [dot.signal for dot in marked] == ["outside"]
    assert marked[0].y < picture.upper < picture.mean < picture.lower
    assert all(picture.left <= dot.x <= picture.right for dot in picture.dots)


def test_a_funnel_leaves_out_what_is_too_small_and_marks_what_is_outside():
    pooled, points = funnel_points([("A", 100, 50), ("B", 100, 90), ("C", 15, 1), ("D", 300, 150)])

    assert [point.name for point in points] == ["A", "B", "D"]
    assert pooled == 290 / 500
    assert [point.outside for point in points] == [False, True, False]
    picture = funnel_chart(pooled, points)
    assert [tick.label for tick in picture.across] == ["0", "100", "200", "300"]
    assert len(picture.dots) == 3


def test_months_together_are_sums_of_what_is_shown():
    months = [Point(202601, "shown", 50, 40), Point(202602, "hidden"), Point(202603, "shown", 30, 20)]

    assert together(months) == Point(0, "shown", 80, 60)
    assert together([Point(202601, "hidden"), Point(202602, "nothing")]).state == "hidden"
    assert together([]).state == "nothing"
