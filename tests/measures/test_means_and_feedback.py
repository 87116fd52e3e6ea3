"""Chosen activities (PSFS), goal ratings, and the four questions after a meeting."""

from decimal import Decimal as D

import pytest

from alongside.measures.means import compare, mean
from alongside.measures.meeting_feedback import QUESTIONS, ask_about

pytestmark = pytest.mark.one_database


def test_mean_of_the_worked_example():
    # Scored as in Stratford et al. 1995: the mean of the rated activities.
    assert mean({"stairs": 3, "sitting": 4, "sleep": 2}) == D("3.0")
    assert mean({"stairs": 6, "sitting": 5, "sleep": 4}) == D("5.0")
    assert mean({"stairs": 2}) == D("2.0")


def test_change_of_the_worked_example_meets_the_mean_threshold():
    found = compare({"stairs": 3, "sitting": 4, "sleep": 2}, {"stairs": 6, "sitting": 5, "sleep": 4})
    assert (found.change.change, found.change.reliable, found.left_out) == (2, True, ())


def test_dropped_activity_is_left_out_of_both_sides_and_named():
    found = compare({"stairs": 3, "sitting": 9}, {"stairs": 6, "sleep": 4, "sitting": None})
    assert (found.first, found.latest, found.used) == (3, 6, ("stairs",))
    assert found.left_out == ("sitting", "sleep")


def test_nothing_in_common_gives_no_change():
    found = compare({"stairs": 3}, {"sleep": 4})
    assert (found.first, found.latest, found.change) == (None, None, None)
    assert found.left_out == ("stairs", "sleep")


def test_mean_leaves_out_what_is_not_rated_and_never_takes_it_as_0():
    assert mean({"one": 4, "two": None}) == 4
    assert mean({"one": None}) is None
    assert mean({}) is None


def test_goal_ratings_have_their_own_mean_and_threshold():
    found = compare({"sleep": 2, "work": 3}, {"sleep": 5, "work": 6}, "rating-0-10")
    assert (found.first, found.latest, found.change.reliable) == (D("2.5"), D("5.5"), True)


def test_mean_is_compared_unrounded():
    found = compare({"a": 1, "b": 1, "c": 1}, {"a": 3, "b": 3, "c": 2})
    assert found.change.reliable is False


def test_rating_out_of_range_is_refused():
    with pytest.raises(ValueError):
        mean({"stairs": 11})


def test_at_most_five_activities_are_taken():
    five = dict.fromkeys("abcde", 5)
    assert mean(five) == 5
    with pytest.raises(ValueError, match="at most 5"):
        mean(five | {"f": 5})
    assert mean(five | {"f": 5}, "rating-0-10") == 5


# A drop of 2 or more since the last answer, or any answer of 5 or less.
@pytest.mark.parametrize(
    ("now", "before", "because"),
    [
        (6, None, None),
        (5, None, "low"),
        (0, None, "low"),
        (10, 10, None),
        (8, 9, None),
        (7, 9, "drop"),
        (4, 9, "drop"),
        (5, 5, "low"),
        (9, 2, None),
    ],
)
def test_feedback_asks_about_a_drop_or_a_low_answer(now, before, because):
    found = ask_about({"listened": now}, None if before is None else {"listened": before})
    assert [(each.question.key, each.because) for each in found] == (
        [] if because is None else [("listened", because)]
    )


def test_feedback_judges_each_question_alone_and_in_order():
    latest = {"next_step": "3", "matters": 9, "plan": 6, "listened": ""}
    previous = {"plan": 8, "matters": "", "listened": 9}
    assert [each.question.key for each in ask_about(latest, previous)] == ["plan", "next_step"]


def test_feedback_has_four_questions_with_their_own_keys():
    assert [each.key for each in QUESTIONS] == ["matters", "plan", "listened", "next_step"]
