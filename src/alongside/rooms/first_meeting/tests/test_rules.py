"""Who may do what, as truth tables."""

import dataclasses
import itertools

import pytest

from alongside.journeys.states import JourneyState
from alongside.kernel.verdict import Denial
from alongside.rooms.first_meeting import boxes, rules
from alongside.rooms.first_meeting.models import AgreementVersion
from alongside.rooms.first_meeting.queries import Agreement, RoomFacts
from alongside.rooms.first_meeting.states import (
    EDITORS_BY_STATE,
    LIVING,
    TRANSITIONS,
    AgreementState,
    Moment,
    Side,
)

A = AgreementState
NOT_YOURS, NOT_NOW = Denial.NOT_YOURS, Denial.NOT_NOW
NOTHING = RoomFacts(None, None, 0, 0, 0, 0, False, False, None, None, None, None, None)


def agreement(state, *, sides=(), others=(), number=1, **facts):
    """One version in a state, with the states of the newer ones before it."""
    versions = []
    for place, each in enumerate([*others, state]):
        version = AgreementVersion(number=number + len(others) - place, **facts)
        version.state, version.guide_said_yes = each, Side.GUIDE in sides
        version.participant_said_yes = Side.PARTICIPANT in sides
        versions.append(version)
    return Agreement(versions[-1], tuple(versions))


@pytest.fixture
def seats(cast):
    journey = cast.journey(state="preparing")
    return {
        "guide": cast.seat(cast.guide, journey),
        "participant": cast.seat(cast.participant, journey),
        "supporter": cast.seat(cast.supporter, journey),
    }


def in_state(seat, state):
    return dataclasses.replace(seat, state=JourneyState(state))


def test_tables_name_every_state():
    assert set(TRANSITIONS) == set(EDITORS_BY_STATE) == set(A)
    assert {state for state in A if EDITORS_BY_STATE[state]} == LIVING
    assert all(bool(TRANSITIONS[state]) == bool(EDITORS_BY_STATE[state]) for state in A)


def test_room_is_between_the_two(seats):
    verdicts = {who: rules.may_open_room(seat).denial for who, seat in seats.items()}

    assert verdicts == {"guide": None, "participant": None, "supporter": NOT_YOURS}


@pytest.mark.parametrize("rule", ["may_shape_goals", "may_write_section"])
def test_working_in_the_room(seats, rule):
    table = {
        (who, state): getattr(rules, rule)(in_state(seat, state)).denial
        for who, seat in seats.items()
        for state in ("draft", "preparing", "active", "paused", "ending", "completed")
    }

    assert {at for at, denial in table.items() if denial is None} == set(
        itertools.product(("guide", "participant"), ("draft", "preparing", "active", "ending"))
    )
    assert {table[who, state] for who in ("guide", "participant") for state in ("paused", "completed")} == {
        NOT_NOW
    }
    assert {denial for (who, _state), denial in table.items() if who == "supporter"} == {NOT_YOURS}


def test_writing_in_boxes(seats):
    guide, participant, supporter = seats.values()
    over = in_state(guide, "completed")

    assert rules.may_write(guide, boxes.shared_notes(guide)).denial is None
    assert rules.may_write(participant, boxes.private_notes(participant)).denial is None
    assert rules.may_write(supporter, boxes.private_notes(supporter)).denial == NOT_YOURS
    assert rules.may_write(over, boxes.shared_notes(guide)).denial == NOT_NOW


@pytest.mark.parametrize(
    ("has_account", "who", "denial"),
    [(True, "guide", NOT_NOW), (True, "participant", NOT_YOURS), (False, "guide", None)],
)
def test_answers_in_the_room_are_written_by_the_guide_of_one_without_account(cast, has_account, who, denial):
    journey = cast.journey(state="preparing", participant_has_account=has_account)
    seat = cast.seat(getattr(cast, who), journey)

    assert rules.may_write(seat, boxes.answer_together(seat, "brings")).denial == denial


def test_preparation_is_sent_once(seats):
    sent = dataclasses.replace(NOTHING, participant_sent_at="yesterday")
    table = {
        (who, facts is sent): rules.may_send_preparation(seat, facts).denial
        for who, seat in seats.items()
        for facts in (NOTHING, sent)
    }

    assert table == {
        ("guide", False): None,
        ("guide", True): None,
        ("participant", False): None,
        ("participant", True): NOT_NOW,
        ("supporter", False): NOT_YOURS,
        ("supporter", True): NOT_YOURS,
    }


