"""What the doors of this room open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.people.openings import Words, the_second

from .queries import Table


def record_of(_seat: Seat, table: Table, *_rest: Any) -> UUID | None:
    """The record of a meeting; before it is opened, the booking."""
    if table.record:
        return table.record.id
    return table.meeting.id if table.meeting else None


ROOM = Words("sessions")
MEETING = Words("meeting_record", of=record_of)
COPY = Words("meeting_record_copy", of=record_of)
"""Taking a copy out is recorded beside reading the page."""
STORY = Words("story")
FOCUSINGS = Words("focusings")
CASES = Words("case")
CASE = Words("case", of=the_second)
REFLECTION = Words("sessions.reflection", of=record_of)
