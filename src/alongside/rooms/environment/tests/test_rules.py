"""Each rule as a truth table."""

import datetime as dt

import pytest

from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.kernel.verdict import Denial
from alongside.rooms.environment import rules
from alongside.rooms.environment.models import Meeting, Place
from alongside.rooms.environment.states import EDITORS_BY_STATE, TRANSITIONS, MeetingState

from .factories import at

OK, NOT_YOURS, NOT_NOW, HIDDEN = None, Denial.NOT_YOURS, Denial.NOT_NOW, Denial.HIDDEN


def test_tables_name_every_state():
    assert set(TRANSITIONS) == set(EDITORS_BY_STATE) == set(MeetingState)


@pytest.mark.parametrize(
    ("who", "said"),
    [("guide", OK), ("administrator", OK), ("participant", NOT_YOURS), ("lead", NOT_YOURS)],
)
def test_may_keep_places(cast, who, said):
    assert rules.may_keep_places(getattr(cast, who)).denial is said


@pytest.mark.parametrize(
    ("who", "of_the_organisation", "said"),
    [
        ("guide", False, OK),
        ("guide", True, NOT_YOURS),
        ("administrator", True, OK),
        ("administrator", False, NOT_YOURS),
        ("participant", False, NOT_YOURS),
        ("stranger", True, OK),
    ],
)
def test_may_make_place(cast, who, of_the_organisation, said):
    verdict = rules.may_make_place(getattr(cast, who), of_the_organisation=of_the_organisation)

    assert verdict.denial is said


@pytest.mark.parametrize(
    ("who", "owner", "said"),
    [
        ("guide", "guide", OK),
        ("guide", None, NOT_YOURS),
        ("administrator", None, OK),
        ("administrator", "guide", HIDDEN),
        ("colleague", "guide", HIDDEN),
        ("participant", None, NOT_YOURS),
        ("stranger", None, HIDDEN),
    ],
)
def test_may_change_place(cast, who, owner, said):
    place = Place(organisation=cast.organisation, owner=getattr(cast, owner) if owner else None)

    assert rules.may_change_place(getattr(cast, who), place).denial is said


@pytest.mark.parametrize(
    ("retired", "who", "may_retire", "may_restore"),
    [
        (False, "guide", OK, NOT_NOW),
        (True, "guide", NOT_NOW, OK),
        (True, "colleague", HIDDEN, HIDDEN),
        (False, "colleague", HIDDEN, HIDDEN),
    ],
)
def test_may_retire_and_restore_place(cast, retired, who, may_retire, may_restore):
    place = Place(organisation=cast.organisation, owner=cast.guide, retired_at=now() if retired else None)

    assert rules.may_retire_place(getattr(cast, who), place).denial is may_retire
    assert rules.may_restore_place(getattr(cast, who), place).denial is may_restore


@pytest.mark.parametrize(
    ("who", "state", "said"),
    [
        ("guide", "active", OK),
        ("participant", "active", OK),
        ("guide", "draft", OK),
        ("guide", "paused", NOT_NOW),
        ("guide", "completed", NOT_NOW),
        ("supporter", "active", NOT_YOURS),
    ],
)
def test_may_book(cast, who, state, said):
    seat = cast.seat(getattr(cast, who), cast.journey(state=state))

    assert rules.may_book(seat).denial is said
    assert rules.may_see_environment(seat).denial is (said if said is NOT_YOURS else OK)


@pytest.mark.parametrize(
    ("who", "owner", "opened", "retired", "said"),
    [
        ("guide", "guide", False, False, OK),
        ("guide", None, False, False, OK),
        ("guide", "colleague", True, False, HIDDEN),
        ("guide", "guide", False, True, NOT_NOW),
        ("participant", "guide", True, False, OK),
        ("participant", "guide", False, False, HIDDEN),
        ("participant", None, True, False, OK),
        ("participant", None, False, False, HIDDEN),
        ("participant", "colleague", True, False, HIDDEN),
    ],
)
def test_may_use_place(cast, seat, who, owner, opened, retired, said):
    place = Place(
        organisation=cast.organisation,
        owner=getattr(cast, owner) if owner else None,
        participants_may_book=opened,
        retired_at=now() if retired else None,
    )

    verdict = rules.may_use_place(cast.seat(getattr(cast, who), seat.journey), place)

    assert verdict.denial is said


