"""Several targets of one sort taken together: goal attainment with its weights, and means of ratings."""

import datetime as dt
from decimal import Decimal as D
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.goals.actions import Wording, propose_need, propose_target, take_reading
from alongside.goals.measuring.pages_together import together
from alongside.goals.models import Reading, TargetStateRecord, TargetWording
from alongside.goals.queries import Goals, NeedFacts, ReadingFacts, TargetFacts
from alongside.goals.states import NeedState, TargetState
from alongside.measures import gas
from alongside.measures.numbers import plain

pytestmark = pytest.mark.one_database
START = dt.date(2026, 1, 5)


def a_target(name, key, *values, importance=1, difficulty=1, state=TargetState.AGREED):
    wording = TargetWording(
        id=uuid4(), difference=name, measure=key, importance=importance, difficulty=difficulty
    )
    readings = tuple(
        ReadingFacts(uuid4(), D(str(value)), START + dt.timedelta(weeks=n), "", wording.id, None)
        for n, value in enumerate(values)
    )
    return TargetFacts(uuid4(), uuid4(), state, uuid4(), wording, readings, (), frozenset({wording.id}))


def shown(*targets):
    need = NeedFacts(uuid4(), "", NeedState.AGREED, uuid4(), targets)
    return together(Goals((need,), ()))


def test_goal_attainment_is_that_of_the_function_with_its_weights():
    (found,) = shown(
        a_target("Walk", "gas", -1, 1, importance=3, difficulty=2),
        a_target("Sleep", "gas", -2, 0, importance=1, difficulty=3),
    )
    then, now = gas.t_score([-1, -2], [6, 3]), gas.t_score([1, 0], [6, 3])
    then_now = (plain(D(str(each)), 1) for each in (then, now))
    assert "T-score {} at the start and {} now".format(*then_now) in found.sentence
    assert found.left_out == ()


def test_goals_that_could_not_be_part_of_it_are_named_with_their_reason():
    (found,) = shown(
        a_target("Walk", "gas", -1, 1), a_target("Sleep", "gas", -2), a_target("Work", "gas"),
        a_target("Sing", "gas", -1, 0, importance=0), a_target("Swim", "gas", -1, 0),
    )  # fmt: skip
    assert found.left_out == (
        "Sleep: It has not been rated since the start.",
        "Work: It has no rating from the start.",
        "Sing: It was given no weight.",
    )
    assert "T-score 37.6 at the start and 56.2 now" in found.sentence


def test_goals_all_without_weight_count_the_same_and_that_is_said():
    (found,) = shown(
        a_target("Walk", "gas", -1, 0, importance=0), a_target("Sleep", "gas", -1, 0, difficulty=0)
    )
    assert "T-score 37.6 at the start and 50 now" in found.sentence
    assert "None of them was given a weight, so each counts the same." in found.sentence


def test_one_goal_is_not_taken_together_and_symptoms_never_are():
    assert shown(a_target("Walk", "gas", -1, 0), a_target("Mood", "phq-9", 18, 9)) == ()


def test_too_few_ratings_are_said():
    (found,) = shown(a_target("Walk", "gas", -1), a_target("Sleep", "gas"))
    assert found.sentence == "There are too few ratings yet to combine them."
    assert len(found.left_out) == 2


def test_target_that_was_let_go_is_no_part_of_it():
    assert (
        shown(a_target("Walk", "gas", -1, 0), a_target("Sleep", "gas", -1, 0, state=TargetState.LET_GO)) == ()
    )


def test_activities_are_compared_over_those_rated_both_times():
    # Stratford et al. 1995; 3, 4, 2 -> 3.0 and 6, 5, 4 -> 5.0: +2.0 is the MDC90 of the mean.
    (found,) = shown(
        a_target("Walk", "psfs", 3, 6), a_target("Bend", "psfs", 4, 5), a_target("Lift", "psfs", 2, 4),
        a_target("Run", "psfs", 0),
    )  # fmt: skip
    assert found.sentence == (
        "A mean of 3 at the start and 5 now, for those rated both times. Reliably better since the start: +2."
    )
    assert found.left_out == ("Run: it was not rated both times.",)


def test_more_than_five_activities_are_not_refused_but_named():
    (found,) = shown(*[a_target(f"Activity {n}", "psfs", 3, 6) for n in range(6)])
    assert found.left_out == ("Activity 5: at most 5 can be combined.",)


def test_two_goals_in_the_same_words_are_two():
    (found,) = shown(a_target("Walk", "rating-0-10", 2, 4), a_target("Walk", "rating-0-10", 4, 8))
    assert "A mean of 3 at the start and 6 now" in found.sentence and "Reliably better" in found.sentence


def test_page_of_the_lines_says_it(cast):
    journey = cast.journey("treatment")
    guide = cast.seat(cast.guide, journey)
    need = propose_need(statement="Rest", by=guide)
    for name in ("Walk", "Sleep"):
        wording = Wording(name, "gas", baseline=D(-1), levels=("", "", "As hoped", "", ""), aim=D(0))
        target = propose_target(need=need, wording=wording, by=guide)
        TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, by=guide.actor)
        Reading.objects.filter(target=target).update(taken_on=START)
        take_reading(target=target, value=D(0), by=guide)
    page = cast.client(cast.participant).get(reverse("goals:lines", args=[journey.id])).content.decode()
    assert "Goal attainment, all goals together" in page
    assert "T-score 37.6 at the start and 50 now, a change of +12.4." in page
