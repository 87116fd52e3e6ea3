"""The promise: no figure is wrong.

What holds for every figure, worked examples from the literature, the single form and the form for many, and from end to
end: what a page says is what the function gives.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D
from html import unescape

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.goals.actions import Wording, propose_need, propose_target, take_reading
from alongside.goals.measuring.actions import set_bounds
from alongside.goals.models import Reading, TargetStateRecord
from alongside.goals.states import TargetState
from alongside.goals.tracking import measure_findings, track_summary
from alongside.goals.tracking_facts import JourneyFacts, Level, MeasureFacts, Score
from alongside.goals.tracking_words import said
from alongside.measures import gas
from alongside.measures.catalogue import MEASURES, measure
from alongside.measures.change import Changes, classify, classify_many, reliable_change_index
from alongside.measures.charts import Point, Series, sentence, table
from alongside.measures.numbers import plain
from alongside.measures.questionnaires import INSTRUMENTS, score, score_many
from alongside.measures.talking_therapies import outcome

START = dt.date(2026, 1, 5)
FALLING = sorted(key for key, row in MEASURES.items() if row.lower_is_better)
levels = st.lists(st.integers(-2, 2), min_size=1, max_size=8)


def weighed(size=8):
    return st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 9)), min_size=1, max_size=size)


def values_of(key):
    row = measure(key)
    return st.integers(int(row.min), int(row.max))


# --- goal attainment ----------------------------------------------------------------------------------------------


@given(weighed())
def test_t_score_is_symmetric_about_50(goals):
    there = gas.t_score([x for x, _w in goals], [w for _x, w in goals])
    back = gas.t_score([-x for x, _w in goals], [w for _x, w in goals])
    assert there + back == pytest.approx(100)


@given(weighed(), st.integers(0, 7))
def test_t_score_rises_with_every_level(goals, place):
    place %= len(goals)
    x, w = goals[place]
    higher = [*goals[:place], (x + 1, w), *goals[place + 1 :]] if x < 2 else None
    if higher:
        assert gas.t_score(*zip(*higher, strict=True)) > gas.t_score(*zip(*goals, strict=True))


@given(weighed(), st.sampled_from([0.001, 0.5, 3, 1e6]))
def test_t_score_knows_only_the_ratios_of_weights(goals, scale):
    stand, weights = zip(*goals, strict=True)
    assert gas.t_score(stand, [w * scale for w in weights]) == pytest.approx(gas.t_score(stand, weights))


@given(levels, st.lists(st.none(), max_size=4))
def test_what_is_not_rated_is_left_out_and_never_0(stand, unrated):
    assert gas.t_score([*stand, *unrated]) == pytest.approx(gas.t_score(stand))


# Turner-Stokes 2009 with its erratum, and Kiresuk & Sherman 1968.
@pytest.mark.parametrize(
    ("stand", "weights", "rho", "figure"),
    [
        ([0, 0], [6, 6], 0.3, 50),
        ([1, 0], [6, 6], 0.3, 56.2017367),
        ([1, 1], None, 0.3, 62.4034735),
        ([1, 1], None, 0, 64.1421356),
        ([-2] * 3, None, 0.3, 22.61),
        ([2] * 8, None, 0.3, 82.13),
    ],
)
def test_t_scores_of_the_literature(stand, weights, rho, figure):
    assert gas.t_score(stand, weights, rho) == pytest.approx(figure, abs=0.005)


# --- change -------------------------------------------------------------------------------------------------------

OTHER_WAY = {"improvement": "deterioration", "deterioration": "improvement", "none": "none"}
# A share of the baseline is another number read backwards, so only these are the same both ways.
SAME_BOTH_WAYS = sorted(
    key
    for key, row in MEASURES.items()
    if row.mcid is None or (row.mcid.minimal_share is None and row.mcid.important_share is None)
)


@given(
    st.sampled_from(SAME_BOTH_WAYS).flatmap(
        lambda key: st.tuples(st.just(key), values_of(key), values_of(key))
    )
)
def test_change_told_backwards_is_the_opposite(drawn):
    key, first, latest = drawn
    there, back = classify(key, first, latest), classify(key, latest, first)
    assert back.label == OTHER_WAY[there.label]
    assert (back.reliable, back.importance, back.change) == (there.reliable, there.importance, -there.change)


@given(
    st.sampled_from(sorted(MEASURES)).flatmap(
        lambda key: st.tuples(st.just(key), values_of(key), values_of(key))
    )
)
def test_reliability_is_the_same_both_ways_for_every_measure(drawn):
    key, first, latest = drawn
    assert classify(key, first, latest).reliable == classify(key, latest, first).reliable


@given(
    st.sampled_from(sorted(MEASURES)).flatmap(
        lambda key: st.tuples(st.just(key), values_of(key), values_of(key))
    )
)
def test_many_read_like_one(drawn):
    key, first, latest = drawn
    many, one = classify_many(key, [first], [latest]), classify(key, first, latest)
    assert Changes.LABELS[int(many.label[0])] == one.label


# NHS Talking Therapies; Salaffi et al. 2004 and Farrar et al. 2001; Abbott & Schmitt 2014; Jacobson & Truax 1991.
@pytest.mark.parametrize(
    ("key", "first", "latest", "verdict"),
    [
        ("phq-9", 20, 14, ("improvement", True)),
        ("phq-9", 20, 15, ("improvement", False)),
        ("phq-9", 12, 18, ("deterioration", True)),
        ("gad-7", 15, 11, ("improvement", True)),
        ("gad-7", 8, 7, ("none", False)),
        ("pain-0-10", 6, 4, ("improvement", None)),
        ("psfs", "3.0", "5.0", ("improvement", True)),
    ],
)
def test_verdicts_of_the_literature(key, first, latest, verdict):
    found = classify(key, first, latest)
    assert (found.label, found.reliable) == verdict


def test_reliable_change_index_of_the_literature():
    assert reliable_change_index(32.5, 47.5, 7.5, 0.80) == pytest.approx(3.1623, abs=5e-5)


def test_outcomes_of_a_course_say_what_they_are():
    assert (outcome(16, 8, 14, 6).change, outcome(20, 15, 15, 12).change) == ("improvement", "none")
    assert (outcome(12, 18, 10, 10).change, outcome(15, 9, None, None).change) == (
        "deterioration",
        "not assessable",
    )


# --- the half-known trap: a falling measure whose every score reads as achieved -----------------------------------


def facts(key, *scores, target=None):
    marks = tuple(Score(D(value), START + dt.timedelta(weeks=n), str(n)) for n, value in enumerate(scores))
    return MeasureFacts(measure(key), marks, target)


@pytest.mark.parametrize("key", FALLING)
def test_the_end_of_a_falling_scale_is_never_its_aim(key):
    row = measure(key)
    for value in range(int(row.min), int(row.max) + 1):
        good = row.case_cutoff is not None and value < row.case_cutoff
        assert row.has_reached(D(value)) is good, f"{key} {value}"


@pytest.mark.parametrize("key", FALLING)
def test_falling_measure_reaches_an_aim_from_above_only(key):
    row = measure(key)
    for value in range(int(row.min), int(row.max) + 1):
        for aim in range(int(row.min), int(row.max) + 1):
            assert row.has_reached(D(value), D(aim)) is (value <= aim)


@given(st.sampled_from(FALLING).flatmap(lambda key: st.tuples(st.just(key), values_of(key), values_of(key))))
def test_falling_measure_that_rose_is_never_better(drawn):
    key, first, latest = drawn
    if latest >= first:
        assert classify(key, first, latest).label != "improvement"
        words = " ".join(said(each).title for each in measure_findings(facts(key, first, latest)))
        assert "achieved" not in words and "better" not in words


@given(st.integers(0, 27), st.integers(0, 27), st.integers(0, 27))
def test_high_phq_is_on_track_only_when_it_fell(first, between, latest):
    level = track_summary(
        JourneyFacts(today=START, measures=(facts("phq-9", first, between, between, latest),))
    ).level
    if latest >= 10 and first - latest < 6:
        assert level in (Level.AMBER, Level.RED)


def test_no_data_is_never_on_track():
    assert track_summary(JourneyFacts(today=START)).level == Level.NO_DATA
    for scores in ((), (3,)):
        assert (
            track_summary(JourneyFacts(today=START, measures=(facts("phq-9", *scores),))).level
            != Level.ON_TRACK
        )


# --- questionnaires -----------------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(INSTRUMENTS)), st.data())
def test_total_is_the_sum_of_what_is_scored_or_there_is_none(key, data):
    form = INSTRUMENTS[key]
    given_answers = [data.draw(st.none() | st.integers(0, 3)) for _item in form.items]
    found = score(key, given_answers)
    scored = [given_answers[item.number - 1] for item in form.scored_items]
    assert found.total == (None if None in scored else sum(scored))
    assert (found.band is None) is (found.total is None)
    many = score_many(key, np.array([[-1 if each is None else each for each in given_answers]]))
    assert int(many.total[0]) == (-1 if found.total is None else found.total)


# --- from end to end: the page says what the function gives -------------------------------------------------------


@pytest.fixture
def measured(cast):
    """A journey with one target, and a way to read its value week by week."""
    journey = cast.journey("treatment")
    guide = cast.seat(cast.guide, journey)

    def begin(key, first, *values, aim=None):
        need = propose_need(statement="To rest", by=guide)
        wording = Wording("To sleep", key, baseline=D(first), aim=None if aim is None else D(aim))
        target = propose_target(need=need, wording=wording, by=guide)
        TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, by=guide.actor)
        Reading.objects.filter(target=target).update(taken_on=START)
        for week, value in enumerate(values, start=1):
            take_reading(target=target, value=D(value), taken_on=START + dt.timedelta(weeks=week), by=guide)
        return journey, target

    return begin


@pytest.mark.parametrize(
    ("key", "values", "aim"),
    [
        ("phq-9", (18, 14, 9), 5),
        ("pain-0-10", (8, 6), 3),
        ("psfs", ("3.0", "5.5"), 6),
        ("gas", (-2, 0), 0),
        ("count", (1, 120), 5),
    ],
)
def test_pages_say_what_the_functions_give(cast, measured, key, values, aim):
    journey, target = measured(key, *values, aim=aim)
    points = tuple(Point(START + dt.timedelta(weeks=n), D(value)) for n, value in enumerate(values))
    series = Series(measure(key), points, D(aim))
    for path in (
        reverse("goals:lines", args=[journey.id]),
        reverse("first_meeting:target", args=[journey.id, target.id]),
    ):
        page = unescape(cast.client(cast.participant).get(path).content.decode())
        assert sentence(series) in page
        for row in table(series):
            assert f"<td>{row.when}</td><td>{row.value}</td>" in page


def test_finding_on_the_page_is_the_finding_of_the_function(cast, measured):
    journey, _target = measured("phq-9", 12, 18)
    page = unescape(
        cast.client(cast.guide).get(reverse("goals:on_track", args=[journey.id])).content.decode()
    )
    (finding,) = measure_findings(facts("phq-9", 12, 18))
    words = said(finding)
    for text in (words.title, words.numbers, words.threshold, words.clears, words.level):
        assert text in page


def test_form_handed_in_shows_the_total_of_the_function(cast, measured):
    journey, _target = measured("gad-7", 10)
    given_answers = [1, 2, 3, 0, 1, 2, 3]
    found = score("gad-7", given_answers)
    sent = cast.client(cast.participant).post(
        reverse("goals:form", args=[journey.id, "gad-7"]),
        {f"q{number}": answer for number, answer in enumerate(given_answers, start=1)} | {"hand_in": "1"},
        follow=True,
    )
    assert f"{found.total} points, {found.band}." in sent.content.decode()


def test_line_and_finding_go_by_the_same_thresholds_of_a_service(cast, measured):
    numbers = {"measures": {"phq-9": {"reliable_change": "2", "mdc": None, "case_cutoff": "12"}}}
    set_bounds(numbers=numbers, source="Our audit", known_version=0, by=cast.lead)
    journey, _target = measured("phq-9", 12, 14)
    line = unescape(
        cast.client(cast.participant).get(reverse("goals:lines", args=[journey.id])).content.decode()
    )
    found = unescape(
        cast.client(cast.guide).get(reverse("goals:on_track", args=[journey.id])).content.decode()
    )
    assert "May be getting worse: +2 since the start." in line and "The cut-off is at 12." in line
    assert "A change of 2 or more from the start is reliable" in line
    assert "Threshold: 2 points. Source: Our audit (version service 1)." in found


def test_goals_taken_together_show_the_t_score_of_the_function(cast):
    journey = cast.journey("treatment")
    guide = cast.seat(cast.guide, journey)
    need = propose_need(statement="Rest", by=guide)
    goals = [(-1, 1, 3, 2), (-2, 0, 1, 3), (-1, -1, 2, 2)]
    for first, latest, importance, difficulty in goals:
        facts = {"importance": importance, "difficulty": difficulty, "baseline": D(first)}
        wording = Wording("A goal", "gas", levels=("", "", "So", "", ""), aim=D(0), **facts)
        target = propose_target(need=need, wording=wording, by=guide)
        TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, by=guide.actor)
        Reading.objects.filter(target=target).update(taken_on=START)
        take_reading(target=target, value=D(latest), by=guide)
    weights = [one[2] * one[3] for one in goals]
    then, now = (gas.t_score([one[place] for one in goals], weights) for place in (0, 1))
    page = unescape(
        cast.client(cast.participant).get(reverse("goals:lines", args=[journey.id])).content.decode()
    )
    assert f"T-score {plain(D(str(then)), 1)} at the start and {plain(D(str(now)), 1)} now" in page


@given(st.lists(st.integers(-2, 2), min_size=1, max_size=8), st.sampled_from([0, 0.3, 0.5]))
def test_t_scores_of_many_are_those_of_one(stand, rho):
    many = gas.t_scores(np.array([stand, stand], dtype=float), rho=rho)
    assert many.tolist() == pytest.approx([gas.t_score(stand, None, rho)] * 2)


def test_reading_keeps_the_version_of_the_measure_it_was_made_with(measured, monkeypatch):
    monkeypatch.setitem(MEASURES, "phq-9", replace(measure("phq-9"), version="2"))
    _journey, target = measured("phq-9", 12, 18)
    assert set(Reading.objects.filter(target=target).values_list("measure_version", flat=True)) == {"2"}