@pytest.mark.parametrize(
    ("fixed", "moment", "denial"),
    [
        (False, Moment.START, None),
        (True, Moment.START, NOT_NOW),
        (False, Moment.NOW, None),
        (True, Moment.NOW, None),
    ],
)
def test_start_is_fixed_and_later_pictures_are_not(seats, fixed, moment, denial):
    facts = dataclasses.replace(NOTHING, picture_is_fixed=fixed)

    assert rules.may_take_picture(seats["participant"], facts, moment).denial == denial
    assert rules.may_take_picture(seats["supporter"], facts, moment).denial == NOT_YOURS


@pytest.mark.parametrize(
    ("needs", "rated", "fixed", "denial"),
    [(0, 0, False, None), (2, 1, False, None), (2, 2, False, NOT_NOW), (2, 1, True, NOT_NOW)],
)
def test_going_on_without_a_picture(seats, needs, rated, fixed, denial):
    facts = dataclasses.replace(NOTHING, needs=needs, rated_needs=rated, picture_is_fixed=fixed)

    assert rules.may_go_on_without_picture(seats["guide"], facts).denial == denial


def test_agreement_is_begun_once(seats):
    given = {None: None, A.DRAFT: NOT_NOW, A.IN_FORCE: NOT_NOW, A.ENDED: None}
    found = {
        state: rules.may_begin_agreement(seats["guide"], agreement(state) if state else None).denial
        for state in given
    }

    assert found == given


@pytest.mark.parametrize("before", A)
@pytest.mark.parametrize("after", A)
def test_agreement_states_follow_the_table(seats, before, after):
    allowed = after in TRANSITIONS[before]

    for who in ("guide", "participant"):
        assert bool(rules.may_enter_agreement_state(seats[who], agreement(before), after)) == allowed
    assert rules.may_enter_agreement_state(seats["supporter"], agreement(before), after).denial == NOT_YOURS


def test_draft_is_changed_by_both_and_texts_taken_over_by_the_guide(seats):
    draft, proposed = agreement(A.DRAFT), agreement(A.PROPOSED)

    assert [bool(rules.may_change_draft(seat, draft)) for seat in seats.values()] == [True, True, False]
    assert [bool(rules.may_use_texts(seat, draft)) for seat in seats.values()] == [True, False, False]
    assert rules.may_change_draft(seats["guide"], proposed).denial == NOT_NOW
    assert rules.may_use_texts(seats["guide"], proposed).denial == NOT_NOW


@pytest.mark.parametrize(
    ("state", "journey", "missing", "denial"),
    [
        (A.DRAFT, "preparing", (), None),
        (A.DRAFT, "active", (), None),
        (A.DRAFT, "preparing", ("a date",), NOT_NOW),
        (A.DRAFT, "draft", (), NOT_NOW),
        (A.PROPOSED, "preparing", (), NOT_NOW),
        (A.DRAFT, "paused", (), NOT_NOW),
    ],
)
def test_proposing(seats, state, journey, missing, denial):
    assert rules.may_propose(in_state(seats["guide"], journey), agreement(state), missing).denial == denial


@pytest.mark.parametrize("state", A)
@pytest.mark.parametrize("sides", [(), (Side.GUIDE,), (Side.PARTICIPANT,)])
def test_each_accepts_once_while_it_waits(seats, state, sides):
    waits = state in (A.PROPOSED, A.ACCEPTED_BY_ONE)
    found = {who: bool(rules.may_accept(seat, agreement(state, sides=sides))) for who, seat in seats.items()}

    assert found == {
        "guide": waits and Side.GUIDE not in sides,
        "participant": waits and Side.PARTICIPANT not in sides,
        "supporter": False,
    }


@pytest.mark.parametrize("sides", [(), (Side.GUIDE,), (Side.PARTICIPANT,)])
def test_in_the_room_the_guide_notes_the_participants_yes(seats, sides):
    waiting = agreement(A.PROPOSED, sides=sides)
    found = {who: rules.may_accept_in_the_room(seat, waiting).denial for who, seat in seats.items()}

    assert found["guide"] == (NOT_NOW if Side.PARTICIPANT in sides else None)
    assert (found["participant"], found["supporter"]) == (NOT_YOURS, NOT_YOURS)


