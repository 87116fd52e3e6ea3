"""The boxes of this room: where one writes, under which name, and who reads it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from alongside.journeys.kinds.shapes import PART_KEYS
from alongside.journeys.models import Visibility
from alongside.journeys.words import Box

RECORD = "meeting_record"
BEFORE = "before_meeting"
FOR_NEXT_TIME = "for_next_time"
LATE = "meeting_record_late"

SUMMARY = "summary"
PRIVATE = "private"
MATTERS = "matters"
AFTERWARDS = "afterwards"

SHARED = (*PART_KEYS, SUMMARY)
NAMES = (*SHARED, PRIVATE, MATTERS, AFTERWARDS)


def in_record(record_id: UUID, name: str) -> Box:
    """Notes both write while the record is open, and each one's own, which stay theirs alone."""
    if name == PRIVATE:
        return Box(RECORD, record_id, name, Visibility.MINE, own=True)
    return Box(RECORD, record_id, name, Visibility.OURS)


def before(journey_id: UUID, number: int) -> Box:
    """What matters to the participant in the meeting this is kept for (see `queries.Table`).

    The guide sees it, and writes it for one without an account.
    """
    return Box(BEFORE, journey_id, f"{MATTERS}_{number}", Visibility.OURS)


def for_next_time(journey_id: UUID, number: int) -> Box:
    """What either of the two wants to remember for the meeting of that number."""
    return Box(FOR_NEXT_TIME, journey_id, f"meeting_{number}", Visibility.OURS)


def late(record_id: UUID, name: str, day: dt.date) -> Box:
    """An addition to a closed record: its author's, read by both, a new one each day."""
    return Box(LATE, record_id, f"{name}@{day.isoformat()}", Visibility.OURS, own=True)
