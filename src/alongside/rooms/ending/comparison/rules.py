"""Who may say how it is today, and when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.goals.models import Target
from alongside.goals.rules import may_change_target
from alongside.goals.states import TargetState
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, not_now, not_yours

from ..record.models import Ending
from ..record.queries import sayings_of, speaks_in_the_room
from ..record.rules import may_shape_ending
from .queries import lacks_picture


def may_look_at_today(seat: Seat, ending: Ending | None) -> Verdict:
    """Today's picture is the participant's own; in the room the guide writes it down with them."""
    if seat.is_guide and not seat.is_participant and not speaks_in_the_room(seat):
        return not_yours(_("Only the other person can say how things are today."))
    return may_shape_ending(seat, ending)


def may_call_reached(seat: Seat, ending: Ending | None, target: Target) -> Verdict:
    """Whether a target is reached is for the two to say, whatever its numbers."""
    return first_denial(may_shape_ending(seat, ending), may_change_target(seat, target, TargetState.REACHED))


def may_leave_picture_out(seat: Seat, ending: Ending | None) -> Verdict:
    """Never silently: whoever leaves it out says why."""
    denied = may_shape_ending(seat, ending)
    if not denied or ending is None:
        return denied
    if not lacks_picture(ending, sayings_of(ending)):
        return not_now(
            _("There is nothing to leave out: the picture has been taken, or was left out already.")
        )
    return ALLOWED
