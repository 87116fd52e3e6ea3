"""Intervals, funnels and process charts, held to published vectors and to what they are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.programmes.statistics import byar, funnel, wilson, xmr


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (65, 100, 0.552544, 0.736358),
        (1045, 5000, 0.197955, 0.220491),
        (0, 10, 0, 0.277533),
        (10, 10, 0.722467, 1),
    ],
)
def test_wilson_is_as_public_health_england_publishes_it(x, n, low, high):
    found = wilson(x, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@given(
    st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.9, 0.95, 0.998]),
)
def test_wilson_holds_its_share_within_0_and_1(case, level):
    x, n = case
    found = wilson(x, n, level)
    assert 0 <= found.low <= x / n + 1e-12 and x / n - 1e-12 <= found.high <= 1


@pytest.mark.parametrize(("x", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_a_share_of_nothing_is_no_share(x, n):
    with pytest.raises(ValueError, match="from 0 to the whole"):
        wilson(x, n)


@pytest.mark.parametrize(("x", "low", "high"), [(65, 50.163188, 82.849139), (1, 0.013072, 5.563756)])
def test_byar_is_as_public_health_england_publishes_it(x, low, high):
    found = byar(x)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


def test_nothing_counted_has_a_lower_end_of_0_and_an_upper_end_above_it():
    assert byar(0).low == 0 and 3 < byar(0).high < 4
    with pytest.raises(ValueError, match="never below 0"):
        byar(-1)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        byar(1, level)


@pytest.mark.parametrize(
    ("n", "limits"), [(20, (28.087, 71.913, 15.450, 84.550)), (100, (40.200, 59.800, 34.549, 65.451))]
)
def test_funnel_limits_around_a_half(n, limits):
    found = funnel(0.5, n)
    percent = [100 * each for each in (found.low95, found.high95, found.low998, found.high998)]
    assert percent == pytest.approx(limits, abs=5e-4)


def test_funnel_limits_are_cut_to_what_a_share_can_be():
    few = funnel(0.02, 20)
    assert few.low95 == few.low998 == 0 and funnel(0.98, 20).high998 == 1
    assert funnel(0, 20).high998 == 0
    for rate, n in ((1.1, 20), (-0.1, 20), (0.5, 0)):
        with pytest.raises(ValueError, match="Funnel limits"):
            funnel(rate, n)


def test_a_single_leap_is_outside_and_does_not_widen_the_limits():
    series = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
    found = xmr(series)
    assert (found.mean, found.lower, found.upper) == pytest.approx((1.9444, -0.7156, 4.6044), abs=5e-5)
    assert dict(found.signals) == {4: "outside"}
    assert xmr(series, screened=False).upper > 6.5


@pytest.mark.parametrize(
    ("series", "signals"),
    [
        ([1, 2, 3, 3, 4, 5, 6], {}),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], dict.fromkeys(range(1, 8), "trend")),
        ([3, 7, 6, 5, 4, 3, 2, 1, 2], dict.fromkeys(range(1, 8), "trend")),
        ([5], {}),
        ([5, 5, 5, 5, 5, 5, 5, 5], {}),
    ],
)
def test_seven_in_a_row_are_a_trend_unless_two_are_alike(series, signals):
    found = xmr(series)
    assert {place: kind for place, kind in found.signals.items() if kind == "trend"} == signals


def test_seven_on_one_side_of_the_mean_are_a_shift_and_one_on_the_mean_breaks_it():
    low, high = [1, 2, 1, 2, 1, 2, 1], [4, 3, 4, 3, 4, 3, 4]
    assert set(xmr([*low, *high]).signals) == set(range(14))
    broken = [1, 2, 1, 2.5, 2, 1, 2, 1, 4, 3, 4, 3, 4, 3, 4, 2.5]
    on_the_mean = xmr([*broken[:3], 2.5, *broken[4:]])
    assert on_the_mean.mean == pytest.approx(2.5)
    assert {place for place, kind in on_the_mean.signals.items() if kind == "shift"} == set(range(8, 15))


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not():
    series = [0, 1, -1, 0, 1, -1, 0, 1, -1, 0, 4, 1, 4, 0, -1, 1, 0, -1, 1, 0]
    found = xmr(series)
    assert {place: kind for place, kind in found.signals.items() if kind == "two_of_three"} == {
        10: "two_of_three",
        12: "two_of_three",
    }
    apart = xmr([*series[:11], -1, *series[12:]])
    assert "two_of_three" not in apart.signals.values()


def test_a_series_that_never_moves_has_limits_at_its_mean():
    found = xmr([4, 4, 4])
    assert (found.mean, found.lower, found.upper, dict(found.signals)) == (4, 4, 4, {})


@pytest.mark.parametrize("series", [[], [1, float("nan")], [float("inf")]])
def test_without_numbers_there_is_no_chart(series):
    with pytest.raises(ValueError, match="every value has to be a number"):
        xmr(series)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40))
def test_a_series_upside_down_says_the_same(series):
    found, turned = xmr(series), xmr([-value for value in series])
    assert found.signals == turned.signals
    assert found.mean == pytest.approx(-turned.mean) and found.upper == pytest.approx(-turned.lower)
