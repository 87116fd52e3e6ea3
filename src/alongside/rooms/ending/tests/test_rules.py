"""The rules of the ending as truth tables, and the tables its states follow."""

import pytest

from alongside.kernel.verdict import Denial
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.closing import rules as closing_rules
from alongside.rooms.ending.record import rules as record_rules
from alongside.rooms.ending.record.models import Ending, EndingStateRecord
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.ending.record.states import EDITORS_BY_STATE, TRANSITIONS, EndingState
from alongside.rooms.ending.wishes import rules as wishes_rules
from alongside.rooms.first_meeting.states import Side

from .furniture import begun, ready_to_close

STATES = ["draft", "preparing", "active", "paused", "ending", "completed", "ended_early", "withdrawn"]
YES, NOT_NOW, NOT_YOURS = None, Denial.NOT_NOW, Denial.NOT_YOURS


@pytest.mark.parametrize("state", STATES)
def test_who_may_begin_the_ending_in_which_state(cast, state):
    journey = cast.journey(state=state)
    said = {
        who: record_rules.may_begin_ending(cast.seat(getattr(cast, who), journey), None).denial
        for who in ("guide", "participant", "supporter")
    }

    both = YES if state in ("active", "paused", "ending") else NOT_NOW
    assert said == {"guide": both, "participant": both, "supporter": NOT_YOURS}


@pytest.mark.parametrize("state", STATES)
def test_who_may_give_notice_or_wish_to_go_on_in_which_state(cast, state):
    journey = cast.journey(state=state)
    notice, going_on = {}, {}
    for who in ("guide", "participant", "supporter"):
        seat = cast.seat(getattr(cast, who), journey)
        notice[who] = wishes_rules.may_give_notice(seat, None, {}).denial
        going_on[who] = wishes_rules.may_wish_to_go_on(seat, None, {}).denial

    may_notice = YES if state in ("active", "paused", "ending") else NOT_NOW
    may_go_on = YES if state in ("active", "ending") else NOT_NOW
    assert notice == {"guide": may_notice, "participant": may_notice, "supporter": NOT_YOURS}
    assert going_on == {"guide": may_go_on, "participant": may_go_on, "supporter": NOT_YOURS}


@pytest.mark.parametrize("state", EndingState.values)
def test_who_may_shape_an_ending_in_which_state(cast, state):
    journey = begun(cast)
    ending = ending_of(cast.seat(cast.guide, journey))
    EndingStateRecord.objects.create(ending=ending, state=state, by=cast.guide)
    said = {}
    for who in ("guide", "participant", "supporter"):
        seat = cast.seat(getattr(cast, who), journey)
        said[who] = record_rules.may_shape_ending(seat, ending_of(seat)).denial

    both = YES if state == "begun" else NOT_NOW
    assert said == {"guide": both, "participant": both, "supporter": NOT_YOURS}


@pytest.mark.parametrize(
    ("who", "side", "account", "denial"),
    [
        ("guide", Side.GUIDE, True, YES),
        ("guide", Side.PARTICIPANT, True, NOT_YOURS),
        ("guide", Side.PARTICIPANT, False, YES),
        ("participant", Side.PARTICIPANT, True, YES),
        ("participant", Side.GUIDE, True, NOT_YOURS),
        ("supporter", Side.GUIDE, True, NOT_YOURS),
    ],
)
def test_who_may_acknowledge_for_whom(cast, who, side, account, denial):
    journey = ready_to_close(cast, participant_has_account=account)
    seat = cast.seat(getattr(cast, who), journey)

    assert closing_rules.may_acknowledge(seat, ending_of(seat), side).denial == denial


@pytest.mark.parametrize("kind", ["supervision", "mentoring", "treatment"])
def test_only_where_the_kind_says_so_the_guide_closes_without_waiting(cast, kind):
    journey = ready_to_close(cast, kind=kind)
    seat = cast.seat(cast.guide, journey)
    closing_actions.acknowledge(side=Side.GUIDE, by=seat)

    denial = closing_rules.may_close_without_waiting(seat, ending_of(seat)).denial

    assert denial == (YES if kind == "treatment" else NOT_YOURS)


@pytest.mark.parametrize("now", [None, *EndingState])
@pytest.mark.parametrize("state", EndingState)
def test_the_record_goes_only_where_its_table_leads(cast, now, state):
    seat, ending = cast.seat(cast.guide, cast.journey()), Ending()
    if now:
        ending.state = now

    allowed = bool(record_rules.may_enter_ending_state(seat, ending, state))

    assert allowed == (state in TRANSITIONS[now] if now else state == EndingState.BEGUN)


def test_every_state_has_its_pen_and_its_ways_on():
    assert set(TRANSITIONS) == set(EDITORS_BY_STATE) == set(EndingState)
    assert [state for state in EndingState if not TRANSITIONS[state]] == [EndingState.CLOSED]
    assert [state for state in EndingState if not EDITORS_BY_STATE[state]] == [EndingState.CLOSED]
