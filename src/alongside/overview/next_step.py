"""The one thing to do next in a journey, for the one who reads: a pure function of facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.utils.timezone import localtime

from alongside.journeys.seat import Seat
from alongside.journeys.states import CLOSED, JourneyState, Stage
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.first_meeting.states import WAITING

from .journey_summary import JourneySummary

AT_HAND = dt.timedelta(minutes=15)
SOON = dt.timedelta(days=2)


class Next(Enum):
    """What it is. Those in `NEEDS_ME` wait for the reader; the others are good to know."""

    INVITE = "invite"
    CALL = "call"
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
    AGREE_GOALS = "agree_goals"
    ANSWER_HANDOVER = "answer_handover"
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
    """Who reads, on which side, in which state of the journey. `for_both`: a guide who writes for both.

    `participant_id` tells whose proposals are the participant's; `covers`: somebody in the guide's place for a time.
    """

    person_id: UUID
    side: str
    state: JourneyState
    for_both: bool = False
    participant_id: UUID | None = None
    covers: bool = False

    @property
    def sides(self) -> frozenset[str]:
        return frozenset({"guide", "participant"}) if self.for_both else frozenset({self.side})


@dataclass(frozen=True, slots=True)
class NextStep:
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
        participant_id=seat.participant.person.id,
        covers=bool(seat.covers_until),
    )


def find_next_step(summary: JourneySummary, reader: Reader, moment: dt.datetime) -> NextStep:
    """What this reader does next. `moment` is now."""
    stage = summary.stage
    if reader.state in CLOSED:
        return NextStep(N.KEEPSAKE if stage == Stage.ENDING else N.LOOK_BACK)
    if reader.state == JourneyState.PAUSED:
        return NextStep(N.RESUME)
    if reader.state == JourneyState.DRAFT:
        return NextStep(N.INVITE if reader.side == "guide" else N.LOOK_BACK)
    if reader.side == "guide" and summary.calls and not _is_at_hand(summary, moment):
        return NextStep(N.CALL)
    if summary.longer_asked_by not in (None, reader.person_id):
        return NextStep(N.ANSWER_LONGER)
    if not reader.covers and (reader.sides & summary.handover_needs) - summary.handover_sides:
        return NextStep(N.ANSWER_HANDOVER)
    if stage == Stage.ENDING:
        return _in_the_ending(summary, reader, moment)
    if summary.version_state in WAITING and reader.sides - summary.version_sides:
        return NextStep(N.ACCEPT_AGREEMENT)
    if stage == Stage.SESSIONS:
        return _in_sessions(summary, reader, moment)
    return _before_the_sessions(summary, reader, stage, moment)


def _before_the_sessions(
    summary: JourneySummary, reader: Reader, stage: Stage, moment: dt.datetime
) -> NextStep:
    if summary.first_held:
        return _after_the_first_meeting(summary)
    if summary.unsaid or _is_at_hand(summary, moment):
        return NextStep(N.OPEN_FIRST)
    prepared = reader.person_id in summary.prepared_by
    if stage == Stage.ENVIRONMENT:
        return NextStep(N.FIND_TIME if prepared or reader.side == "guide" else N.PREPARE)
    return NextStep(N.READY if prepared else N.PREPARE)


def _after_the_first_meeting(summary: JourneySummary) -> NextStep:
    """It was held, and the agreement is not in force: what is still missing, in its order."""
    if not summary.has_picture:
        return NextStep(N.TAKE_PICTURE)
    if not summary.has_targets:
        return NextStep(N.SET_TARGETS)
    return NextStep(N.WAIT_FOR_YES if summary.version_state in WAITING else N.WRITE_AGREEMENT)


def _of_a_meeting(summary: JourneySummary, reader: Reader, moment: dt.datetime) -> NextStep | None:
    """What a meeting that was, is or begins asks for; it comes before all that can wait."""
    waits = summary.record_sides and reader.sides - summary.record_sides
    if summary.open_record and waits:
        return NextStep(N.ACKNOWLEDGE, summary.open_record)
    if summary.unsaid:
        return NextStep(N.SAY_WHAT_BECAME, summary.unsaid.number)
    coming = summary.next
    if coming and _is_at_hand(summary, moment):
        return NextStep(N.OPEN_MEETING, coming.number)
    if summary.open_record and not summary.record_sides:
        return NextStep(N.FINISH_RECORD, summary.open_record)
    return None


def _in_sessions(summary: JourneySummary, reader: Reader, moment: dt.datetime) -> NextStep:
    if of_a_meeting := _of_a_meeting(summary, reader, moment):
        return of_a_meeting
    if _is_asked_to_agree(summary, reader):
        return NextStep(N.AGREE_GOALS)
    coming = summary.next
    if coming is None:
        return NextStep(N.BEGIN_ENDING if summary.is_at_its_planned_end else N.BOOK)
    if reader.side == "participant" and not coming.said and coming.starts_at - moment <= SOON:
        return NextStep(N.SAY_WHAT_MATTERS, coming.number)
    if summary.is_near_its_end(localtime(moment).date()):
        return NextStep(N.PREPARE_ENDING, coming.number)
    return NextStep(N.DO_STEPS if summary.my_steps else N.READY)


def _in_the_ending(summary: JourneySummary, reader: Reader, moment: dt.datetime) -> NextStep:
    """The last meetings are held while the ending is prepared: what they ask for comes first."""
    if summary.ending_state == EndingState.CLOSED:
        return NextStep(N.KEEPSAKE)
    if of_a_meeting := _of_a_meeting(summary, reader, moment):
        return of_a_meeting
    if not summary.ending_sides:
        return NextStep(N.WORK_ON_ENDING)
    return NextStep(N.ACKNOWLEDGE_ENDING if reader.sides - summary.ending_sides else N.WAIT_FOR_ENDING)


def _is_asked_to_agree(summary: JourneySummary, reader: Reader) -> bool:
    """Whether the other side has proposed something; by the side, as whoever covers speaks for the guide's."""
    sides = {"participant" if who == reader.participant_id else "guide" for who in summary.proposed}
    return bool(sides - {reader.side})


def _is_at_hand(summary: JourneySummary, moment: dt.datetime) -> bool:
    return summary.next is not None and summary.next.starts_at - AT_HAND <= moment
