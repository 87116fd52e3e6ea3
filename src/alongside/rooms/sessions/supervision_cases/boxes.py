"""Where the guide writes about a case they took to supervision: for themselves alone."""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.models import Visibility
from alongside.journeys.words import Box

TAKEN = "taken_to_supervision"
NOTE = "note"


def note(taken_id: UUID) -> Box:
    """What the guide makes of what came back; nobody else reads it."""
    return Box(TAKEN, taken_id, NOTE, Visibility.MINE, own=True)
