"""What stands out in a journey: a truth table."""

import datetime as dt
import uuid

import pytest

from alongside.goals.measuring.many import Raised
from alongside.goals.tracking_facts import Level
from alongside.journeys.states import CLOSED, JourneyState
from alongside.kernel.clock import now
from alongside.overview.journey_summary import JourneySummary, Planned
from alongside.overview.next_step import Next, Reader
from alongside.overview.notices import SAID_BY_THE_NEXT_STEP, Ends, Notice, notices
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.first_meeting.states import AgreementState

NOW = now()
TODAY = NOW.date()
ME, OTHER = uuid.uuid4(), uuid.uuid4()
N, S, A, E = Notice, JourneyState, AgreementState, EndingState
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


def planned(days: float, number: int = 3, *, said: bool = False) -> list[Planned]:
    starts = NOW + dt.timedelta(days=days)
    return [Planned(number, starts, starts + dt.timedelta(hours=1), "Blue room", said)]


SESSIONS = {"held": 2, "first_held": True, "in_force": True, "version_state": A.IN_FORCE, "version_number": 1}
CALM = {**SESSIONS, "planned": planned(7)}
RED = Raised(Level.RED, speaks=True)

TABLE = [
    (CALM, "guide", S.ACTIVE, None, []),
    (CALM, "participant", S.ACTIVE, None, []),
    # nothing booked
    ({}, "guide", S.PREPARING, None, [N.NOTHING_BOOKED]),
    (SESSIONS, "guide", S.ACTIVE, None, [N.NOTHING_BOOKED]),
    ({**SESSIONS, "planned": planned(-1)}, "guide", S.ACTIVE, None, []),
    ({"held": 1, "first_held": True}, "guide", S.PREPARING, None, []),
    # not prepared: when it is near, for the one who reads and for the other
    ({"planned": planned(5, 1)}, "guide", S.PREPARING, None, []),
    ({"planned": planned(1, 1)}, "guide", S.PREPARING, None, [N.UNPREPARED]),
    ({"planned": planned(1, 1), "prepared_by": {ME}}, "guide", S.PREPARING, None, [N.UNPREPARED]),
    ({"planned": planned(1, 1), "prepared_by": {ME, OTHER}}, "guide", S.PREPARING, None, []),
    ({"planned": planned(1, 1), "prepared_by": {ME}}, "participant", S.PREPARING, None, []),
    ({"planned": planned(1, 1), "prepared_by": {OTHER}}, "participant", S.PREPARING, None, [N.UNPREPARED]),
    ({**SESSIONS, "planned": planned(1)}, "guide", S.ACTIVE, None, [N.UNPREPARED]),
    ({**SESSIONS, "planned": planned(1, said=True)}, "guide", S.ACTIVE, None, []),
    # a yes is missing
    ({**CALM, "version_state": A.PROPOSED}, "guide", S.ACTIVE, None, [N.UNSIGNED]),
    ({**CALM, "open_record": 2, "record_sides": {"guide"}}, "guide", S.ACTIVE, None, [N.UNSIGNED]),
    ({**CALM, "open_record": 2}, "guide", S.ACTIVE, None, []),
    (
        {**SESSIONS, "ending_state": E.ACKNOWLEDGED_BY_ONE, "ending_sides": {"guide"}},
        "guide",
        S.ENDING,
        None,
        [N.UNSIGNED, N.ENDING_NEAR],
    ),
    # an email that may be an answer: for the guide alone
    ({**CALM, "emails_to_read": 1}, "guide", S.ACTIVE, None, [N.EMAIL]),
    ({**CALM, "emails_to_read": 1}, "participant", S.ACTIVE, None, []),
    ({**CALM, "emails_to_read": 1}, "guide", S.PAUSED, None, []),
    # late steps: a guide sees everybody's, a participant their own
    ({**CALM, "dues": {OTHER: YESTERDAY}}, "guide", S.ACTIVE, None, [N.OVERDUE]),
    ({**CALM, "dues": {OTHER: YESTERDAY}}, "participant", S.ACTIVE, None, []),
    ({**CALM, "dues": {ME: YESTERDAY}}, "participant", S.ACTIVE, None, [N.OVERDUE]),
    ({**CALM, "dues": {ME: TODAY}}, "participant", S.ACTIVE, None, []),
    # the ending
    ({**CALM, "held": 8}, "participant", S.ACTIVE, None, [N.ENDING_NEAR]),
    ({**CALM, "held": 7}, "participant", S.ACTIVE, None, []),
    ({**SESSIONS, "held": 10}, "guide", S.ACTIVE, None, [N.ENDING_NEAR]),
    ({**SESSIONS, "ending_state": E.SET_ASIDE, "planned": planned(7)}, "guide", S.ACTIVE, None, []),
    # what the rules raise
    (CALM, "guide", S.ACTIVE, RED, [N.ALERT]),
    (CALM, "guide", S.ACTIVE, Raised(Level.RED), []),
    (CALM, "guide", S.PAUSED, RED, []),
    (CALM, "guide", S.PAUSED, Raised(Level.ON_TRACK, safety=True), [N.SAFETY]),
    (
        {**CALM, "dues": {OTHER: YESTERDAY}},
        "guide",
        S.ACTIVE,
        Raised(Level.ON_TRACK, safety=True),
        [N.SAFETY, N.OVERDUE],
    ),
    # resting or over: quiet
    *[(SESSIONS, "guide", state, None, []) for state in [*sorted(CLOSED), S.PAUSED, S.DRAFT]],
]


@pytest.mark.parametrize(("facts", "side", "state", "raised", "expected"), TABLE)
def test_what_stands_out(facts, side, state, raised, expected):
    summary = JourneySummary(first_number=1, planned_meetings=10, **facts)
    found = notices(summary, Reader(ME, side, state), Ends(OTHER), raised, NOW, TODAY)
    assert list(found) == expected


@pytest.mark.parametrize(("end", "expected"), [(28, [N.ENDING_NEAR]), (29, []), (-3, [N.ENDING_NEAR])])
def test_a_planned_day_brings_the_ending_near(end, expected):
    ends = TODAY + dt.timedelta(days=end)
    summary = JourneySummary(first_number=1, planned_meetings=None, planned_end=ends, **CALM)
    assert list(notices(summary, Reader(ME, "guide", S.ACTIVE), Ends(OTHER), None, NOW, TODAY)) == expected


def test_the_safety_path_is_never_held_back_by_the_next_act():
    held_back = set().union(*SAID_BY_THE_NEXT_STEP.values())
    assert not held_back & {N.SAFETY, N.ALERT, N.OVERDUE}
    assert set(SAID_BY_THE_NEXT_STEP) <= set(Next)
