"""What doors to measures open. Figures lie unsealed, so it is asked whether there are any."""

from __future__ import annotations

from typing import Any

from alongside.journeys.seat import Seat
from alongside.people.openings import Words, always

from ..models import Reading
from .models import FilledForm


def is_measured(seat: Seat, *_more: Any) -> bool:
    """Whether there is a reading or a form in this journey."""
    readings = Reading.objects.filter(target__journey=seat.journey)
    return readings.exists() or FilledForm.objects.filter(journey=seat.journey).exists()


MEASURED = Words("goals.measuring", figures=is_measured)
LINE = Words("goals.measuring", figures=always)
"""A picture of one line: it is there only where there is a line."""
