"""Recording that somebody opened words of this room, once per login session."""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.ledger.record import record_opening
from alongside.people.doors import Request

REMEMBERED = 60
"""So many opened things a login session remembers."""


def is_noted(request: Request, subject_id: UUID) -> bool:
    """Whether this login session remembers that it opened these words."""
    return subject_id.hex in request.session.get("opened", [])


def note_opening(request: Request, seat: Seat, kind: str, subject_id: UUID) -> None:
    """Record the opening. The login session remembers it, so that the ledger isn't asked again."""
    if is_noted(request, subject_id):
        return
    record_opening(
        subject_kind=kind,
        subject_id=subject_id,
        journey_id=seat.journey.id,
        login_session=str(request.login_session),
        by=seat,
    )
    request.session["opened"] = [*request.session.get("opened", [])[-REMEMBERED:], subject_id.hex]
