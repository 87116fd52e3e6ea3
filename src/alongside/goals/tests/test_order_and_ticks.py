"""Putting needs, targets and steps in order; steps that come round again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from alongside.goals import actions
from alongside.goals.actions import Wording
from alongside.goals.models import Step, StepTick, Target
from alongside.goals.queries import needs_of, step_facts, step_for, target_for, ticks_since, week_of
from alongside.goals.rules import may_order
from alongside.goals.states import NeedState, StepState
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial

RATING = Wording(difference="I sleep through", measure="rating-0-10", baseline=Decimal(3), aim=Decimal(7))
MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def journey(cast):
    return cast.journey()


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def needs(seat, *statements):
    for statement in statements:
        actions.propose_need(statement=statement, by=seat)


def named(seat):
    return [need.statement for need in needs_of(seat)]


@pytest.mark.parametrize(
    ("which", "place", "expected"),
    [(0, 2, "bca"), (2, 0, "cab"), (1, -1, "bac"), (0, 99, "bca"), (1, 1, "abc")],
)
def test_a_need_goes_to_its_place_among_the_others(guide, which, place, expected):
    needs(guide, "a", "b", "c")

    actions.put_in_place(thing=list(needs_of(guide))[which], place=place, by=guide)

    assert "".join(named(guide)) == expected


def test_targets_are_ordered_within_their_need_and_steps_within_their_target(guide):
    needs(guide, "one", "two")
    one, two = needs_of(guide)
    for need in (one, two, one):
        actions.propose_target(need=need, wording=RATING, by=guide)
    first, other, last = Target.objects.order_by("position")
    steps = [actions.plan_step(text=t, owner=guide.actor, target=first, by=guide) for t in ("x", "y", "z")]

    actions.put_in_place(thing=target_for(guide, last.id), place=0, by=guide)
    actions.put_in_place(thing=step_for(guide, steps[2].id), place=0, by=guide)

    assert list(Target.objects.order_by("position")) == [last, other, first]
    assert [step.text for step in step_facts(guide)] == ["z", "x", "y"]


@pytest.mark.without_ledger("goals.actions.put_in_place")
def test_steps_from_before_there_was_an_order_can_be_ordered(guide):
    for text in ("x", "y", "z"):
        actions.plan_step(text=text, owner=guide.actor, by=guide)
    Step.objects.update(position=0)
    ids = [step.id for step in step_facts(guide)]

    actions.put_in_place(thing=step_for(guide, ids[2]), place=1, by=guide)

    assert [step.text for step in step_facts(guide)] == ["x", "z", "y"]


@pytest.mark.without_ledger("goals.actions.change_need")
def test_what_was_let_go_has_no_place(guide):
    needs(guide, "a", "b")
    first = needs_of(guide).first()
    actions.change_need(need=first, state=NeedState.LET_GO, by=guide)

    with pytest.raises(Refused) as refused:
        actions.put_in_place(thing=needs_of(guide).first(), place=1, by=guide)

    assert refused.value.verdict.denial == Denial.NOT_NOW


def test_who_may_order(cast, guide, participant):
    needs(guide, "a")
    need = needs_of(guide).first()
    elsewhere = cast.seat(cast.guide, cast.journey())

    assert may_order(guide, need) and may_order(participant, need)
    assert may_order(elsewhere, need).denial == Denial.HIDDEN


def daily(participant, times=7):
    made = actions.plan_step(text="Walk", owner=participant.actor, times_a_week=times, by=participant)
    return made.id


def test_a_step_that_comes_round_is_ticked_for_the_day_and_stays_to_be_done(participant):
    step_id = daily(participant)
    for days, word in ((0, "Slow."), (0, "Better later."), (1, "")):
        with clock.at(MONDAY + dt.timedelta(days=days)):
            step = step_for(participant, step_id)
            actions.tick_step(step=step, state=StepState.DONE, word=word, by=participant)

    ticks = ticks_since(participant, MONDAY.date())[step_id]
    assert [(tick.day.day, tick.word) for tick in ticks] == [(2, "Slow.\n\nBetter later."), (3, "")]
    assert step_facts(participant)[0].state == StepState.OPEN
    assert ticks_since(participant, dt.date(2026, 3, 9)) == {}


def test_a_review_says_how_a_step_that_comes_round_went_as_a_whole(guide, participant):
    step_id = daily(participant)

    actions.tick_step(step=step_for(guide, step_id), state=StepState.DONE, reviewed_in=2, by=guide)

    assert step_facts(guide)[0].state == StepState.DONE
    assert StepTick.objects.count() == 0


@pytest.mark.parametrize("times", [0, 8])
def test_the_database_holds_one_to_seven_a_week(participant, times):
    with pytest.raises(IntegrityError), transaction.atomic():
        daily(participant, times)


@pytest.mark.parametrize(("day", "monday"), [(2, 2), (5, 2), (8, 2), (9, 9)])
def test_a_week_begins_on_monday(day, monday):
    assert week_of(dt.date(2026, 3, day)) == dt.date(2026, 3, monday)
