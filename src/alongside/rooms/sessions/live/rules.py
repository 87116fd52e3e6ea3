from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.kernel.verdict import ALLOWED, Verdict, not_yours

from .queries import Pulse


def may_watch(pulse: Pulse) -> Verdict:
    """The two of the journey, as they see its meetings."""
    if pulse.is_one_of_two:
        return ALLOWED
    return not_yours(_("This is between the two people it is about. You see what they have marked for you."))
