"""The rules of this room as truth tables: who, in which state of the record, in which state of the journey."""

import pytest

from alongside.goals.models import Step
from alongside.kernel.verdict import Denial
from alongside.rooms.sessions.record import actions, rules
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.record.states import (
    EDITORS_BY_STATE,
    ISSUE_TRANSITIONS,
    TRANSITIONS,
    IssueState,
    RecordState,
    Side,
    state_after,
)
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened

pytestmark = pytest.mark.django_db
OK, HIDDEN, YOURS, NOW = None, Denial.HIDDEN, Denial.NOT_YOURS, Denial.NOT_NOW


def seats(cast, journey):
    return {name: cast.seat(getattr(cast, name), journey) for name in ("guide", "participant", "supporter")}


def in_state(cast, state, kind="supervision"):
    """A journey whose meeting 2 has a record in that state (or was only booked)."""
    journey = cast.journey(kind)
    if state == "booked":
        booked(cast, journey)
        return journey
    opened(cast, journey)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    if state in ("by_guide", "closed"):
        actions.close_meeting(number=2, closing=closing(guide), by=guide)
    if state in ("by_participant", "closed"):
        actions.confirm_meeting(number=2, by=participant)
    return journey


TABLE = {
    # rule: {state of the record: (guide, participant, supporter)}
    "may_see_meeting": dict.fromkeys(("booked", "open", "by_guide", "closed"), (OK, OK, YOURS)),
    "may_prepare": {"booked": (OK, OK, YOURS), "open": (OK, OK, YOURS), "closed": (NOW, NOW, YOURS)},
    "may_start": {"booked": (OK, OK, YOURS), "open": (OK, OK, YOURS), "closed": (OK, OK, YOURS)},
    "may_work_in_record": {
        "booked": (HIDDEN, HIDDEN, YOURS),
        "open": (OK, OK, YOURS),
        "by_guide": (OK, OK, YOURS),
        "closed": (NOW, NOW, YOURS),
    },
    "may_acknowledge": {
        "booked": (HIDDEN, HIDDEN, YOURS),
        "open": (OK, OK, YOURS),
        "by_guide": (NOW, OK, YOURS),
        "by_participant": (OK, NOW, YOURS),
        "closed": (NOW, NOW, YOURS),
    },
    "may_close": {
        "booked": (HIDDEN, YOURS, YOURS),
        "open": (OK, YOURS, YOURS),
        "by_guide": (NOW, YOURS, YOURS),
        "by_participant": (OK, YOURS, YOURS),
        "closed": (NOW, YOURS, YOURS),
    },
    "may_confirm": {
        "booked": (YOURS, HIDDEN, YOURS),
        "open": (YOURS, OK, YOURS),
        "by_guide": (YOURS, OK, YOURS),
        "by_participant": (YOURS, NOW, YOURS),
        "closed": (YOURS, NOW, YOURS),
    },
    "may_note_acknowledgement": {"open": (YOURS, YOURS, YOURS), "closed": (YOURS, YOURS, YOURS)},
    "may_answer_questions": {
        "booked": (YOURS, HIDDEN, YOURS),
        "open": (YOURS, OK, YOURS),
        "closed": (YOURS, OK, YOURS),
    },
    "may_correct": {"open": (OK, OK, YOURS), "closed": (OK, OK, YOURS)},
}
CASES = [(rule, state, found) for rule, states in TABLE.items() for state, found in states.items()]


@pytest.mark.parametrize(
    ("rule", "state", "expected"), CASES, ids=[f"{rule}-{state}" for rule, state, _x in CASES]
)
def test_who_may_in_each_state_of_the_record(cast, rule, state, expected):
    journey = in_state(cast, state)

    found = tuple(
        getattr(rules, rule)(seat, table_of(seat, 2)).denial for seat in seats(cast, journey).values()
    )

    assert found == expected


@pytest.mark.parametrize("state", ["paused", "completed"])
def test_nothing_is_changed_in_a_journey_that_rests_or_is_over(cast, state):
    journey = cast.journey(state=state)
    booked(cast, journey)
    seat = cast.seat(cast.guide, journey)

    assert rules.may_start(seat, table_of(seat, 2)).denial == NOW
    assert rules.may_write_for_next_time(seat).denial == (NOW if state == "completed" else OK)


def test_writing_for_next_time_is_for_the_two(cast):
    found = {
        name: rules.may_write_for_next_time(seat).denial for name, seat in seats(cast, cast.journey()).items()
    }

    assert found == {"guide": OK, "participant": OK, "supporter": YOURS}
    room = {name: rules.may_enter_room(seat).denial for name, seat in seats(cast, cast.journey()).items()}
    assert room == {"guide": OK, "participant": OK, "supporter": YOURS}


@pytest.mark.parametrize(
    ("box", "expected"),
    [("review", (OK, OK, YOURS)), ("private", (OK, OK, YOURS)), ("matters", (YOURS, OK, YOURS))],
)
def test_who_writes_in_which_box(cast, box, expected):
    journey = in_state(cast, "closed")

    found = tuple(
        rules.may_write_in_box(s, table_of(s, 2), box).denial for s in seats(cast, journey).values()
    )

    assert found == expected


