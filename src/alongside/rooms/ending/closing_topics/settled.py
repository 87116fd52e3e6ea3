"""Whether all that an ending has to speak of has been spoken of."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, not_now

from ..models import Ending
from ..queries import Sayings, words_of
from ..states import Said
from .queries import matters_of


def are_settled(seat: Seat, ending: Ending, sayings: Sayings) -> Verdict:
    """What the kind asks for is written or was said to be nothing, and how long the record is kept is said."""
    closing = reverse("ending:closing", args=[seat.journey.id])
    missing = next((one for one in matters_of(seat, sayings, words_of(seat, ending)) if one.is_missing), None)
    if missing:
        sentence = _("“%(title)s” is still open. Please write a few words there.")
        if missing.matter.settled:
            sentence = _("“%(title)s” is still open. Please write a few words there, or say “%(settled)s”.")
        words = {"title": missing.matter.title, "settled": missing.matter.settled}
        return not_now(sentence % words, f"{closing}#matter-{missing.matter.key}")
    if not sayings.of(Said.KEPT):
        return not_now(_("Please say how long this record is kept."), f"{closing}#kept")
    return ALLOWED