def test_may_use_place_that_the_meeting_has_already_but_never_another_organisation(cast, journey):
    seat = cast.seat(cast.participant, journey)
    own = Place(organisation=cast.organisation, owner=cast.guide)
    other = Place(organisation=cast.stranger.organisation)

    assert rules.may_use_place(seat, own, keeps_it=True)
    assert rules.may_use_place(seat, other, keeps_it=True).denial is HIDDEN


@pytest.mark.parametrize(
    ("begins", "already_held", "said"),
    [(60, False, OK), (-10, False, OK), (-31, False, NOT_NOW), (-61, True, OK), (-59, True, NOT_NOW)],
)
def test_is_bookable_time(begins, already_held, said):
    starts_at = now() + dt.timedelta(minutes=begins)

    verdict = rules.is_bookable_time(starts_at, starts_at + dt.timedelta(hours=1), already_held=already_held)

    assert verdict.denial is said


def meeting_of(journey, cast, state, starts_at):
    meeting = Meeting(journey=journey, guide=cast.guide, starts_at=starts_at)
    meeting.state = state
    return meeting


@pytest.mark.parametrize(
    ("who", "journey_state", "meeting_state", "move", "cancel", "check"),
    [
        ("guide", "active", "planned", OK, OK, OK),
        ("participant", "active", "planned", OK, OK, OK),
        ("guide", "paused", "planned", NOT_NOW, OK, NOT_NOW),
        ("guide", "completed", "planned", NOT_NOW, NOT_NOW, NOT_NOW),
        ("guide", "active", "held", NOT_NOW, NOT_NOW, NOT_NOW),
        ("guide", "active", "missed", NOT_NOW, NOT_NOW, NOT_NOW),
        ("guide", "active", "cancelled", NOT_NOW, NOT_NOW, NOT_NOW),
        ("supporter", "active", "planned", NOT_YOURS, NOT_YOURS, NOT_YOURS),
        ("supporter", "active", "held", NOT_YOURS, NOT_YOURS, NOT_YOURS),
    ],
)
def test_may_move_cancel_and_check(cast, who, journey_state, meeting_state, move, cancel, check):
    journey = cast.journey(state=journey_state)
    seat = cast.seat(getattr(cast, who), journey)
    meeting = meeting_of(journey, cast, meeting_state, at(2))

    assert rules.may_move(seat, meeting).denial is move
    assert rules.may_cancel(seat, meeting).denial is cancel
    assert rules.may_check(seat, meeting).denial is check


@pytest.mark.parametrize(
    ("hours", "meeting_state", "held", "missed", "time"),
    [
        (-2, "planned", OK, OK, OK),
        (48, "planned", NOT_NOW, NOT_NOW, NOT_NOW),
        (-2, "held", NOT_NOW, NOT_NOW, OK),
        (-2, "missed", NOT_NOW, NOT_NOW, NOT_NOW),
        (-2, "cancelled", NOT_NOW, NOT_NOW, NOT_NOW),
    ],
)
def test_may_note_what_became_of_it(cast, seat, hours, meeting_state, held, missed, time):
    meeting = meeting_of(seat.journey, cast, meeting_state, now() + dt.timedelta(hours=hours))

    assert rules.may_note_held(seat, meeting).denial is held
    assert rules.may_note_missed(seat, meeting).denial is missed
    assert rules.may_note_time(seat, meeting).denial is time


def test_may_note_held_already_earlier_that_day(cast, seat, time_machine):
    time_machine.move_to("2026-06-02T08:00:00Z")
    meeting = meeting_of(seat.journey, cast, "planned", now() + dt.timedelta(hours=9))

    assert rules.may_note_held(seat, meeting)
    assert rules.may_note_missed(seat, meeting).denial is NOT_NOW


def test_a_meeting_of_another_journey_does_not_exist(cast, seat):
    meeting = meeting_of(cast.journey(), cast, "planned", at(2))

    for rule in (rules.may_move, rules.may_cancel, rules.may_note_held, rules.may_check, rules.may_note_time):
        assert rule(seat, meeting).denial is HIDDEN


def test_a_covering_guide_holds_the_pen_too(cast, seat):
    assert Part.COVERING in EDITORS_BY_STATE[MeetingState.PLANNED]


def test_may_note_time_refuses_named_people_and_closed_journeys(cast):
    over = cast.journey(state="completed")
    under_way = cast.journey()

    closed = rules.may_note_time(cast.seat(cast.guide, over), meeting_of(over, cast, "held", at(-2)))
    named = rules.may_note_time(
        cast.seat(cast.supporter, under_way), meeting_of(under_way, cast, "held", at(-2))
    )

    assert closed.denial is NOT_NOW
    assert named.denial is NOT_YOURS
