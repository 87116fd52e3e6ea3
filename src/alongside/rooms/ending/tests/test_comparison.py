"""Then and now in sentences: no verdict stronger than the numbers, none where numbers are missing."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest

from alongside.goals.models import TargetWording
from alongside.goals.queries import Goals, NeedFacts, ReadingFacts, TargetFacts
from alongside.goals.states import NeedState, TargetState
from alongside.rooms.ending.comparison.pages.compared import compare
from alongside.rooms.ending.comparison.queries import ThenAndNow
from alongside.rooms.first_meeting.queries import Entry, PictureFacts

LEVELS = '["nothing", "a little", "as hoped", "more", "much more"]'


def target(
    measure="rating-0-10", values=(), *, aim=None, number=1, source="baseline", state=TargetState.AGREED
):
    wording = TargetWording(
        measure=measure,
        number=number,
        difference=f"by {measure}",
        baseline=None if not values else Decimal(values[0]),
        aim=None if aim is None else Decimal(aim),
        sealed_levels=LEVELS if measure == "gas" else "",
    )
    readings = tuple(
        ReadingFacts(
            uuid4(), Decimal(value), dt.date(2026, 1, 1 + n), source if n == 0 else "meeting", wording.id, n
        )
        for n, value in enumerate(values)
    )
    return TargetFacts(uuid4(), uuid4(), state, uuid4(), wording, readings, ())


def compared(*targets, then=None, now=None, state=NeedState.AGREED):
    need = NeedFacts(uuid4(), "To sleep", state, uuid4(), targets)

    def picture(said, moment):
        when = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        return said and PictureFacts(uuid4(), moment, when, uuid4(), {need.id: Entry(*said)})

    return compare(ThenAndNow(Goals((need,), ()), picture(then, "start"), picture(now, "now")))


@pytest.mark.parametrize(
    ("measure", "values", "aim", "course", "sentence"),
    [
        ("rating-0-10", (), None, "open", "There are no scores."),
        ("rating-0-10", (3,), None, "open", "No score since the start."),
        ("rating-0-10", (3, 3), None, "same", "The same as at the start."),
        (
            "rating-0-10",
            (3, 5),
            None,
            "same",
            "A slightly better number, but too small to count as a change.",
        ),
        (
            "rating-0-10",
            (3, 1),
            None,
            "same",
            "A slightly worse number, but too small to count as a change.",
        ),
        ("rating-0-10", (3, 6), None, "better", "Better by 3 (a change of 3 or more is reliable)."),
        ("rating-0-10", (6, 3), None, "worse", "Worse by 3 (a change of 3 or more is reliable)."),
        (
            "rating-0-10",
            (3, 9, 5),
            None,
            "same",
            "A slightly better number, but too small to count as a change.",
        ),
        ("pain-0-10", (8, 4), None, "better", "Better by 4: as much as people usually call important."),
        (
            "pain-0-10",
            (8, 7),
            None,
            "better",
            "Better by 1: people often notice a change like this, but it may be chance.",
        ),
        ("pain-0-10", (4, 8), None, "worse", "Worse by 4: as much as people usually call important."),
        ("gas", (-1, 0), None, "better", "Better by one level."),
        ("gas", (1, -1), None, "worse", "Worse by 2 levels."),
        ("phq-9", (16, 8), None, "better", "Better by 8 (a change of 6 or more is reliable)."),
        ("count", (5, 2), None, "open", "5 at the start, 2 now."),
        ("count", (5, 2), 1, "better", "5 at the start, 2 now: closer to the goal (1)."),
        ("count", (5, 1), 1, "better", "5 at the start, 1 now: goal reached (1)."),
        ("count", (5, 7), 1, "worse", "5 at the start, 7 now: further from the goal (1)."),
        ("count", (2, 4), 6, "better", "2 at the start, 4 now: closer to the goal (6)."),
        ("yes-no", (0, 1), 1, "better", "no at the start, yes now: goal reached (yes)."),
    ],
)
def test_the_change_of_a_target(measure, values, aim, course, sentence):
    [need] = compared(target(measure, values, aim=aim)).needs

    assert (need.targets[0].course, need.targets[0].sentence) == (course, sentence)


def test_a_target_agreed_anew_is_compared_from_then_on():
    [need] = compared(target(values=(4,), number=2)).needs

    assert need.targets[0].sentence == "No score since it was agreed again."


def test_one_reading_that_is_not_from_the_start_is_compared_with_nothing():
    [need] = compared(target(values=(4,), source="meeting")).needs

    assert need.targets[0].course == "open"
    assert "none from the start" in need.targets[0].sentence


@pytest.mark.parametrize(
    ("then", "now", "sentence"),
    [
        (None, None, "This was not rated at the start or today."),
        (
            None,
            (5, ""),
            "This was not rated at the start, so there is nothing to compare today with.",
        ),
        ((5, ""), None, "Not yet rated today."),
        ((5, ""), (5, ""), "The same as at the start."),
        ((5, ""), (6, ""), "1 point closer to your goal."),
        ((5, ""), (2, ""), "3 points further from your goal."),
    ],
)
def test_a_self_rating_is_said_how_it_moved_and_judged_by_nobody(then, now, sentence):
    [need] = compared(then=then, now=now).needs

    assert need.sentence == sentence


def test_better_is_always_up_on_the_line():
    falling, rising = (
        compared(target(measure, values, aim=aim)).needs[0].targets[0].line
        for measure, values, aim in (("count", (5, 2), 1), ("rating-0-10", (3, 8), 9))
    )

    assert falling.dots[0].y > falling.dots[-1].y
    assert rising.dots[0].y > rising.dots[-1].y


def test_levels_are_said_in_the_words_that_were_written():
    [need] = compared(target("gas", (-1, 1))).needs

    assert (need.targets[0].then_words, need.targets[0].now_words) == ("a little", "more")


def test_goals_with_levels_are_taken_together_and_the_unrated_one_is_named():
    found = compared(target("gas", (-1, 0)), target("gas", (-1, 0)), target("gas", (-2,)))

    assert "37.6" in found.together.sentence and "50 now" not in found.together.sentence
    assert found.together.left_out == ("by gas: It has not been rated since the start.",)


def test_one_rated_goal_of_two_is_not_taken_together_with_itself():
    found = compared(target("gas", (-1, 1)), target("gas", (-2,)))

    assert found.together.sentence == "There are too few ratings yet to combine them."
    assert len(found.together.left_out) == 1


def test_a_single_goal_with_levels_is_not_dressed_up_as_a_score():
    assert compared(target("gas", (-1, 0))).together is None


def test_what_was_let_go_is_listed_and_what_was_only_proposed_is_not():
    gone, open_ = target(state=TargetState.LET_GO), target(state=TargetState.PROPOSED)
    found = compared(gone, open_)

    assert found.let_go == ("by rating-0-10",)
    assert found.needs[0].targets == ()
    assert compared(state=NeedState.LET_GO).let_go == ("To sleep",)
