"""Needs, targets, steps and readings: proposed by either, agreed by both, never silently rewritten."""

import datetime as dt
from decimal import Decimal

import pytest

from alongside.goals import actions
from alongside.goals.actions import Wording
from alongside.goals.models import How, Reading, Source, Step
from alongside.goals.queries import goals_of, step_for, target_for
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial

RATING = Wording(difference="I sleep through", measure="rating-0-10", baseline=Decimal(3), aim=Decimal(7))


@pytest.fixture
def journey(cast):
    return cast.journey()


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


@pytest.fixture
def need(participant):
    return actions.propose_need(statement="To sleep better", by=participant)


@pytest.mark.without_ledger("goals.actions.agree_need")
def test_a_need_is_proposed_by_one_and_agreed_by_the_other(guide, participant, need):
    fresh = goals_of(guide).needs[0]
    assert (fresh.statement, fresh.state) == ("To sleep better", NeedState.PROPOSED)

    with pytest.raises(Refused) as refused:
        actions.agree_need(need=_need(participant), by=participant)
    assert refused.value.verdict.denial == Denial.NOT_NOW

    actions.agree_need(need=_need(guide), by=guide)
    assert goals_of(guide).needs[0].state == NeedState.AGREED


def test_nobody_agrees_to_their_own_proposal_by_changing_its_state(participant, need):
    actions.propose_target(need=need, wording=RATING, by=participant)
    own_target = target_for(participant, goals_of(participant).targets[0].id)

    for attempt in (
        lambda: actions.change_need(need=_need(participant), state=NeedState.AGREED, by=participant),
        lambda: actions.change_target(target=own_target, state=TargetState.AGREED, by=participant),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.without_ledger("goals.actions.agree_need", "goals.actions.propose_need")
def test_what_was_agreed_in_the_room_is_noted_by_the_guide(guide, participant):
    actions.propose_need(statement="Structure", by=guide)

    with pytest.raises(Refused):
        actions.agree_need(need=_need(participant), in_the_room=True, by=participant)
    agreed = actions.agree_need(need=_need(guide), in_the_room=True, by=guide)

    assert agreed.how == How.IN_THE_ROOM


@pytest.mark.without_ledger("goals.actions.propose_target")
def test_the_baseline_is_the_first_reading(guide, participant, need):
    actions.propose_target(need=need, wording=RATING, by=participant)

    target = goals_of(guide).targets[0]

    assert [(r.value, r.source) for r in target.readings] == [(Decimal(3), Source.BASELINE)]
    assert target.wording.difference == "I sleep through"


def test_a_target_re_agreed_keeps_its_old_wording_and_readings(guide, participant, need):
    target = actions.propose_target(need=need, wording=RATING, by=participant)
    actions.take_reading(target=target, value=Decimal(5), by=guide)

    actions.reword_target(
        target=target,
        wording=Wording(difference="I rest", measure="count", baseline=Decimal(2)),
        known_number=1,
        by=guide,
    )

    facts = goals_of(guide).targets[0]
    assert [w.difference for w in target.wordings.order_by("number")] == ["I sleep through", "I rest"]
    assert [r.value for r in facts.readings] == [Decimal(3), Decimal(5), Decimal(2)]
    assert [r.value for r in facts.current_readings] == [Decimal(2)]


def test_two_who_reword_at_once_don_t_overrule_each_other(guide, participant, need):
    target = actions.propose_target(need=need, wording=RATING, by=participant)
    actions.reword_target(target=target, wording=RATING, known_number=1, by=guide)

    with pytest.raises(Refused) as refused:
        actions.reword_target(target=target, wording=RATING, known_number=1, by=participant)

    assert refused.value.verdict.denial == Denial.NOT_NOW
    assert target.wordings.count() == 2


def test_a_reading_outside_its_measure_is_refused_with_a_sentence(guide, participant, need):
    target = actions.propose_target(need=need, wording=RATING, by=participant)

    with pytest.raises(ValueError, match=r".+"):
        actions.take_reading(target=target, value=Decimal(11), by=guide)

    assert Reading.objects.count() == 1


def test_a_withdrawn_reading_is_in_no_line(guide, participant, need):
    target = actions.propose_target(need=need, wording=RATING, by=participant)
    wrong = actions.take_reading(target=target, value=Decimal(9), by=guide)

    actions.withdraw_reading(reading=wrong, by=guide)

    assert [r.value for r in goals_of(guide).targets[0].readings] == [Decimal(3)]
    assert Reading.objects.filter(id=wrong.id).exists()


def test_a_step_is_owned_dated_and_ticked_with_a_word(guide, participant, need):
    target = actions.propose_target(need=need, wording=RATING, by=participant)
    step = actions.plan_step(
        text="Screens off at ten",
        owner=participant.actor,
        target=target,
        due=dt.date(2026, 12, 1),
        planned_in=2,
        by=guide,
    )

    actions.tick_step(
        step=step_for(guide, step.id), state=StepState.PARTLY, word="Four days of seven", by=participant
    )

    facts = goals_of(guide).targets[0].steps[0]
    assert (facts.state, facts.word, facts.owner_id) == (
        StepState.PARTLY,
        "Four days of seven",
        participant.actor.id,
    )
    assert facts.is_still_to_do


def test_an_identifier_of_another_journey_is_hidden(cast, guide):
    other = cast.seat(cast.guide, cast.journey(kind="mentoring"))
    foreign = actions.propose_need(statement="Theirs", by=other)
    foreign_target = actions.propose_target(need=foreign, wording=RATING, by=other)

    for attempt in (
        lambda: actions.propose_target(need=foreign, wording=RATING, by=guide),
        lambda: actions.take_reading(target=foreign_target, value=Decimal(4), by=guide),
        lambda: actions.plan_step(text="x", owner=guide.actor, target=foreign_target, by=guide),
        lambda: actions.reword_target(target=foreign_target, wording=RATING, known_number=1, by=guide),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.verdict.denial == Denial.HIDDEN
    assert target_for(guide, foreign_target.id) is None
    assert Reading.objects.filter(target=foreign_target).count() == 1


def test_a_step_owned_by_somebody_outside_is_refused(cast, guide):
    with pytest.raises(Refused):
        actions.plan_step(text="x", owner=cast.colleague, by=guide)
    assert not Step.objects.exists()


@pytest.mark.parametrize("state", ["completed", "paused"])
def test_nothing_is_added_when_the_journey_rests_or_is_over(cast, state):
    seat = cast.seat(cast.guide, cast.journey(state=state))

    with pytest.raises(Refused) as refused:
        actions.propose_need(statement="late", by=seat)

    assert refused.value.verdict.denial == Denial.NOT_NOW


def test_all_proposed_is_agreed_with_the_agreement(guide, participant, need):
    actions.propose_target(need=need, wording=RATING, by=participant)

    assert actions.agree_all(by=guide) == 2

    assert goals_of(guide).needs[0].is_agreed and goals_of(guide).targets[0].state == TargetState.AGREED
    assert actions.agree_all(by=guide) == 0


@pytest.mark.parametrize("size", [1, 3])
def test_the_chain_is_read_in_five_queries_whatever_its_size(
    cast, guide, participant, django_assert_num_queries, size
):
    for number in range(size):
        need = actions.propose_need(statement=f"need {number}", by=participant)
        target = actions.propose_target(need=need, wording=RATING, by=participant)
        actions.plan_step(text="s", owner=guide.actor, target=target, by=guide)

    with django_assert_num_queries(5):
        goals = goals_of(guide)

    assert (len(goals.needs), len(goals.targets), len(goals.steps)) == (size, size, size)


def _need(seat):
    from alongside.goals.queries import needs_of

    return needs_of(seat).first()
