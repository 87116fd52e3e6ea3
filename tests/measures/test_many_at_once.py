"""Many at once and one by one: the same function in two forms has the same results, on any input."""

import json
from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.catalogue import MEASURES, measure
from alongside.measures.change import Changes, classify, classify_many
from alongside.measures.gas import t_score, t_scores
from alongside.measures.questionnaires import INSTRUMENTS, score, score_many
from alongside.measures.thresholds import ImportanceRule, Thresholds
from bench.scoring import scoring_figures

pytestmark = pytest.mark.one_database

bound = st.none() | st.decimals(min_value=0, max_value=9, places=2)
rules = st.none() | st.builds(
    ImportanceRule,
    minimal_points=bound,
    minimal_share=st.none() | st.decimals(min_value=0, max_value=1, places=2),
    important_points=bound,
    important_share=st.none() | st.decimals(min_value=0, max_value=1, places=2),
)
thresholds = st.none() | st.builds(
    Thresholds, version=st.just("1"), source=st.just("s"), reliable_change=bound, mdc=bound, importance=rules
)
values = st.decimals(min_value=-2, max_value=27, places=2) | st.integers(0, 27).map(D)
pairs = st.lists(st.tuples(values, values), min_size=1, max_size=20)


@given(st.sampled_from(sorted(MEASURES)), pairs, thresholds)
def test_many_changes_read_like_each_alone(key, drawn, bounds):
    firsts, latests = ([float(value) for value in column] for column in zip(*drawn, strict=True))

    many = classify_many(key, firsts, latests, bounds)

    for place, (first, latest) in enumerate(drawn):
        alone = classify(key, first, latest, bounds)
        assert Changes.LABELS[int(many.label[place])] == alone.label
        assert (None if many.reliable is None else bool(many.reliable[place])) == alone.reliable
        importance = None if many.importance is None else Changes.IMPORTANCES[int(many.importance[place])]
        assert importance == alone.importance
        assert many.thresholds == alone.thresholds


def test_a_bound_is_met_exactly_though_floats_fall_short():
    assert 3.3 - 1.3 < 2
    assert bool(classify_many("psfs", [1.3], [3.3]).reliable[0]) is True
    lower = replace(measure("psfs"), direction="lower")
    assert int(classify_many(lower, [3.3], [1.3]).label[0]) == 1


@pytest.mark.parametrize(("first", "latest"), [([1, 2], [1]), ([np.nan], [1]), ([1], [np.inf])])
def test_what_is_no_pair_of_numbers_is_refused(first, latest):
    with pytest.raises(ValueError):
        classify_many("phq-9", first, latest)


def forms(key):
    highest = [max(answer.score for answer in item.answers) for item in INSTRUMENTS[key].items]
    row = st.tuples(*[st.integers(min_value=-1, max_value=each) for each in highest])
    return st.tuples(st.just(key), st.lists(row, min_size=1, max_size=12))


@given(st.sampled_from(sorted(INSTRUMENTS)).flatmap(forms))
def test_many_forms_score_like_each_alone(drawn):
    key, rows = drawn
    many = score_many(key, np.array(rows, dtype=np.int8))
    for place, row in enumerate(rows):
        alone = score(key, [None if answer < 0 else answer for answer in row])
        total = int(many.total[place])
        assert (None if total < 0 else total) == alone.total
        band = int(many.band[place])
        assert (None if band < 0 else INSTRUMENTS[key].bands[band]) == alone.band
        assert (bool(many.complete[place]), bool(many.safety[place])) == (alone.complete, alone.safety)


@pytest.mark.parametrize("rows", [[[4] * 9], [[-2] * 9], [[0.5] * 9], [[0] * 11], [0, 1]])
def test_answers_the_form_does_not_offer_are_refused(rows):
    with pytest.raises(ValueError):
        score_many("phq-9", rows)


def test_rows_that_end_before_the_form_have_no_total():
    found = score_many("phq-9", [[3] * 8])
    assert (found.total.tolist(), found.band.tolist(), found.safety.tolist()) == ([-1], [-1], [False])


def people(count):
    level = st.none() | st.integers(-2, 2)
    row = st.lists(level, min_size=count, max_size=count)
    weights = st.lists(st.integers(0, 9), min_size=count, max_size=count)
    many = st.lists(row, min_size=1, max_size=8)
    return st.one_of(
        st.tuples(many, st.none() | weights),
        many.flatmap(
            lambda rows: st.tuples(st.just(rows), st.lists(weights, min_size=len(rows), max_size=len(rows)))
        ),
    )


@given(st.integers(1, 6).flatmap(people), st.floats(min_value=0, max_value=0.95))
def test_many_t_scores_are_those_of_each_alone(drawn, rho):
    rows, weights = drawn
    levels = np.array([[np.nan if level is None else level for level in row] for row in rows], dtype=float)

    many = t_scores(levels, weights, rho)

    for place, row in enumerate(rows):
        own = weights[place] if weights and isinstance(weights[0], list) else weights
        alone = t_score(row, own, rho)
        found = float(many[place])
        assert (found != found) if alone is None else found == pytest.approx(alone, abs=1e-9)


@pytest.mark.parametrize(
    ("levels", "weights", "rho"),
    [
        ([[3.0]], None, 0.3),
        ([[0.5]], None, 0.3),
        ([[1.0]], [-1.0], 0.3),
        ([[1.0]], None, 1.0),
        ([[1.0]], [1.0, 1.0], 0.3),
    ],
)
def test_t_scores_refuse_what_t_score_refuses(levels, weights, rho):
    with pytest.raises(ValueError):
        t_scores(levels, weights, rho)
    with pytest.raises(ValueError):
        t_score(levels[0], weights, rho)


def test_half_points_are_taken_where_they_are_chosen():
    assert t_scores([[-0.5]], half_points=True).tolist() == [t_score([-0.5], half_points=True)]


def test_the_bench_measures_what_it_says():
    # small, so that it only proves that both passes compute the same and that the figures have their form
    figures = scoring_figures(readings=4_000, blocks=1)
    assert set(figures["parts"]) == {"questionnaires", "changes", "attainment"}
    assert figures["ratio_to_floor"] == max(one["ratio_to_floor"] for one in figures["parts"].values())
    assert json.loads(json.dumps(figures)) == figures
