"""What the doors of this room open, beside the journey itself."""

from __future__ import annotations

from typing import Any

from alongside.journeys.seat import Seat
from alongside.people.openings import Nothing, Words, the_second

from .models import AgreementVersion
from .queries import Agreement


def version_of(_seat: Seat, agreement: Agreement | None, *_rest: Any) -> AgreementVersion | None:
    return agreement.version if agreement else None


AGREEMENT = Words("room_first_meeting.agreementversion", of=version_of)
NEED = Words("goals.need", of=the_second)
TARGET = Words("goals.target", of=the_second)
TEXTS = Nothing("The texts an organisation's agreements begin with are nobody's words of a journey.")
