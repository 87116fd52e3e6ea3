"""What stands out in a journey beside the one thing to do next: pure functions of its standing.

Not every notice asks the reader for something; each is worth knowing when one looks over many journeys at once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from alongside.goals.measuring.many import Raised
from alongside.journeys.states import JourneyState, Stage
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.first_meeting.states import WAITING

from .journey_summary import JourneySummary
from .next_step import SOON, Next, Reader


class Notice(Enum):
    """In the order in which they are shown."""

    SAFETY = "safety"
    ALERT = "alert"
    EMAIL = "email"
    UNSIGNED = "unsigned"
    UNPREPARED = "unprepared"
    OVERDUE = "overdue"
    NOTHING_BOOKED = "nothing_booked"
    ENDING_NEAR = "ending_near"


@dataclass(frozen=True, slots=True)
class Ends:
    """The other of the two: what is known without asking the rooms."""

    other_id: UUID


def notices(
    summary: JourneySummary,
    reader: Reader,
    ends: Ends,
    raised: Raised | None,
    moment: dt.datetime,
    today: dt.date,
) -> tuple[Notice, ...]:
    """What stands out for this reader now. A journey that rests or is over stands out by nothing but the safety path."""
    found = {Notice.SAFETY} if raised and raised.safety else set()
    if reader.state in (JourneyState.PREPARING, JourneyState.ACTIVE, JourneyState.ENDING):
        found |= {Notice.ALERT} if raised and raised.speaks else set()
        found |= {notice for notice, holds in _HOLDS if holds(summary, reader, ends, moment, today)}
    return tuple(notice for notice in Notice if notice in found)


def _has_emails(s: JourneySummary, reader: Reader, ends: Ends, moment: dt.datetime, today: dt.date) -> bool:
    """An email came that may be an answer: nobody knows who wrote it, so the guide alone is told."""
    return reader.side == "guide" and s.emails_to_read > 0


def _is_unsigned(s: JourneySummary, reader: Reader, ends: Ends, moment: dt.datetime, today: dt.date) -> bool:
    """Something was said yes to by one, or put to both, and a yes is still missing."""
    ending = s.ending_state not in (None, EndingState.CLOSED, EndingState.SET_ASIDE)
    return (
        s.version_state in WAITING
        or bool(s.open_record and s.record_sides)
        or bool(ending and s.ending_sides)
    )


def _is_unprepared(
    s: JourneySummary, reader: Reader, ends: Ends, moment: dt.datetime, today: dt.date
) -> bool:
    """A meeting is near and one of the two has not prepared for it; a participant is told of themselves alone."""
    coming = s.next
    if coming is None or coming.starts_at - moment > SOON:
        return False
    if s.stage == Stage.FIRST_MEETING:
        both = {reader.person_id} | ({ends.other_id} if reader.side == "guide" else set())
        return not both <= s.prepared_by
    return s.stage == Stage.SESSIONS and not coming.said


def _is_overdue(s: JourneySummary, reader: Reader, ends: Ends, moment: dt.datetime, today: dt.date) -> bool:
    """A step is late: for a guide anybody's, for a participant their own."""
    return overdue_since(s, reader, today) is not None


def overdue_since(summary: JourneySummary, reader: Reader, today: dt.date) -> dt.date | None:
    days = [
        day
        for owner, day in summary.dues.items()
        if day < today and (reader.side == "guide" or owner == reader.person_id)
    ]
    return min(days, default=None)


def _has_nothing_booked(
    s: JourneySummary, reader: Reader, ends: Ends, moment: dt.datetime, today: dt.date
) -> bool:
    if s.next or s.unsaid or s.is_at_its_planned_end:
        return False
    return s.stage in (Stage.ENVIRONMENT, Stage.SESSIONS)


def _is_near_its_ending(
    s: JourneySummary, reader: Reader, ends: Ends, moment: dt.datetime, today: dt.date
) -> bool:
    if s.stage == Stage.ENDING:
        return s.ending_state != EndingState.CLOSED
    if s.stage != Stage.SESSIONS:
        return False
    return s.is_near_its_end(today)


_HOLDS = (
    (Notice.EMAIL, _has_emails),
    (Notice.UNSIGNED, _is_unsigned),
    (Notice.UNPREPARED, _is_unprepared),
    (Notice.OVERDUE, _is_overdue),
    (Notice.NOTHING_BOOKED, _has_nothing_booked),
    (Notice.ENDING_NEAR, _is_near_its_ending),
)

SAID_BY_THE_NEXT_STEP: dict[Next, frozenset[Notice]] = {
    Next.FIND_TIME: frozenset({Notice.NOTHING_BOOKED}),
    Next.BOOK: frozenset({Notice.NOTHING_BOOKED}),
    Next.PREPARE: frozenset({Notice.UNPREPARED}),
    Next.SAY_WHAT_MATTERS: frozenset({Notice.UNPREPARED}),
    Next.ACCEPT_AGREEMENT: frozenset({Notice.UNSIGNED}),
    Next.ACKNOWLEDGE: frozenset({Notice.UNSIGNED}),
    Next.ACKNOWLEDGE_ENDING: frozenset({Notice.UNSIGNED, Notice.ENDING_NEAR}),
    Next.WORK_ON_ENDING: frozenset({Notice.ENDING_NEAR}),
    Next.BEGIN_ENDING: frozenset({Notice.ENDING_NEAR}),
    Next.PREPARE_ENDING: frozenset({Notice.ENDING_NEAR}),
    Next.ANSWER_LONGER: frozenset({Notice.ENDING_NEAR}),
}
"""Where the one thing to do next is the answer to a notice, the notice is not said a second time."""
