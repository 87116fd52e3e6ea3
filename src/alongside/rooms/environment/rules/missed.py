"""Who says that somebody who missed a meeting was called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_guide
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now

from ..models import CallToMake


def may_note_called(seat: Seat, call: CallToMake) -> Verdict:
    """The guide, or whoever covers for them, once; also in a journey that rests or is over."""
    if call.journey_id != seat.journey.id:
        return hidden()
    waits = not_now(_("This has been done already.")) if call.done_at else ALLOWED
    return first_denial(is_guide(seat), waits)
