"""What the doors of all parts do alike."""

from __future__ import annotations

from django.http import HttpRequest

from alongside.journeys.seat import Seat
from alongside.ledger.record import record_opening

from .models import Ending

WRITES = ("GET", "POST")


def note_opening(request: HttpRequest, seat: Seat, ending: Ending | None) -> None:
    """Shared words are shown: whoever opens them is noted once a login session."""
    if ending is not None:
        record_opening(
            subject_kind="room_ending.ending",
            subject_id=ending.id,
            journey_id=seat.journey.id,
            login_session=str(request.login_session),  # type: ignore[attr-defined]
            by=seat,
        )
