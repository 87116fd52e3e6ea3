"""Which findings speak: repeats are held back until something new is known (tracking.md, section 7)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D

import pytest

from alongside.goals.alerts import Answered, alerts_of, past_runs
from alongside.goals.tracking import track_summary
from alongside.goals.tracking_facts import (
    SHIPPED,
    Bounds,
    DueFacts,
    JourneyFacts,
    MeasureFacts,
    MeetingFacts,
    Score,
)
from alongside.measures.catalogue import measure

pytestmark = pytest.mark.one_database

START = dt.date(2026, 1, 5)
TODAY = START + dt.timedelta(weeks=20)


def week(number):
    return START + dt.timedelta(weeks=number)


def phq(*values):
    scores = tuple(Score(D(value), week(n), f"reading-{n}") for n, value in enumerate(values))
    return MeasureFacts(measure("phq-9"), scores, subject="mood")


def journey(*measures, **more):
    return JourneyFacts(today=TODAY, measures=measures, **more)


def alerts(facts, answered=(), bounds=SHIPPED):
    return alerts_of(track_summary(facts, bounds), facts, answered, bounds)


def spoken(facts, answered=(), bounds=SHIPPED):
    return [alert.finding.rule for alert in alerts(facts, answered, bounds) if alert.speaks]


def answer(alert, review_on=None, closes=False):
    finding = alert.finding
    beside = frozenset(alert.beside)
    return Answered(
        finding.rule, finding.subject, int(finding.level), alert.rests_on, beside, review_on, closes
    )


def answered(facts, **how):
    return [answer(alert, **how) for alert in alerts(facts)]


def meetings(*outcomes):
    return tuple(MeetingFacts(week(n), held=one == "held") for n, one in enumerate(outcomes))


def test_answered_finding_is_quiet_and_stays_so_with_a_new_score_of_the_same():
    before = journey(phq(18, 17, 17, 16))
    assert spoken(before) == ["N2"]
    assert spoken(before, answered(before)) == []
    assert spoken(journey(phq(18, 17, 17, 16, 16)), answered(before)) == []


def test_level_that_rises_speaks():
    before = journey(phq(18, 17, 17, 16, 16))
    assert spoken(journey(phq(18, 17, 17, 16, 16, 16)), answered(before)) == ["N3"]


def test_other_rule_that_starts_to_hold_lets_both_speak():
    before = journey(phq(12, 13, 14, 15))
    assert spoken(before, answered(before)) == []
    assert spoken(journey(phq(12, 13, 14, 15, 18)), answered(before)) == ["N1", "N2"]


def test_review_date_speaks_when_it_has_come_unless_it_was_closed():
    before = journey(phq(18, 17, 17, 16))
    assert spoken(before, answered(before, review_on=TODAY)) == ["N2"]
    assert spoken(before, answered(before, review_on=TODAY + dt.timedelta(days=1))) == []
    assert spoken(before, answered(before, review_on=TODAY, closes=True)) == []


def test_rule_that_stopped_and_holds_again_is_a_new_finding():
    before = journey(phq(18, 17, 17, 16))
    assert spoken(journey(phq(18, 17, 17, 16, 9, 17)), answered(before)) == ["N3", "N4"]
    once = Bounds(red_at=50)
    assert spoken(journey(phq(18, 17, 17, 16, 9, 17)), answered(before), once) == ["N2", "N4"]


def test_answer_that_rested_on_a_score_taken_back_no_longer_holds_it_quiet():
    before = journey(phq(18, 17, 17, 16))
    corrected = replace(before.measures[0].scores[-1], value=D(17), fact_key="corrected")
    facts = replace(before.measures[0], scores=(*before.measures[0].scores[:-1], corrected))
    assert spoken(journey(facts), answered(before)) == ["N2"]


def test_thresholds_set_anew_while_an_answer_is_kept_let_the_new_rule_speak():
    before = journey(phq(18, 17, 17, 16))
    stricter = Bounds(version="service 2", red_at=4, amber_at=3)
    assert spoken(before, answered(before), stricter) == ["N3"]


def test_two_missed_are_answered_once_and_two_missed_again_are_new():
    before = journey(meetings=meetings("held", "missed", "missed"))
    assert "N7" in spoken(before)
    kept = answered(before)
    assert "N7" not in spoken(journey(meetings=meetings("held", "missed", "missed", "missed")), kept)
    again = meetings("held", "missed", "missed", "held", "missed", "missed")
    assert "N7" in spoken(journey(meetings=again), kept)


def test_silence_is_answered_once_until_there_was_a_score():
    silent = journey(phq(18, 12), meetings=meetings("held", "held", "held", "held"))
    kept = answered(silent)
    assert spoken(silent) == ["N8"]
    longer = journey(phq(18, 12), meetings=meetings(*["held"] * 6))
    assert spoken(longer, kept) == []
    scored = phq(18, 12, 12)
    assert spoken(journey(scored, meetings=meetings(*["held"] * 6)), kept) == ["N8"]


def test_same_answers_after_another_meeting_ask_again():
    first = journey(feedback={"listened": 4}, feedback_on=week(1))
    second = journey(feedback={"listened": 4}, feedback_before={"listened": 4}, feedback_on=week(2))
    kept = answered(first)
    assert "N9" not in spoken(first, kept)
    assert "N9" in spoken(second, kept)


def test_target_given_another_date_that_passes_speaks_again():
    def facts(due):
        return journey(dues=(DueFacts("walk", "Walk", due, False, 0, 0),))

    kept = answered(facts(week(10)))
    assert "N6" not in spoken(facts(week(10)), kept)
    assert "N6" in spoken(facts(week(12)), kept)


def test_another_step_that_becomes_overdue_speaks_again_and_one_done_does_not():
    def facts(steps_overdue, since):
        return journey(dues=(DueFacts("walk", "Walk", None, False, 4, steps_overdue, since),))

    kept = answered(facts(3, week(10)))
    assert "N6" not in spoken(facts(2, week(10)), kept)
    assert "N6" in spoken(facts(4, week(12)), kept)


# --- what held before: it follows from the scores ---------------------------------------------------------------


def shown(now, was=None, bounds=SHIPPED):
    found = past_runs(now, was or now, bounds)
    return [(run.rule, run.since.value, run.cleared and run.cleared.value, run.corrected) for run in found]


def test_run_that_ended_is_told_with_the_scores_it_began_and_ended_with():
    assert shown(phq(18, 17, 17, 16, 9)) == [("N2", 16, 9, False)]
    assert shown(phq(18, 17, 17, 16)) == []


def test_rule_that_held_twice_is_told_twice():
    only_n1 = Bounds(amber_at=50, red_at=51)
    assert shown(phq(10, 16, 10, 16, 10), bounds=only_n1) == [("N1", 16, 10, False)] * 2


def test_run_that_rested_on_a_score_taken_back_says_so():
    was = phq(12, 18)
    now = replace(was, scores=was.scores[:1])
    assert shown(now, was) == [("N1", 18, None, True)]
    assert shown(was, was) == []


def test_nothing_is_told_without_scores():
    assert shown(phq()) == []
