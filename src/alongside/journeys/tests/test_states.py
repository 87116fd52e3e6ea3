"""The one table of states and stages, row by row."""

import itertools

import pytest

from alongside.journeys import rules
from alongside.journeys.actions import begin_journey, enter_state, invite_participant
from alongside.journeys.models import JourneyStateRecord
from alongside.journeys.states import (
    EDITORS_BY_STATE,
    NEEDS_REASON,
    TRANSITIONS,
    JourneyState,
    Stage,
    StageFacts,
    stage_of,
)
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.models import Invitation
from tests.cast import ON_THE_WAY

S = JourneyState


@pytest.mark.parametrize(
    ("booked", "held", "agreed", "ending", "stage"),
    [
        (False, False, False, False, Stage.ENVIRONMENT),
        (True, False, False, False, Stage.FIRST_MEETING),
        (True, True, False, False, Stage.FIRST_MEETING),
        (True, False, True, False, Stage.FIRST_MEETING),
        (True, True, True, False, Stage.SESSIONS),
        (False, True, True, False, Stage.SESSIONS),
        (False, False, True, False, Stage.ENVIRONMENT),
        (True, True, True, True, Stage.ENDING),
        (False, False, False, True, Stage.ENDING),
    ],
)
def test_the_stage_follows_from_facts(booked, held, agreed, ending, stage):
    assert stage_of(StageFacts(booked, held, agreed, ending)) == stage


def test_every_state_has_its_row_in_both_tables():
    assert set(TRANSITIONS) == set(EDITORS_BY_STATE) == set(S)


@pytest.mark.parametrize(("before", "after"), list(itertools.product(ON_THE_WAY, S)))
def test_a_state_is_entered_exactly_as_the_table_says(cast, before, after):
    seat = cast.seat(cast.guide, cast.journey(state=before))

    verdict = rules.may_enter_state(seat, after, "because")

    assert bool(verdict) is (after in TRANSITIONS[S(before)])


@pytest.mark.parametrize("state", sorted(NEEDS_REASON))
def test_states_that_need_a_reason_are_refused_without_one(cast, state):
    before = next(s for s in ON_THE_WAY if state in TRANSITIONS[S(s)])
    seat = cast.seat(cast.guide, cast.journey(state=before))

    assert rules.may_enter_state(seat, state, "  ").denial == Denial.NOT_NOW


def test_a_participant_may_withdraw_but_not_decide_on_a_draft(cast):
    preparing = cast.seat(cast.participant, cast.journey(state="preparing"))
    draft = cast.seat(cast.participant, cast.journey(state="draft", kind="mentoring"))

    assert rules.may_withdraw(preparing)
    assert rules.may_withdraw(draft).denial == Denial.NOT_YOURS


def test_a_named_person_changes_no_state(cast):
    seat = cast.seat(cast.supporter, cast.journey())

    assert rules.may_pause(seat).denial == Denial.NOT_YOURS


def test_entering_a_state_appends_it_and_a_second_one_at_once_is_refused(cast):
    journey = cast.journey()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)

    enter_state(state=S.PAUSED, reason="A rest", by=guide)
    with pytest.raises(Refused):
        enter_state(state=S.PAUSED, reason="Me too", by=participant)

    assert [r.state for r in JourneyStateRecord.objects.filter(journey=journey).order_by("id")][
        -1
    ] == S.PAUSED
    assert cast.seat(cast.guide, journey).state == S.PAUSED


@pytest.mark.without_ledger("journeys.actions.begin_journey", "journeys.actions.invite_participant")
def test_a_journey_begins_as_a_draft_and_prepares_once_the_participant_is_invited(cast, mailoutbox):
    newcomer = cast.participant
    type(newcomer).objects.filter(id=newcomer.id).update(user=None)
    newcomer.refresh_from_db()
    journey = begin_journey(
        participant=newcomer, kind="mentoring", template=_first("mentoring"), by=cast.guide
    )
    assert cast.seat(cast.guide, journey).state == S.DRAFT

    invite_participant(by=cast.seat(cast.guide, journey))

    assert cast.seat(cast.guide, journey).state == S.PREPARING
    assert Invitation.objects.filter(person=newcomer, accepted_at=None).count() == 1


def test_only_guides_begin_journeys_and_only_within_their_organisation(cast):
    with pytest.raises(Refused):
        begin_journey(
            participant=cast.colleague, kind="mentoring", template=_first("mentoring"), by=cast.participant
        )
    with pytest.raises(Refused):
        begin_journey(
            participant=cast.stranger, kind="mentoring", template=_first("mentoring"), by=cast.guide
        )


def _first(kind):
    from alongside.journeys.kinds import KINDS

    return KINDS[kind].templates[0].slug