def test_in_the_room_the_guide_writes_and_acknowledges_for_both(cast):
    journey = cast.journey(participant_has_account=False)
    opened(cast, journey)
    seat = cast.seat(cast.guide, journey)

    assert rules.may_write_in_box(seat, table_of(seat, 2), "matters").allowed
    assert rules.may_note_acknowledgement(seat, table_of(seat, 2)).allowed
    actions.close_meeting(number=2, closing=closing(seat), with_participant=True, by=seat)
    assert rules.may_note_acknowledgement(seat, table_of(seat, 2)).denial == NOW


@pytest.mark.parametrize(("state", "expected"), [("preparing", NOW), ("active", OK), ("ending", OK)])
def test_sessions_begin_once_the_agreement_holds(cast, state, expected):
    journey = cast.journey(state=state)
    booked(cast, journey)
    seat = cast.seat(cast.guide, journey)

    verdict = rules.may_start(seat, table_of(seat, 2))

    assert verdict.denial == expected
    assert bool(verdict.next_url) == (expected == NOW)


def test_the_first_meeting_has_a_room_of_its_own(cast):
    journey = cast.journey()
    booked(cast, journey, 1)
    seat = cast.seat(cast.guide, journey)

    verdict = rules.may_start(seat, table_of(seat, 1))

    assert verdict.denial == NOW and "first-meeting" in verdict.next_url


def test_a_journey_begun_at_meeting_six_has_its_records_here_from_six_on(cast):
    journey = cast.journey(first_number=6)
    booked(cast, journey, 6)
    seat = cast.seat(cast.guide, journey)

    assert rules.may_start(seat, table_of(seat, 6)).allowed


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [("planned", 0, OK), ("planned", -1, OK), ("planned", 2, NOW), ("held", -3, OK)],
)
def test_a_meeting_is_opened_from_its_day_on_and_later(cast, state, days, expected):
    journey = cast.journey()
    booked(cast, journey, state=state, days=days)
    seat = cast.seat(cast.guide, journey)

    assert rules.may_start(seat, table_of(seat, 2)).denial == expected


def test_an_issue_is_settled_once_and_only_in_its_own_journey(cast):
    journey, elsewhere = in_state(cast, "open"), in_state(cast, "open")
    seat, other = cast.seat(cast.guide, journey), cast.seat(cast.guide, elsewhere)
    issue = actions.raise_issue(number=2, text="Sleep", by=seat)
    actions.settle_issue(number=2, issue=issue_in(seat, issue.id), becomes=IssueState.LET_BE, by=seat)
    found = issue_in(seat, issue.id)

    again = {
        state: rules.may_settle_issue(seat, table_of(seat, 2), found, state).denial for state in IssueState
    }

    assert again == {**dict.fromkeys(IssueState, NOW), IssueState.RAISED: OK}
    assert rules.may_settle_issue(seat, table_of(seat, 2), found).allowed
    assert rules.may_settle_issue(other, table_of(other, 2), found).denial == HIDDEN


def test_a_step_is_let_go_only_out_of_the_plan_it_belongs_to(cast):
    journey, elsewhere = in_state(cast, "open"), in_state(cast, "open")
    seat, other = cast.seat(cast.guide, journey), cast.seat(cast.guide, elsewhere)
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=seat)
    earlier = Step.objects.create(
        journey=journey, text="Swim", owner=cast.participant, by=cast.guide, planned_in=1
    )

    assert rules.may_let_step_go(seat, table_of(seat, 2), step).allowed
    assert rules.may_let_step_go(seat, table_of(seat, 2), earlier).denial == NOW
    assert rules.may_let_step_go(other, table_of(other, 2), step).denial == HIDDEN


def test_only_the_one_who_wrote_some_words_marks_them_and_says_why(cast):
    journey = in_state(cast, "open")
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    actions.write_in_box(number=2, name="review", text="About somebody else", version=0, by=guide)
    actions.write_in_box(number=2, name="plan", text="Both", version=0, by=guide)
    actions.write_in_box(number=2, name="plan", text="Both of us", version=1, by=participant)
    from alongside.journeys.models import Words

    mine, both = (Words.objects.get(box=box).id for box in ("review", "plan"))
    table = table_of(guide, 2)

    assert rules.may_mark_in_error(guide, table, mine, "wrong person").allowed
    assert rules.may_mark_in_error(guide, table, mine, "  ").denial == NOW
    assert rules.may_mark_in_error(participant, table, mine, "x").denial == HIDDEN
    assert rules.may_mark_in_error(guide, table, both, "x").denial == HIDDEN
    assert rules.may_mark_in_error(cast.seat(cast.supporter, journey), table, mine, "x").denial == YOURS


@pytest.mark.parametrize(
    ("sides", "must", "expected"),
    [
        ((), True, "open"),
        ((Side.GUIDE,), True, "acknowledged_by_one"),
        ((Side.PARTICIPANT,), True, "acknowledged_by_one"),
        ((Side.GUIDE, Side.PARTICIPANT), True, "closed"),
        ((), False, "open"),
        ((Side.GUIDE,), False, "closed"),
        ((Side.PARTICIPANT,), False, "acknowledged_by_one"),
        ((Side.GUIDE, Side.PARTICIPANT), False, "closed"),
    ],
)
def test_the_state_that_follows_from_who_has_acknowledged(sides, must, expected):
    assert state_after(frozenset(sides), participant_must=must) == expected


def test_every_state_has_its_transitions_and_its_pen_holder():
    assert set(TRANSITIONS) == set(EDITORS_BY_STATE) == set(RecordState)
    assert set(ISSUE_TRANSITIONS) == set(IssueState)
    assert not EDITORS_BY_STATE[RecordState.CLOSED]
