"""The on-track rules: the worked examples of the reference, and the odd cases. Bounds: PHQ-9 RC 6 and cut-off 10, GAD-7
RC 4 and 8 (NHS Talking Therapies), PSFS RC 2 (MDC90 of the mean), target 6.

Long, because each rule has its worked example, its bounds and what clears it."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.goals.tracking import measure_findings, track_summary
from alongside.goals.tracking_facts import (
    ALL_RULES,
    Bounds,
    DueFacts,
    JourneyFacts,
    Level,
    MeasureBounds,
    MeasureFacts,
    MeetingFacts,
    Score,
    with_occasions,
)
from alongside.goals.tracking_words import FIXED_LINE, LEVEL_WORDS, RULE_NAMES, said, title
from alongside.measures.catalogue import measure

pytestmark = pytest.mark.one_database

START = dt.date(2026, 1, 5)
ONLY_N1_TO_N4 = Bounds(off=frozenset({"N5", "N6", "N7", "N8", "N9"}))
TRACK, AMBER, RED = Level.ON_TRACK, Level.AMBER, Level.RED
NO_DATA, EARLY = Level.NO_DATA, Level.TOO_EARLY


def facts(key, *values, target=None):
    scores = tuple(Score(D(str(value)), START + dt.timedelta(weeks=n)) for n, value in enumerate(values))
    return MeasureFacts(measure=measure(key), scores=scores, target=None if target is None else D(target))


def journey(*measures, **more):
    return JourneyFacts(today=START + dt.timedelta(weeks=20), measures=measures, **more)


def rules(found):
    return [finding.rule for finding in found]


# number, measure, scores, target, then at which session: level and rules
VECTORS = [
    (1, "phq-9", (18, 17, 17, 16, 15), None, {2: (TRACK, []), 3: (TRACK, []), 4: (AMBER, ["N2"]), 5: (AMBER, ["N2"])}),
    (2, "phq-9", (18, 17, 17, 16, 15, 14), None, {6: (RED, ["N3"])}),
    (3, "phq-9", (18, 14, 12, 11), None, {4: (TRACK, [])}),
    (4, "phq-9", (12, 18), None, {2: (RED, ["N1"])}),
    (5, "phq-9", (12, 17), None, {2: (TRACK, [])}),
    (6, "phq-9", (18, 16, 14, 13), None, {4: (AMBER, ["N2"])}),
    (7, "phq-9", (12, 11, 10, 9), None, {4: (TRACK, [])}),
    (8, "phq-9", (8, 7, 8, 8), None, {4: (TRACK, [])}),
    (9, "phq-9", (21, 14, 10, 15), None, {4: (TRACK, [])}),
    (10, "phq-9", (21, 13, 12, 12, 19), None, {5: (AMBER, ["N2", "N4"])}),
    (11, "gad-7", (14, 12, 11, 10), None, {4: (TRACK, [])}),
    (12, "gad-7", (14, 12, 11, 11), None, {4: (AMBER, ["N2"])}),
    (13, "psfs", ("3.0", "3.3", "4.0", "4.3"), 6, {4: (AMBER, ["N2"])}),
    (14, "psfs", ("3.0", "3.3", "4.7", "5.0"), 6, {4: (TRACK, [])}),
]  # fmt: skip
CHANGES = {1: {4: -2, 5: -3}, 2: {6: -4}, 6: {4: -5}, 10: {5: -2}, 12: {4: -3}, 13: {4: D("1.3")}}


@pytest.mark.parametrize(("number", "key", "values", "target", "expected"), VECTORS)
def test_worked_examples(number, key, values, target, expected):
    assert track_summary(journey(facts(key, values[0], target=target)), ONLY_N1_TO_N4).level == EARLY
    for session, (level, ids) in expected.items():
        found = track_summary(journey(facts(key, *values[:session], target=target)), ONLY_N1_TO_N4)
        assert (found.level, sorted(rules(found.findings))) == (level, ids)
        for finding in found.findings:
            if finding.rule in ("N2", "N3"):
                assert finding.change == CHANGES[number][session]
                assert finding.session == session


@pytest.mark.parametrize(("number", "key", "values", "target", "expected"), VECTORS)
def test_direction_reversed_gives_the_mirrored_result(number, key, values, target, expected):
    given_facts = facts(key, *values, target=target)
    row = given_facts.measure
    mirror = MeasureBounds(
        reliable_change=row.reliable_change,
        mdc=row.mdc,
        case_cutoff=None if row.case_cutoff is None else -row.case_cutoff,
    )
    mirrored = replace(
        given_facts,
        measure=replace(row, direction="higher" if row.lower_is_better else "lower"),
        scores=tuple(replace(score, value=-score.value) for score in given_facts.scores),
        target=None if target is None else -D(target),
    )
    bounds = Bounds(measures={row.key: mirror})
    assert rules(measure_findings(mirrored, bounds)) == rules(measure_findings(given_facts))


def test_one_score_only_is_too_early_and_none_is_too():
    assert track_summary(journey(facts("phq-9", 18))).level == EARLY
    assert track_summary(journey(facts("phq-9"))).level == EARLY


def test_no_measure_chosen_is_no_data_and_never_on_track():
    assert track_summary(journey()).level == NO_DATA


def held(*weeks):
    return tuple(MeetingFacts(START + dt.timedelta(weeks=week), held=True) for week in weeks)


def test_two_held_meetings_without_a_score_are_no_data():
    found = track_summary(journey(facts("phq-9", 18, 12), meetings=held(0, 1, 2, 3)))
    assert (found.level, rules(found.findings)) == (NO_DATA, ["N8"])


def test_one_held_meeting_without_a_score_is_not_yet_no_data():
    assert track_summary(journey(facts("phq-9", 18, 12), meetings=held(0, 1, 2))).level == TRACK


def test_old_red_stays_red_and_no_data_is_listed():
    found = track_summary(journey(facts("phq-9", 12, 18), meetings=held(0, 1, 2, 3)))
    assert found.level == RED
    assert found.listed == (RED, NO_DATA)


def test_no_data_comes_before_too_early_and_on_track():
    silent, new, fine = facts("gad-7"), facts("pain-0-10", 3), facts("phq-9", 18, 11)
    meetings = held(-3, -2)
    found = track_summary(journey(silent, new, fine, meetings=meetings))
    assert [each.level for each in found.measures] == [NO_DATA, EARLY, TRACK]
    assert found.listed == (NO_DATA, EARLY)


def test_worse_and_not_better_are_two_findings_and_the_journey_is_red():
    found = track_summary(journey(facts("phq-9", 12, 13, 14, 18)), ONLY_N1_TO_N4)
    assert (rules(found.findings), found.level) == (["N1", "N2"], RED)


@pytest.mark.parametrize(
    ("values", "target", "expected"),
    [
        # PSFS, MDC90 of the mean 2: reliably better is no plateau.
        (("3.0", "3.3", "4.7", "5.0"), 6, []),
        (("3.0", "3.3", "3.4"), 6, ["N5"]),
        (("3.0", "3.3", "3.4"), 3, []),
        (("3.0", "3.3", "3.4"), None, ["N5"]),
        (("3.0", "3.3"), 6, []),
        (("3.0", "0.9", "3.0"), 6, []),
        (("3.0", "1.0", "3.0"), 6, ["N5"]),
    ],
)
def test_plateau_needs_an_mdc_and_an_unmet_target(values, target, expected):
    assert rules(measure_findings(facts("psfs", *values, target=target))) == expected


def test_plateau_is_off_for_a_measure_without_an_mdc():
    assert "N5" not in rules(measure_findings(facts("phq-9", 18, 17, 17)))


def test_measure_without_any_threshold_raises_nothing():
    assert measure_findings(facts("pain-0-10", 2, 9, 9, 9, 9, 9, 9)) == ()


def test_goal_attainment_counts_one_level():
    assert rules(measure_findings(facts("gas", -1, -2))) == ["N1"]
    assert rules(measure_findings(facts("gas", -2, 0, -1))) == ["N4"]


def test_no_score_is_ever_called_on_track_by_its_height_alone():
    # an outcome tool elsewhere takes the end of the scale for the aim, so that a falling measure is always achieved
    for values in ((24, 24, 24, 24), (10, 20, 26), (10, 10, 20, 26)):
        assert track_summary(journey(facts("phq-9", *values))).level in (AMBER, RED)


# --- which session it is: the baseline counts as 1 wherever it was taken, then each held meeting with a score -------


def occasions(days, held):
    scores = tuple(Score(D(5), START + dt.timedelta(days=day)) for day in days)
    found = with_occasions(scores, tuple(START + dt.timedelta(days=day) for day in held))
    return MeasureFacts(measure=measure("phq-9"), scores=found).session


@pytest.mark.parametrize(
    ("days", "held", "session"),
    [
        ((), (), 0),
        ((0, 7, 14), (), 3),
        ((0, 0, 0), (), 1),
        ((-3, 0, 7), (0, 7), 3),  # in preparation, then in two meetings
        ((0, 0, 7), (0, 7), 2),  # corrected within the first meeting
        ((0, 1, 2, 3, 4, 5, 6, 7), (0, 7), 2),  # every day between two meetings
        ((0, 8, 9), (0, 7), 2),  # filled in for the meeting to come
        ((0, 21), (0, 7, 14, 21), 2),
    ],
)
def test_session_counts_occasions_and_not_answers(days, held, session):
    assert occasions(days, held) == session


def test_answers_of_every_day_do_not_hurry_a_rule():
    daily = tuple(Score(D(18), START + dt.timedelta(days=day)) for day in range(7))
    meetings = (START, START + dt.timedelta(weeks=1))
    told = replace(facts("phq-9", 18), scores=with_occasions(daily, meetings))
    assert measure_findings(told) == ()
    assert rules(measure_findings(replace(told, scores=daily))) == ["N3"]


def test_form_filled_in_before_a_meeting_counts_for_it():
    filled = Score(D(18), START + dt.timedelta(days=6))  # the day before the second of three
    found = replace(facts("phq-9", 18), scores=(facts("phq-9", 18).scores[0], filled))
    assert rules(track_summary(journey(found, meetings=held(0, 1, 2))).findings) == []
    assert rules(track_summary(journey(found, meetings=held(0, 1, 2, 3))).findings) == ["N8"]


def due(**more):
    base = {"subject": "t", "name": "Walk", "due": None, "reached": False, "steps": 0, "steps_overdue": 0}
    return DueFacts(**(base | more))


TODAY = START + dt.timedelta(weeks=20)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("target", "holds"),
    [
        (due(), False),
        (due(due=YESTERDAY), True),
        (due(due=TODAY), False),
        (due(due=YESTERDAY, reached=True), False),
        (due(steps=4, steps_overdue=2), True),
        (due(steps=4, steps_overdue=1), False),
        (due(steps=1, steps_overdue=1), False),
    ],
)
def test_date_passed_or_half_the_steps_overdue(target, holds):
    found = track_summary(journey(facts("phq-9", 18, 11), dues=(target,)))
    assert rules(found.findings) == (["N6"] if holds else [])
    assert found.level == (AMBER if holds else TRACK)


def past(*outcomes):
    return tuple(
        MeetingFacts(START + dt.timedelta(weeks=n), held=outcome == "held")
        for n, outcome in enumerate(outcomes)
    )


@pytest.mark.parametrize(
    ("meetings", "booked", "every", "holds"),
    [
        (past("held", "missed", "missed"), True, None, True),
        (past("held", "missed"), True, None, False),
        (past("missed", "missed", "held"), True, None, False),
        (past("missed", "held", "missed"), True, None, False),
        (past("held"), False, 69, True),  # 140 days, more than twice 69
        (past("held"), False, 70, False),  # exactly twice
        (past("held"), True, 7, False),
        ((), False, 7, False),
    ],
)
def test_two_missed_in_a_row_or_too_long_with_nothing_booked(meetings, booked, every, holds):
    found = track_summary(
        JourneyFacts(today=TODAY, meetings=meetings, something_booked=booked, every_days=every),
        Bounds(off=frozenset({"N8"})),
    )
    assert rules(found.findings) == (["N7"] if holds else [])


def test_feedback_that_dropped_or_is_low_asks():
    found = track_summary(
        journey(
            feedback={"matters": 7, "plan": 5, "listened": 8}, feedback_before={"matters": 9, "listened": 9}
        )
    )
    asked = [finding for finding in found.findings if finding.rule == "N9"]
    assert [finding.subject for finding in asked] == ["matters", "plan"]
    assert {finding.level for finding in asked} == {AMBER}
    assert "7 of 10, 9 the time before." in said(asked[0]).numbers


def test_resting_journey_raises_nothing_but_the_safety_path():
    found = track_summary(
        journey(facts("phq-9", 12, 18), safety=(START,), is_resting=True, dues=(due(due=START),))
    )
    assert (found.findings, rules(found.safety)) == ((), ["N10"])


def test_safety_stands_outside_the_levels():
    found = track_summary(journey(facts("phq-9", 18, 11), safety=(START,)))
    assert found.level == TRACK
    assert [finding.rule for finding in found.safety] == ["N10"]
    assert "N10" not in rules(found.findings)


def test_thresholds_are_rows_that_a_service_may_change():
    stricter = Bounds(
        version="7", source="Ours", amber_at=3, measures={"phq-9": MeasureBounds(D(8), source="Us")}
    )
    found = measure_findings(facts("phq-9", 18, 17, 11), stricter)
    assert rules(found) == ["N2"]
    assert (found[0].threshold, found[0].source) == (8, "Us")


@pytest.mark.parametrize("rule", [rule for rule in ALL_RULES if rule != "N10"])
def test_any_rule_can_be_switched_off_but_the_safety_path(rule):
    everything = journey(
        facts("phq-9", 12, 18, 18, 18),
        facts("psfs", "3", "3", "3", target=6),
        dues=(due(due=START),),
        meetings=(*past("held", "missed", "missed"), *held(10, 11, 12), *past("missed")),
        feedback={"plan": 2},
        safety=(START,),
    )
    off = track_summary(everything, Bounds(off=frozenset({rule, "N10"})))
    assert rule not in rules(off.findings)
    assert rules(off.safety) == ["N10"]


def test_a_finding_says_its_rule_in_words_its_numbers_and_what_would_clear_it():
    words = said(track_summary(journey(facts("phq-9", 18, 17, 17, 16)), ONLY_N1_TO_N4).findings[0])
    assert (words.rule, words.title) == ("N2", "No reliable change yet by session 4")
    assert words.numbers == (
        "18 on 5 January 2026, 16 on 26 January 2026: a change of \N{MINUS SIGN}2 at session 4; less is better."
    )
    assert words.threshold == f"Threshold: 6 points. Source: {measure('phq-9').source} (version 1)."
    assert words.clears == "This goes away when the score drops by 6 or more from 18, or a score below 10."
    assert words.scores[-1] == ("26 January 2026", "16")
    assert str(FIXED_LINE) == "This is a prompt to review, not a diagnosis. You decide."


NO_ROOM = "It started at %s, so this measure has no room for a change of %s. "


@pytest.mark.parametrize(
    ("key", "values", "rule", "clears"),
    [
        ("phq-9", (12, 18), "N1", "This goes away with a score below 18."),
        ("psfs", (5, 3), "N1", "This goes away with a score above 3."),
        ("phq-9", (21, 13, 12, 12, 19), "N4", "This goes away with a score below 18."),
        ("gas", (-2, 1, 0), "N4", "This goes away with a score above 0."),
        ("psfs", (9, 9, 9, 9), "N2", NO_ROOM % (9, 2) + "With a goal set, this could go away."),
        ("phq-9", (4, 11, 11, 11), "N2", NO_ROOM % (4, 6) + "This goes away with a score below 10."),
    ],
)  # fmt: skip
def test_what_clears_it_really_does(key, values, rule, clears):
    (found,) = [each for each in measure_findings(facts(key, *values)) if each.rule == rule]
    assert said(found).clears == clears


def test_getting_worse_is_said_with_its_sign():
    assert title(measure_findings(facts("phq-9", 12, 18))[0]) == "May be getting worse: +6 since the start"


def test_without_cut_off_and_target_it_says_that_no_target_is_set():
    found = measure_findings(facts("psfs", 2, 2, 2, 3))
    assert rules(found)[0] == "N2"
    assert said(found[0]).clears == "This goes away when the score rises by 2 or more from 2. No goal set."


@pytest.mark.parametrize(
    ("key", "values"), [("rating-0-10", (2, 2, 2, 3, 3, 3)), ("gas", (-1, -1, -1, -1, -1, -1))]
)
def test_goals_are_not_asked_for_reliable_change_by_a_session(key, values):
    assert {"N2", "N3"}.isdisjoint(rules(measure_findings(facts(key, *values))))


def test_goal_rating_that_lost_what_it_had_won_is_found():
    # Edbrooke-Childs et al. 2015: 3 points of a goal rating.
    assert rules(measure_findings(facts("rating-0-10", 2, 6, 3))) == ["N4"]
    assert rules(measure_findings(facts("rating-0-10", 5, 2))) == ["N1"]


@pytest.mark.parametrize(("key", "best"), [("psfs", 10), ("gas", 2)])
def test_who_is_at_the_very_best_does_not_stand_still(key, best):
    assert measure_findings(facts(key, *[best] * 8)) == ()


def test_falling_scale_at_its_highest_is_not_at_its_best():
    assert rules(measure_findings(facts("phq-9", *[27] * 6))) == ["N3"]


FORBIDDEN = (
    "fail",
    "non-responder",
    "deteriorating patient",
    "no progress",
    "cured",
    "recovered",
    "bad score",
)
values = st.lists(st.integers(0, 27), min_size=2, max_size=9)


@given(values, st.none() | st.integers(0, 27))
def test_whatever_is_found_says_its_numbers_and_never_judges(drawn, target):
    for finding in measure_findings(facts("phq-9", *drawn, target=target)):
        words = said(finding)
        text = " ".join((words.title, words.numbers, words.threshold, words.clears, words.level)).lower()
        assert all(bad not in text for bad in FORBIDDEN)
        assert words.rule == finding.rule and str(RULE_NAMES[finding.rule])
        assert not re.search(r"\bn\d+\b", text), "people read what a rule is called; ids stand in exports"
        assert str(drawn[0]) in words.numbers and str(drawn[-1]) in words.numbers
        assert words.level == str(LEVEL_WORDS[finding.level]) and words.shape and words.clears


@given(values)
def test_worse_by_the_reliable_change_is_never_on_track(drawn):
    found = track_summary(journey(facts("phq-9", *drawn)))
    if drawn[-1] - drawn[0] >= 6:
        assert found.level == RED


# --- on track only where a rule could have spoken ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values", "target", "bounds", "level"),
    [
        ("pain-0-10", (6, 6, 7, 6, 6, 6), 3, Bounds(), Level.NO_RULE),
        ("count", (4, 4, 4), 1, Bounds(), Level.NO_RULE),
        ("pain-0-10", (6,), 3, Bounds(), Level.TOO_EARLY),
        ("gad-7", (6, 6, 6), None, Bounds(), Level.ON_TRACK),
        ("gad-7", (6, 6, 6), None, Bounds(off=frozenset({"N1", "N2", "N3", "N4"})), Level.NO_RULE),
        ("psfs", (6, 7, 7), 6, Bounds(off=frozenset({"N1", "N2", "N3", "N4"})), Level.ON_TRACK),
    ],
)
def test_on_track_is_said_only_where_a_rule_could_have_spoken(key, values, target, bounds, level):
    day = dt.date(2026, 1, 5)
    scores = tuple(Score(D(value), day + dt.timedelta(days=7 * n)) for n, value in enumerate(values))
    target = None if target is None else D(target)
    facts = JourneyFacts(today=day, measures=(MeasureFacts(measure(key), scores, target),))
    found = track_summary(facts, bounds)
    assert found.measures[0].level == level
    assert found.level == level


@pytest.mark.parametrize(
    ("steps", "late", "raised"), [(1, 1, False), (2, 1, False), (2, 2, True), (4, 2, True), (5, 2, False)]
)
def test_one_late_step_is_no_pattern(steps, late, raised):
    day = dt.date(2026, 1, 5)
    due = DueFacts("t", "A target", None, False, steps, late, day - dt.timedelta(days=3))
    found = track_summary(JourneyFacts(today=day, dues=(due,)))
    assert ("N6" in {finding.rule for finding in found.findings}) is raised
