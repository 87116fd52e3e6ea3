"""Recording that somebody opened words of this room, once per sitting."""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.ledger.record import record_opening
from alongside.people.doors import Request

REMEMBERED = 60
"""So many opened things a sitting remembers."""


def is_noted(request: Request, subject_id: UUID) -> bool:
    """Whether this sitting remembers that it opened these words."""
    return subject_id.hex in request.session.get("opened", [])


def note_opening(request: Request, seat: Seat, kind: str, subject_id: UUID) -> None:
    """Record the opening. What was recorded in this sitting the sitting remembers, so that the ledger isn't asked again."""
    if is_noted(request, subject_id):
        return
    record_opening(
        subject_kind=kind,
        subject_id=subject_id,
        journey_id=seat.journey.id,
        sitting=str(request.sitting),
        by=seat,
    )
    request.session["opened"] = [*request.session.get("opened", [])[-REMEMBERED:], subject_id.hex]
