"""The answers to the four questions, over all meetings of a journey, as far as the reader may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from alongside.journeys.seat import Seat
from alongside.measures.meeting_feedback import QUESTIONS

from ..record.models import MeetingFeedback


@dataclass(frozen=True, slots=True)
class Felt:
    """The latest answers after one meeting. `kept`: the participant keeps them, and nobody else is here to read them."""

    number: int
    on: dt.datetime
    answers: Mapping[str, int | None]
    kept: bool


def felt_in(seat: Seat) -> list[Felt]:
    """Oldest meeting first. One query. What the participant keeps, nobody else is shown; what was shown stays shown."""
    rows = MeetingFeedback.objects.filter(journey=seat.journey).select_related("record__meeting")
    if not seat.is_participant:
        rows = rows.filter(kept=False)
    latest = {row.record.number: row for row in rows.order_by("created_at", "id")}
    return [
        Felt(
            number,
            row.record.meeting.starts_at,
            {question.key: getattr(row, question.key) for question in QUESTIONS},
            row.kept,
        )
        for number, row in sorted(latest.items())
    ]
