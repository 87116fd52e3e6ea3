"""Who may take along what helped, and when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict, not_yours

from .. import rules
from ..models import Ending
from ..queries import speaks_in_the_room
from .queries import Suggestion


def may_take_along(seat: Seat, ending: Ending | None, suggestion: Suggestion | None = None) -> Verdict:
    """What one takes along is the participant's to choose; in the room the guide presses for them."""
    if seat.is_guide and not seat.is_participant and not speaks_in_the_room(seat):
        return not_yours(_("What is taken along is for the other of you to choose."))
    return rules.may_shape_ending(seat, ending)
