"""Who may see how well time was kept, beyond the two of a journey."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.kernel.verdict import ALLOWED, Verdict, not_yours
from alongside.people.models import Person

from ..models import Place
from .meetings import may_keep_places


def may_see_own_time_kept(actor: Person) -> Verdict:
    """Guides see how well their own time is kept, and nobody else does."""
    if actor.is_guide:
        return ALLOWED
    return not_yours(_("This page is for meetings you lead. For those you take part in, see their own page."))


def may_see_time_kept_at(actor: Person, place: Place) -> Verdict:
    """Numbers of a place are for those who choose among places and look after them; they name nobody."""
    return may_keep_places(actor)
