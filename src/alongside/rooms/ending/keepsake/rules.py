"""Who may open the keepsake."""

from __future__ import annotations

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict

from ..record.models import Ending
from ..record.rules import may_look_back


def may_open_keepsake(seat: Seat, ending: Ending | None) -> Verdict:
    """Both may read the keepsake, from when there is something in it and after the journey is over."""
    return may_look_back(seat, ending)
