"""The rules of focusing as truth tables: who, and at which moment."""

from __future__ import annotations

from uuid import uuid4

import pytest

from alongside.kernel.verdict import ALLOWED
from alongside.rooms.sessions.focusing import actions, rules
from alongside.rooms.sessions.focusing.queries import FocusingHere, own_words_in
from alongside.rooms.sessions.focusing.states import FOCUSING_TRANSITIONS, FocusingState
from alongside.rooms.sessions.focusing.tests.factories import here, level
from alongside.rooms.sessions.record.tests.factories import opened

pytestmark = pytest.mark.django_db

YES, NO, WAIT, NONE = None, 403, 409, 404
STATES = ("preparing", "active", "paused", "ending", "completed", "ended_early", "withdrawn")
READ = dict.fromkeys(STATES, YES)
OPEN = {**READ, "completed": WAIT, "ended_early": WAIT, "withdrawn": WAIT}
WORK = {**OPEN, "paused": WAIT}


def status(verdict):
    return verdict.denial.value if verdict.denial else None


@pytest.fixture(params=STATES)
def state(request):
    return request.param


@pytest.fixture
def table(cast, state):
    """A focusing of the participant's own, in a journey in each state, as each of three people finds it."""
    journey = cast.journey(state=state)
    author = cast.seat(cast.participant, journey)
    focusing = actions.Focusing.objects.create(journey=journey, author=cast.participant)
    actions.FocusingStateRecord.objects.create(focusing=focusing, state="draft", by=cast.participant)
    found = here(author, focusing)
    seats = {
        "author": author,
        "other": cast.seat(cast.guide, journey),
        "named": cast.seat(cast.supporter, journey),
    }
    return seats, found


def answers(seats, rule):
    return {who: status(rule(seat)) for who, seat in seats.items()}


def test_who_looks_round(table, state):
    seats, _found = table
    assert answers(seats, rules.may_look_round) == {"author": YES, "other": YES, "named": NO}


def test_who_begins(table, state):
    seats, _found = table
    expected = {"author": WORK[state], "other": WORK[state], "named": NO}
    assert answers(seats, rules.may_begin_focusing) == expected


def test_who_sees_it_once_it_was_found(table, state):
    seats, found = table
    assert answers(seats, lambda seat: rules.may_see_focusing(seat, found)) == {
        "author": YES,
        "other": YES,
        "named": NO,
    }


def test_who_sees_a_card(table, state):
    seats, found = table
    wide = level(seats["author"], "wide")
    assert answers(seats, lambda seat: rules.may_see_level(seat, found, wide)) == {
        "author": YES,
        "other": NO,
        "named": NO,
    }


@pytest.mark.parametrize(
    "rule", ["may_write_in_focusing", "may_write_in_level", "may_keep", "may_correct_focusing"]
)
def test_who_writes(table, state, rule):
    seats, found = table
    more = [level(seats["author"], "wide")] if rule == "may_write_in_level" else []
    assert answers(seats, lambda seat: getattr(rules, rule)(seat, found, *more)) == {
        "author": OPEN[state],
        "other": NO,
        "named": NO,
    }


def test_who_marks_words_as_entered_in_error(table, state):
    seats, found = table
    author = seats["author"]
    named = level(author, "wide")
    if OPEN[state] is YES:
        actions.write_in_level(
            focusing_id=found.id, level=named, name="how_are_you", text="Ann's", version=0, by=author
        )
    mine = [words.id for words in own_words_in(author, found)] or [uuid4()]
    assert answers(seats, lambda seat: rules.may_mark_in_focusing(seat, found, mine[0], "not mine")) == {
        "author": OPEN[state],
        "other": NO,
        "named": NO,
    }
    assert status(rules.may_mark_in_focusing(author, found, mine[0], "  ")) == WAIT
    unknown = status(rules.may_mark_in_focusing(author, found, uuid4(), "not mine"))
    assert unknown == (NONE if OPEN[state] is YES else WAIT)


def test_who_shares_a_level(table, state):
    seats, found = table
    wide, act = level(seats["author"], "wide"), level(seats["author"], "act")
    assert answers(seats, lambda seat: rules.may_share_level(seat, found, wide)) == {
        "author": OPEN[state],
        "other": NO,
        "named": NO,
    }
    expected = NONE if OPEN[state] is YES else WAIT
    assert status(rules.may_share_level(seats["author"], found, act)) == expected


def test_who_plans_the_act(table, state):
    seats, found = table
    assert answers(seats, lambda seat: rules.may_plan_act(seat, found)) == {
        "author": WORK[state],
        "other": NO,
        "named": NO,
    }


def test_acts_go_along_into_the_journey_that_follows(cast, table, state):
    seats, found = table
    before = found.row.journey
    onward = cast.journey(state=state, follows=before)
    seats = {who: cast.seat(seat.actor, onward) for who, seat in seats.items()}
    expected = {"author": WORK[state], "other": WORK[state], "named": NO}
    assert answers(seats, lambda seat: rules.may_carry_acts(seat, before)) == expected
    assert answers(seats, lambda seat: rules.may_carry_acts(seat, onward)) == dict.fromkeys(seats, NONE)


@pytest.mark.parametrize(
    ("together", "shared", "expected"), [(False, (), YES), (False, (1,), WAIT), (True, (), WAIT)]
)
def test_a_level_is_shared_once_and_never_when_both_write(cast, together, shared, expected):
    journey = cast.journey()
    seat = cast.seat(cast.participant, journey)
    row = actions.Focusing(journey=journey, author=cast.participant, together=together)
    found = FocusingHere(row, FocusingState.DRAFT, "", None, frozenset(shared), ())

    assert status(rules.may_share_level(seat, found, level(seat, "wide"))) == expected


@pytest.mark.parametrize("now", FocusingState)
@pytest.mark.parametrize("then", FocusingState)
def test_a_draft_is_kept_and_taken_up_and_what_is_shared_stays_shared(cast, now, then):
    journey = cast.journey()
    seat = cast.seat(cast.participant, journey)
    row = actions.Focusing(journey=journey, author=cast.participant)
    found = FocusingHere(row, now, "", None, frozenset(), ())

    assert status(rules.may_keep(seat, found, then)) == (YES if then in FOCUSING_TRANSITIONS[now] else WAIT)


def test_together_both_write_and_nobody_else(cast):
    journey = cast.journey()
    row = actions.Focusing(journey=journey, author=cast.guide, together=True)
    found = FocusingHere(row, FocusingState.SHARED, "", None, frozenset(), ())
    seats = {
        "guide": cast.seat(cast.guide, journey),
        "participant": cast.seat(cast.participant, journey),
        "named": cast.seat(cast.supporter, journey),
    }

    assert answers(seats, lambda seat: rules.may_write_in_focusing(seat, found)) == {
        "guide": YES,
        "participant": YES,
        "named": NO,
    }
    assert status(rules.may_keep(seats["guide"], found)) == WAIT


@pytest.mark.parametrize("is_open", [True, False])
def test_together_is_begun_while_they_meet(cast, is_open):
    journey = cast.journey()
    seat = cast.seat(cast.guide, journey)
    record = opened(cast, journey) if is_open else None
    assert (rules.may_begin_together(seat, record) == ALLOWED) is is_open
