"""The one thing to do next: a truth table."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.utils import timezone

from alongside.journeys.states import CLOSED, JourneyState
from alongside.kernel.clock import at as clock_at
from alongside.overview.journey_summary import Call, JourneySummary, Planned
from alongside.overview.next_step import GOOD_TO_KNOW, Next, NextStep, Reader, find_next_step
from alongside.overview.pages.next_step import _SAY
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.first_meeting.states import AgreementState

NOW = timezone.now()
ME, OTHER = uuid.uuid4(), uuid.uuid4()
N, S, A, E = Next, JourneyState, AgreementState, EndingState


def planned(days: float, number: int = 3) -> Planned:
    starts = NOW + dt.timedelta(days=days)
    return Planned(number, starts, starts + dt.timedelta(hours=1), "Blue room")


def summary(**facts) -> JourneySummary:
    return JourneySummary(first_number=1, planned_meetings=10, **facts)


def in_days(days: int) -> dt.date:
    return timezone.localdate(NOW) + dt.timedelta(days=days)


CALL = Call(uuid.uuid4(), NOW - dt.timedelta(days=1))
FIRST = {"planned": [planned(5, 1)]}
MET = {"held": 1, "first_held": True}
SESSIONS = {"held": 2, "first_held": True, "in_force": True, "version_number": 1, "version_state": A.IN_FORCE}
ENDING = {**SESSIONS, "ending_state": E.BEGUN}
HANDED = {"handover_version": 2, "handover_needs": frozenset({"guide", "participant"})}

TABLE = [
    # whatever the facts: over, resting, being set up
    *[({}, "guide", state, N.LOOK_BACK) for state in sorted(CLOSED)],
    *[(ENDING, "participant", state, N.KEEPSAKE) for state in sorted(CLOSED)],
    (SESSIONS, "guide", S.PAUSED, N.RESUME),
    (SESSIONS, "participant", S.PAUSED, N.RESUME),
    ({}, "guide", S.DRAFT, N.INVITE),
    ({}, "participant", S.DRAFT, N.LOOK_BACK),
    # nothing booked
    ({}, "guide", S.PREPARING, N.FIND_TIME),
    ({}, "participant", S.PREPARING, N.PREPARE),
    ({"prepared_by": {ME}}, "participant", S.PREPARING, N.FIND_TIME),
    # the first meeting
    (FIRST, "guide", S.PREPARING, N.PREPARE),
    (FIRST, "participant", S.PREPARING, N.PREPARE),
    ({**FIRST, "prepared_by": {OTHER}}, "participant", S.PREPARING, N.PREPARE),
    ({**FIRST, "prepared_by": {ME}}, "participant", S.PREPARING, N.READY),
    ({"planned": [planned(0.005, 1)]}, "guide", S.PREPARING, N.OPEN_FIRST),
    ({"planned": [planned(-1, 1)]}, "participant", S.PREPARING, N.OPEN_FIRST),
    (MET, "guide", S.PREPARING, N.TAKE_PICTURE),
    ({**MET, "has_picture": True}, "guide", S.PREPARING, N.SET_TARGETS),
    ({**MET, "has_picture": True, "has_targets": True}, "guide", S.PREPARING, N.WRITE_AGREEMENT),
    (
        {**MET, "has_picture": True, "has_targets": True, "version_state": A.DRAFT},
        "participant",
        S.PREPARING,
        N.WRITE_AGREEMENT,
    ),
    (
        {
            **MET,
            "has_picture": True,
            "has_targets": True,
            "version_state": A.ACCEPTED_BY_ONE,
            "version_sides": {"guide"},
        },
        "guide",
        S.PREPARING,
        N.WAIT_FOR_YES,
    ),
    # an agreement that waits for this reader comes first, also later on
    ({**MET, "version_state": A.PROPOSED}, "guide", S.PREPARING, N.ACCEPT_AGREEMENT),
    (
        {**MET, "version_state": A.ACCEPTED_BY_ONE, "version_sides": {"guide"}},
        "participant",
        S.PREPARING,
        N.ACCEPT_AGREEMENT,
    ),
    ({**SESSIONS, "version_state": A.PROPOSED}, "participant", S.ACTIVE, N.ACCEPT_AGREEMENT),
    # a call after a missed one is the guide's, before what else there is to do but a meeting that begins
    ({**SESSIONS, "calls": [CALL]}, "guide", S.ACTIVE, N.CALL),
    ({**SESSIONS, "calls": [CALL], "version_state": A.PROPOSED}, "guide", S.ACTIVE, N.CALL),
    ({**SESSIONS, "calls": [CALL]}, "participant", S.ACTIVE, N.BOOK),
    ({**SESSIONS, "calls": [CALL], "planned": [planned(0.005)]}, "guide", S.ACTIVE, N.OPEN_MEETING),
    ({**SESSIONS, "calls": [CALL]}, "guide", S.PAUSED, N.RESUME),
    ({**ENDING, "calls": [CALL]}, "guide", S.COMPLETED, N.KEEPSAKE),
    # sessions
    (SESSIONS, "guide", S.ACTIVE, N.BOOK),
    (SESSIONS, "participant", S.ACTIVE, N.BOOK),
    ({**SESSIONS, "held": 10}, "guide", S.ACTIVE, N.BEGIN_ENDING),
    # the last planned one, or the last weeks: prepare the ending, once nothing else is due
    ({**SESSIONS, "held": 10, "planned": [planned(7)]}, "guide", S.ACTIVE, N.PREPARE_ENDING),
    ({**SESSIONS, "held": 8, "planned": [planned(7)]}, "guide", S.ACTIVE, N.PREPARE_ENDING),
    (
        {**SESSIONS, "held": 8, "planned": [planned(7)], "my_steps": 1},
        "participant",
        S.ACTIVE,
        N.PREPARE_ENDING,
    ),
    ({**SESSIONS, "held": 7, "planned": [planned(7)]}, "guide", S.ACTIVE, N.READY),
    ({**SESSIONS, "held": 8, "planned": [planned(1)]}, "participant", S.ACTIVE, N.SAY_WHAT_MATTERS),
    ({**SESSIONS, "held": 8, "planned": [planned(0.005)]}, "guide", S.ACTIVE, N.OPEN_MEETING),
    ({**SESSIONS, "held": 8}, "guide", S.ACTIVE, N.BOOK),
    ({**SESSIONS, "planned_end": in_days(28), "planned": [planned(7)]}, "guide", S.ACTIVE, N.PREPARE_ENDING),
    ({**SESSIONS, "planned_end": in_days(29), "planned": [planned(7)]}, "guide", S.ACTIVE, N.READY),
    ({**SESSIONS, "planned": [planned(7)]}, "guide", S.ACTIVE, N.READY),
    ({**SESSIONS, "planned": [planned(7)], "my_steps": 2}, "participant", S.ACTIVE, N.DO_STEPS),
    ({**SESSIONS, "planned": [planned(1)], "my_steps": 2}, "participant", S.ACTIVE, N.SAY_WHAT_MATTERS),
    ({**SESSIONS, "planned": [planned(1)]}, "guide", S.ACTIVE, N.READY),
    ({**SESSIONS, "planned": [planned(0.005)]}, "participant", S.ACTIVE, N.OPEN_MEETING),
    ({**SESSIONS, "planned": [planned(-0.01)]}, "guide", S.ACTIVE, N.OPEN_MEETING),
    ({**SESSIONS, "planned": [planned(-2)]}, "guide", S.ACTIVE, N.SAY_WHAT_BECAME),
    ({**SESSIONS, "open_record": 2}, "guide", S.ACTIVE, N.FINISH_RECORD),
    ({**SESSIONS, "open_record": 2, "record_sides": {"guide"}}, "participant", S.ACTIVE, N.ACKNOWLEDGE),
    ({**SESSIONS, "open_record": 2, "record_sides": {"guide"}}, "guide", S.ACTIVE, N.BOOK),
    ({**SESSIONS, "longer_asked_by": OTHER}, "guide", S.ACTIVE, N.ANSWER_LONGER),
    ({**SESSIONS, "longer_asked_by": ME}, "guide", S.ACTIVE, N.BOOK),
    # what the other has proposed
    ({**SESSIONS, "planned": [planned(7)], "proposed": {OTHER: 1}}, "participant", S.ACTIVE, N.AGREE_GOALS),
    ({**SESSIONS, "planned": [planned(7)], "proposed": {ME: 1}}, "guide", S.ACTIVE, N.READY),
    (
        {**SESSIONS, "planned": [planned(0.005)], "proposed": {OTHER: 1}},
        "participant",
        S.ACTIVE,
        N.OPEN_MEETING,
    ),
    ({**MET, "has_picture": True, "proposed": {OTHER: 1}}, "participant", S.PREPARING, N.SET_TARGETS),
    ({**SESSIONS, **HANDED}, "guide", S.ACTIVE, N.ANSWER_HANDOVER),
    ({**ENDING, **HANDED}, "participant", S.ENDING, N.ANSWER_HANDOVER),
    ({**SESSIONS, **HANDED, "handover_sides": {"guide"}}, "participant", S.ACTIVE, N.ANSWER_HANDOVER),
    ({**SESSIONS, **HANDED, "handover_sides": {"guide"}}, "guide", S.ACTIVE, N.BOOK),
    # the ending
    (ENDING, "guide", S.ENDING, N.WORK_ON_ENDING),
    # its last meeting is held meanwhile
    ({**ENDING, "planned": [planned(7)]}, "guide", S.ENDING, N.WORK_ON_ENDING),
    ({**ENDING, "planned": [planned(0.005)]}, "participant", S.ENDING, N.OPEN_MEETING),
    ({**ENDING, "planned": [planned(-2)]}, "guide", S.ENDING, N.SAY_WHAT_BECAME),
    ({**ENDING, "open_record": 3}, "guide", S.ENDING, N.FINISH_RECORD),
    ({**ENDING, "open_record": 3, "record_sides": {"guide"}}, "participant", S.ENDING, N.ACKNOWLEDGE),
    ({**ENDING, "ending_state": E.CLOSED, "planned": [planned(-2)]}, "guide", S.ENDING, N.KEEPSAKE),
    ({**ENDING, "ending_sides": {"guide"}}, "participant", S.ENDING, N.ACKNOWLEDGE_ENDING),
    ({**ENDING, "ending_sides": {"guide"}}, "guide", S.ENDING, N.WAIT_FOR_ENDING),
    ({**ENDING, "ending_state": E.CLOSED}, "guide", S.ENDING, N.KEEPSAKE),
    ({**ENDING, "ending_state": E.SET_ASIDE}, "guide", S.ACTIVE, N.BOOK),
]


@pytest.mark.parametrize(("facts", "side", "state", "expected"), TABLE)
def test_next_act(facts, side, state, expected):
    assert find_next_step(summary(**facts), Reader(ME, side, state), NOW).next == expected


def test_every_answer_is_in_the_table_and_has_its_words():
    assert {row[3] for row in TABLE} == set(Next) == set(_SAY)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({**MET, "version_state": A.ACCEPTED_BY_ONE, "version_sides": {"guide"}}, N.ACCEPT_AGREEMENT),
        ({**SESSIONS, "open_record": 2, "record_sides": {"guide"}}, N.ACKNOWLEDGE),
        ({**ENDING, "ending_sides": {"guide"}}, N.ACKNOWLEDGE_ENDING),
    ],
)
def test_a_guide_who_writes_for_both_says_yes_for_both(facts, expected):
    alone = Reader(ME, "guide", S.ACTIVE)
    assert find_next_step(summary(**facts), replace(alone, for_both=True), NOW).next == expected
    assert find_next_step(summary(**facts), alone, NOW).next != expected


@pytest.mark.parametrize(("days", "expected"), [(28, N.PREPARE_ENDING), (29, N.READY)])
def test_the_end_is_near_by_the_days_of_the_reader(days, expected):
    """Half past midnight in a summer night of London, when it is still the day before in Greenwich."""
    moment = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    starts = moment + dt.timedelta(days=7)
    ahead = Planned(3, starts, starts + dt.timedelta(hours=1), "Blue room")
    facts = {**SESSIONS, "planned_end": dt.date(2026, 7, 1) + dt.timedelta(days=days), "planned": [ahead]}
    with clock_at(moment), timezone.override("Europe/London"):
        assert find_next_step(summary(**facts), Reader(ME, "guide", S.ACTIVE), moment).next == expected


@pytest.mark.parametrize(
    ("proposer", "side", "asked"),
    [
        (ME, "guide", False),
        (OTHER, "guide", True),
        ("covering", "guide", False),
        ("covering", "participant", True),
    ],
)
def test_a_proposal_asks_the_other_side_whoever_sits_on_it(proposer, side, asked):
    facts = {**SESSIONS, "planned": [planned(7)], "proposed": {proposer: 2}}
    participant = ME if side == "participant" else OTHER
    reader = Reader(ME, side, S.ACTIVE, participant_id=participant)
    assert find_next_step(summary(**facts), reader, NOW).next == (N.AGREE_GOALS if asked else N.READY)


def test_whoever_covers_says_no_yes_to_a_hand_over():
    reader = Reader(ME, "guide", S.ACTIVE, covers=True)
    assert find_next_step(summary(**SESSIONS, **HANDED), reader, NOW).next == N.BOOK


def test_the_meeting_it_is_about_is_named():
    facts = {**SESSIONS, "planned": [planned(-2, 3), planned(7, 4)]}
    assert find_next_step(summary(**facts), Reader(ME, "guide", S.ACTIVE), NOW) == NextStep(
        N.SAY_WHAT_BECAME, 3
    )


@pytest.mark.parametrize("each", Next)
def test_what_is_good_to_know_does_not_wait_for_anyone(each):
    assert NextStep(each).needs_me == (each not in GOOD_TO_KNOW)
