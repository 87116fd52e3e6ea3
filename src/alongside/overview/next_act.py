"""The one thing to do next in a journey, for the one who reads: a pure function of facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.journeys.states import CLOSED, JourneyState, Stage
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.first_meeting.states import WAITING

from .standing import Standing

AT_HAND = dt.timedelta(minutes=15)
SOON = dt.timedelta(days=2)


class Next(Enum):
    """What it is. Those in `NEEDS_ME` wait for the reader; the others are good to know."""

    INVITE = "invite"
    FIND_TIME = "find_time"
    PREPARE = "prepare"
    OPEN_FIRST = "open_first"
    TAKE_PICTURE = "take_picture"
    SET_TARGETS = "set_targets"
    WRITE_AGREEMENT = "write_agreement"
    ACCEPT_AGREEMENT = "accept_agreement"
    WAIT_FOR_YES = "wait_for_yes"
    ACKNOWLEDGE = "acknowledge"
    SAY_WHAT_BECAME = "say_what_became"
    OPEN_MEETING = "open_meeting"
    FINISH_RECORD = "finish_record"
    BOOK = "book"
    SAY_WHAT_MATTERS = "say_what_matters"
    DO_STEPS = "do_steps"
    ANSWER_LONGER = "answer_longer"
    BEGIN_ENDING = "begin_ending"
    PREPARE_ENDING = "prepare_ending"
    WORK_ON_ENDING = "work_on_ending"
    ACKNOWLEDGE_ENDING = "acknowledge_ending"
    WAIT_FOR_ENDING = "wait_for_ending"
    RESUME = "resume"
    KEEPSAKE = "keepsake"
    LOOK_BACK = "look_back"
    READY = "ready"


N = Next
GOOD_TO_KNOW = frozenset(
    {N.WAIT_FOR_YES, N.WAIT_FOR_ENDING, N.DO_STEPS, N.RESUME, N.KEEPSAKE, N.LOOK_BACK, N.READY}
)
NEEDS_ME = frozenset(Next) - GOOD_TO_KNOW


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, on which side, in which state of the journey. `for_both`: a guide who writes for both."""

    person_id: UUID
    side: str
    state: JourneyState
    for_both: bool = False

    @property
    def sides(self) -> frozenset[str]:
        return frozenset({"guide", "participant"}) if self.for_both else frozenset({self.side})


@dataclass(frozen=True, slots=True)
class Onward:
    next: Next
    number: int = 0
    """Which meeting it is about, where it is about one."""

    @property
    def needs_me(self) -> bool:
        return self.next in NEEDS_ME


def reader_of(seat: Seat) -> Reader:
    return Reader(
        person_id=seat.actor.id,
        side="participant" if seat.is_participant else "guide",
        state=seat.state,
        for_both=seat.is_guide and not seat.is_participant and seat.participant.person.user_id is None,
    )


def next_act(standing: Standing, reader: Reader, moment: dt.datetime) -> Onward:
    """What this reader does next. `moment` is now."""
    stage = standing.stage
    if reader.state in CLOSED:
        return Onward(N.KEEPSAKE if stage == Stage.ENDING else N.LOOK_BACK)
    if reader.state == JourneyState.PAUSED:
        return Onward(N.RESUME)
    if reader.state == JourneyState.DRAFT:
        return Onward(N.INVITE if reader.side == "guide" else N.LOOK_BACK)
    if standing.longer_asked_by not in (None, reader.person_id):
        return Onward(N.ANSWER_LONGER)
    if stage == Stage.ENDING:
        return _in_the_ending(standing, reader, moment)
    if standing.version_state in WAITING and reader.sides - standing.version_sides:
        return Onward(N.ACCEPT_AGREEMENT)
    if stage == Stage.SESSIONS:
        return _in_sessions(standing, reader, moment)
    return _before_the_sessions(standing, reader, stage, moment)


def _before_the_sessions(standing: Standing, reader: Reader, stage: Stage, moment: dt.datetime) -> Onward:
    if standing.first_held:
        return _after_the_first_meeting(standing)
    if standing.unsaid or _is_at_hand(standing, moment):
        return Onward(N.OPEN_FIRST)
    prepared = reader.person_id in standing.prepared_by
    if stage == Stage.ENVIRONMENT:
        return Onward(N.FIND_TIME if prepared or reader.side == "guide" else N.PREPARE)
    return Onward(N.READY if prepared else N.PREPARE)


def _after_the_first_meeting(standing: Standing) -> Onward:
    """It was held, and the agreement is not in force: what is still missing, in its order."""
    if not standing.has_picture:
        return Onward(N.TAKE_PICTURE)
    if not standing.has_targets:
        return Onward(N.SET_TARGETS)
    return Onward(N.WAIT_FOR_YES if standing.version_state in WAITING else N.WRITE_AGREEMENT)


def _of_a_meeting(standing: Standing, reader: Reader, moment: dt.datetime) -> Onward | None:
    """What a meeting that was, is or begins asks for; it comes before all that can wait."""
    waits = standing.record_sides and reader.sides - standing.record_sides
    if standing.open_record and waits:
        return Onward(N.ACKNOWLEDGE, standing.open_record)
    if standing.unsaid:
        return Onward(N.SAY_WHAT_BECAME, standing.unsaid.number)
    coming = standing.next
    if coming and _is_at_hand(standing, moment):
        return Onward(N.OPEN_MEETING, coming.number)
    if standing.open_record and not standing.record_sides:
        return Onward(N.FINISH_RECORD, standing.open_record)
    return None


def _in_sessions(standing: Standing, reader: Reader, moment: dt.datetime) -> Onward:
    if of_a_meeting := _of_a_meeting(standing, reader, moment):
        return of_a_meeting
    coming = standing.next
    if coming is None:
        return Onward(N.BEGIN_ENDING if standing.is_at_its_planned_end else N.BOOK)
    if reader.side == "participant" and not coming.said and coming.starts_at - moment <= SOON:
        return Onward(N.SAY_WHAT_MATTERS, coming.number)
    if standing.is_near_its_end(moment.date()):
        return Onward(N.PREPARE_ENDING, coming.number)
    return Onward(N.DO_STEPS if standing.my_steps else N.READY)


def _in_the_ending(standing: Standing, reader: Reader, moment: dt.datetime) -> Onward:
    """The last meetings are held while the ending is prepared: what they ask for comes first."""
    if standing.ending_state == EndingState.CLOSED:
        return Onward(N.KEEPSAKE)
    if of_a_meeting := _of_a_meeting(standing, reader, moment):
        return of_a_meeting
    if not standing.ending_sides:
        return Onward(N.WORK_ON_ENDING)
    return Onward(N.ACKNOWLEDGE_ENDING if reader.sides - standing.ending_sides else N.WAIT_FOR_ENDING)


def _is_at_hand(standing: Standing, moment: dt.datetime) -> bool:
    return standing.next is not None and standing.next.starts_at - AT_HAND <= moment
