"""What this room tells measuring: which meetings were held or missed, what is booked, how the last ones were for the
participant. What the participant keeps is not told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone

from alongside.goals.measuring.told import FromRooms
from alongside.goals.tracking_facts import MeetingFacts
from alongside.journeys.seat import Seat
from alongside.measures.meeting_feedback import QUESTIONS
from alongside.rooms.environment.queries import meetings_of, next_among
from alongside.rooms.environment.states import MeetingState

from .models import MeetingFeedback

OVER = {MeetingState.HELD: True, MeetingState.MISSED: False, MeetingState.CANCELLED: False}


def from_rooms(seat: Seat) -> FromRooms:
    """In two queries."""
    meetings = meetings_of(seat)
    over = tuple(
        MeetingFacts(one.starts_at.astimezone(ZoneInfo(one.zone)).date(), held=OVER[one.state])
        for one in meetings
        if one.state in OVER and one.has_started
    )
    latest, before, on = _answers(seat)
    return FromRooms(over, next_among(meetings) is not None, latest, before, on)


def _answers(seat: Seat) -> tuple[Mapping[str, object], Mapping[str, object], dt.date | None]:
    """The latest answers to the four questions, to each its last earlier answer, and when the latest were given."""
    rows = MeetingFeedback.objects.filter(journey=seat.journey, kept=False).select_related("record")
    by_meeting = {row.record.number: row for row in rows.order_by("record__number", "created_at", "id")}
    if not by_meeting:
        return {}, {}, None
    *earlier, newest = by_meeting.values()
    before: dict[str, object] = {}
    for row in earlier:
        before |= {key: value for key, value in _said(row).items() if value is not None}
    return _said(newest), before, timezone.localtime(newest.created_at).date()


def _said(row: MeetingFeedback) -> dict[str, object]:
    return {question.key: getattr(row, question.key) for question in QUESTIONS}
