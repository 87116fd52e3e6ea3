"""The outcome definitions of NHS Talking Therapies, on eight courses and a few odd ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.talking_therapies import outcome, reliable_recovery_rate

pytestmark = pytest.mark.one_database

IMPROVED, WORSE, NEITHER = "improvement", "deterioration", "none"
COURSES = {
    "A": ((16, 8, 14, 6), (True, True, IMPROVED, True)),
    "B": ((9, 3, 7, 2), (False, None, IMPROVED, None)),
    "C": ((20, 14, 15, 11), (True, False, IMPROVED, False)),
    "D": ((20, 15, 15, 12), (True, False, NEITHER, False)),
    "E": ((12, 18, 10, 10), (True, False, WORSE, False)),
    "F": ((14, 9, 9, 8), (True, False, NEITHER, False)),
    "G": ((10, 4, 8, 7), (True, True, IMPROVED, True)),
    "H": ((15, 9, None, None), (None, None, "not assessable", None)),
    # Further: one up, one down; recovered by one point without reliable change; anxiety alone makes a case.
    "one up, one down": ((16, 8, 6, 12), (True, False, NEITHER, False)),
    "one point": ((10, 9, 7, 7), (True, True, NEITHER, False)),
    "anxiety alone": ((4, 4, 8, 4), (True, True, IMPROVED, True)),
}
phq = st.integers(min_value=0, max_value=27)
gad = st.integers(min_value=0, max_value=21)


@pytest.mark.parametrize("course", COURSES)
def test_outcome_of_the_worked_courses(course):
    scores, expected = COURSES[course]
    found = outcome(*scores)
    assert (found.case_at_start, found.recovered, found.change, found.reliable_recovery) == expected
    assert found.assessable is (None not in scores)


def test_course_that_was_no_case_is_excluded_and_one_not_assessable_is_not():
    assert outcome(9, 3, 7, 2).excluded is True
    assert outcome(16, 8, 14, 6).excluded is False
    assert outcome(15, 9, None, None).excluded is False


@pytest.mark.parametrize("absent", range(4))
def test_any_score_missing_makes_a_course_not_assessable(absent):
    scores = [16, 8, 14, 6]
    scores[absent] = None
    assert outcome(*scores).assessable is False


def test_rate_counts_only_courses_that_began_as_a_case():
    found = [outcome(*scores) for name, (scores, _expected) in COURSES.items() if len(name) == 1]
    # A and G of A, C, D, E, F, G.
    assert reliable_recovery_rate(found) == pytest.approx(2 / 6)


def test_rate_of_no_case_is_no_rate():
    assert reliable_recovery_rate([outcome(9, 3, 7, 2), outcome(None, 1, 1, 1)]) is None


def test_score_outside_the_form_is_refused():
    with pytest.raises(ValueError):
        outcome(28, 1, 1, 1)


@given(phq, phq, gad, gad)
def test_course_told_backwards_turns_its_change_round(phq_first, phq_last, gad_first, gad_last):
    other_way = {IMPROVED: WORSE, WORSE: IMPROVED, NEITHER: NEITHER}
    there = outcome(phq_first, phq_last, gad_first, gad_last)
    back = outcome(phq_last, phq_first, gad_last, gad_first)
    assert back.change == other_way[there.change]


@given(phq, phq, gad, gad)
def test_reliable_recovery_is_both_recovery_and_improvement(phq_first, phq_last, gad_first, gad_last):
    found = outcome(phq_first, phq_last, gad_first, gad_last)
    assert bool(found.reliable_recovery) is (bool(found.recovered) and found.change == IMPROVED)