@pytest.mark.parametrize(
    ("state", "newer", "denial"),
    [
        (A.DRAFT, (), NOT_NOW),
        (A.PROPOSED, (), None),
        (A.ACCEPTED_BY_ONE, (), None),
        (A.IN_FORCE, (), None),
        (A.IN_FORCE, (A.DRAFT,), NOT_NOW),
        (A.IN_FORCE, (A.ENDED,), None),
        (A.SUPERSEDED, (A.IN_FORCE,), NOT_NOW),
        (A.ENDED, (), NOT_NOW),
    ],
)
def test_reopening(seats, state, newer, denial):
    table = agreement(state, others=newer)

    assert rules.may_reopen(seats["participant"], table).denial == denial
    assert rules.may_reopen(seats["supporter"], table).denial == NOT_YOURS


def test_draft_is_put_aside_only_beside_one_in_force(seats):
    first, second = agreement(A.DRAFT), agreement(A.IN_FORCE, others=(A.DRAFT,))
    draft_of_second = Agreement(second.versions[0], second.versions)

    assert rules.may_drop_draft(seats["guide"], first).denial == NOT_NOW
    assert rules.may_drop_draft(seats["guide"], second).denial == NOT_NOW
    assert rules.may_drop_draft(seats["guide"], draft_of_second).denial is None


@pytest.mark.parametrize(
    ("who", "first_number", "has_one", "denial"),
    [
        ("guide", 4, False, None),
        ("guide", 1, False, NOT_NOW),
        ("guide", 4, True, NOT_NOW),
        ("participant", 4, False, NOT_YOURS),
    ],
)
def test_carrying_an_agreement_over(seats, who, first_number, has_one, denial):
    seats[who].journey.first_number = first_number
    found = agreement(A.IN_FORCE) if has_one else None

    assert rules.may_carry_agreement_over(seats[who], found).denial == denial


def test_ending_needs_one_in_force(seats):
    assert rules.may_end_agreement(seats["participant"], agreement(A.IN_FORCE)).denial is None
    assert rules.may_end_agreement(seats["participant"], agreement(A.DRAFT)).denial == NOT_NOW
    assert rules.may_end_agreement(seats["participant"], None).denial == NOT_NOW


def test_held_needs_a_booking(seats):
    found = {who: rules.may_note_first_held(seat, None).denial for who, seat in seats.items()}

    assert found == {"guide": NOT_NOW, "participant": NOT_NOW, "supporter": NOT_YOURS}


def test_nothing_is_missing_when_all_is_written(seats):
    seat = seats["guide"]
    whole = dataclasses.replace(NOTHING, needs=2, rated_needs=2, targets=1, steps=1)
    written = {section.key: "Said." for section in seat.kind.agreement}
    dated = agreement(A.DRAFT, begins_on="2026-03-02", review_on="2026-06-01")

    assert rules.what_is_missing(seat, dated, whole, written) == ()


def test_everything_is_missing_at_first(seats):
    seat = seats["guide"]
    required = [section.key for section in seat.kind.agreement if section.required]

    missing = rules.what_is_missing(seat, agreement(A.DRAFT), NOTHING, {})

    assert [one.where for one in missing] == [*required, "facts", "facts", "goals", "goals", "goals"]


@pytest.mark.parametrize(
    ("rated", "without", "is_missing"), [(1, False, True), (2, False, False), (1, True, False)]
)
def test_picture_is_never_skipped_silently(seats, rated, without, is_missing):
    facts = dataclasses.replace(NOTHING, needs=2, rated_needs=rated, goes_on_without_picture=without)

    missing = rules.what_is_missing(seats["guide"], agreement(A.DRAFT), facts, {})

    assert any(one.is_picture for one in missing) == is_missing


def test_agreeing_goals(room):
    need, target, step = room.need(), room.target(), room.step()
    other = type(room)(room.cast).need("Elsewhere")

    assert rules.may_agree_goal(room.participant, need).denial is None
    assert rules.may_agree_goal(room.guide, need).denial is None  # in the room
    assert rules.may_agree_goal(room.participant, target).denial is None
    assert rules.may_agree_goal(room.participant, other).denial == Denial.HIDDEN
    assert rules.may_change_goal(room.participant, step).denial is None
    assert rules.may_change_goal(room.participant, other).denial == Denial.HIDDEN


def test_own_proposal_of_the_participant_waits_for_the_guide(room):
    from alongside.goals.actions import propose_need
    from alongside.goals.queries import need_for

    need = need_for(room.guide, propose_need(statement="Mine", by=room.participant).id)

    assert rules.may_agree_goal(room.participant, need).denial == NOT_NOW
    assert rules.may_agree_goal(room.guide, need).denial is None
