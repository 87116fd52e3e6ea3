"""Who may have a link put into the keepsake."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict, first_denial, not_now

from ..record.models import Ending
from ..record.rules import is_theirs, may_look_back
from ..record.states import AFTER
from .models import KeepsakeLink


def may_make_link(seat: Seat, ending: Ending | None, link: KeepsakeLink | None) -> Verdict:
    """A keepsake that is whole has a link in it; whose it is may switch it off and make another."""
    denied = first_denial(may_look_back(seat, ending), is_theirs(seat))
    if denied and seat.state not in AFTER:
        return not_now(_("There will be a link in the keepsake once the ending is closed."))
    if denied and link is not None:
        return not_now(_("There is already a link in the keepsake."))
    return denied
