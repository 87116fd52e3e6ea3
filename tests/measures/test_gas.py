"""Goal attainment: worked examples, edge rules, and what holds for any goals."""

from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.measures.gas import GoalRating, summary, t_score, weight

pytestmark = pytest.mark.one_database

# Worked by hand from the formula of Kiresuk & Sherman 1968 (Turner-Stokes 2009, with its erratum).
WORKED = [
    ([0, 0], [6, 6], 0.3, 50),
    ([1], [1], 0.3, 60),
    ([-1], [1], 0.3, 40),
    ([1, 0], [6, 6], 0.3, 56.2017367),
    ([1, 1], [1, 1], 0.3, 62.4034735),
    ([1, 1], [1, 1], 0, 64.1421356),
]
# T = 50 + K * SUM(x), K = 10 / sqrt(0.7 n + 0.3 n^2): n goals, K, and T when all stand at -2, -1, +1, +2.
EQUAL_WEIGHTS = [
    (1, 10.0000, 30.00, 40.00, 60.00, 70.00),
    (2, 6.2017, 25.19, 37.60, 62.40, 74.81),
    (3, 4.5644, 22.61, 36.31, 63.69, 77.39),
    (4, 3.6274, 20.98, 35.49, 64.51, 79.02),
    (5, 3.0151, 19.85, 34.92, 65.08, 80.15),
    (6, 2.5820, 19.02, 34.51, 65.49, 80.98),
    (7, 2.2588, 18.38, 34.19, 65.81, 81.62),
    (8, 2.0080, 17.87, 33.94, 66.06, 82.13),
]
levels = st.lists(st.integers(min_value=-2, max_value=2), min_size=1, max_size=8)
weighed_levels = st.lists(
    st.tuples(st.integers(min_value=-2, max_value=2), st.integers(min_value=1, max_value=9)),
    min_size=1,
    max_size=8,
)
rhos = st.floats(min_value=0, max_value=0.95)


@pytest.mark.parametrize(("stand", "weights", "rho", "score"), WORKED)
def test_t_score_of_the_worked_examples(stand, weights, rho, score):
    assert t_score(stand, weights, rho) == pytest.approx(score, abs=5e-8)


@pytest.mark.parametrize(("count", "factor", "much_less", "less", "more", "much_more"), EQUAL_WEIGHTS)
def test_t_score_of_equal_weights(count, factor, much_less, less, more, much_more):
    scores = [t_score([level] * count) for level in (-2, -1, 1, 2)]
    assert scores == pytest.approx([much_less, less, more, much_more], abs=0.005)
    assert t_score([1] + [0] * (count - 1)) == pytest.approx(50 + factor, abs=5e-5)


def test_weight_is_importance_times_difficulty():
    assert (weight(3, 2), weight(0, 3)) == (6, 0)
    with pytest.raises(ValueError):
        weight(4, 1)
    with pytest.raises(ValueError):
        weight(1, -1)


def test_goal_of_weight_0_drops_out():
    assert t_score([2, 1], [0, 5]) == t_score([1], [5])


def test_all_weights_0_count_as_1_each():
    assert t_score([1, 0], [0, 0]) == t_score([1, 0])


def test_unrated_goal_is_left_out_and_never_0():
    assert t_score([1, None], [6, 6]) == pytest.approx(60)


@pytest.mark.parametrize("stand", [[], [None], [None, None]])
def test_no_rated_goal_means_no_score(stand):
    assert t_score(stand) is None


def test_only_a_goal_of_weight_0_rated_means_no_score():
    assert t_score([1, None], [0, 6]) is None


@pytest.mark.parametrize("rho", [1, -0.1, 1.5, float("nan")])
def test_rho_outside_its_range_is_refused(rho):
    with pytest.raises(ValueError):
        t_score([1], rho=rho)


@pytest.mark.parametrize("level", [3, -2.5, 0.5, float("nan"), D("-0.5")])
def test_level_outside_the_scale_is_refused(level):
    with pytest.raises(ValueError):
        t_score([level])


@pytest.mark.parametrize("weights", [[1], [1, 2, 3], [1, -1], [1, float("nan")], [1, float("inf")]])
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(ValueError):
        t_score([1, 1], weights)


def test_half_points_only_where_chosen():
    assert t_score([D("-0.5")], half_points=True) == pytest.approx(45)
    with pytest.raises(ValueError):
        t_score([0.25], half_points=True)


def test_very_large_and_very_small_weights_do_not_break_the_score():
    assert t_score([1, 0], [1e300, 1e300]) == pytest.approx(56.2017367)
    assert t_score([1, 0], [1e-300, 1e-300]) == pytest.approx(56.2017367)


def test_summary_uses_the_same_goals_for_baseline_and_outcome_and_names_the_rest():
    found = summary(
        [
            GoalRating(name="walk", baseline=-1, latest=1, weight=6),
            GoalRating(name="sleep", baseline=-2, latest=None, weight=4),
            GoalRating(name="work", baseline=None, latest=1, weight=9),
            GoalRating(name="garden", baseline=-1, latest=2, weight=0),
        ]
    )

    assert (found.baseline, found.outcome, found.change) == pytest.approx((40, 60, 20))
    assert found.used == ("walk",)
    assert [(each.name, each.reason) for each in found.left_out] == [
        ("sleep", "not_rated"),
        ("work", "no_baseline"),
        ("garden", "weight_zero"),
    ]
    assert str(found.left_out[0].sentence) == "It has not been rated since the start."


def test_summary_of_goals_all_of_weight_0_counts_each_as_1():
    found = summary([GoalRating(name=name, baseline=-1, latest=0, weight=0) for name in ("walk", "sleep")])
    assert found.left_out == ()
    assert found.outcome == pytest.approx(50)


def test_summary_without_a_goal_rated_twice_has_no_score_and_no_change():
    found = summary([GoalRating(name="walk", baseline=-1, latest=None)])
    assert (found.baseline, found.outcome, found.change) == (None, None, None)


@given(levels)
def test_t_score_is_symmetric_about_50(stand):
    assert t_score(stand) + t_score([-level for level in stand]) == pytest.approx(100)


@given(weighed_levels, rhos, st.data())
def test_t_score_rises_when_a_goal_rises(pairs, rho, data):
    stand, weights = [level for level, _w in pairs], [w for _l, w in pairs]
    which = data.draw(st.integers(min_value=0, max_value=len(stand) - 1))
    assume(stand[which] < 2)
    better = [level + (place == which) for place, level in enumerate(stand)]

    assert t_score(better, weights, rho) > t_score(stand, weights, rho)


@given(weighed_levels, rhos, st.floats(min_value=0.001, max_value=1000))
def test_t_score_does_not_depend_on_the_scale_of_the_weights(pairs, rho, factor):
    stand, weights = [level for level, _w in pairs], [w for _l, w in pairs]
    assert t_score(stand, [w * factor for w in weights], rho) == pytest.approx(t_score(stand, weights, rho))


@given(weighed_levels, st.randoms())
def test_t_score_does_not_depend_on_the_order_of_the_goals(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    scores = [t_score([level for level, _w in each], [w for _l, w in each]) for each in (pairs, shuffled)]
    assert scores[0] == pytest.approx(scores[1])
