"""The page on which one entry is reworded."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat

from ..models import EndingEntry
from ..states import TAKEN_ALONG, Sort


@dataclass(frozen=True)
class EntryPage:
    eyebrow: str
    title: str
    back: str


def entry_page(seat: Seat, entry: EndingEntry) -> EntryPage:
    titles = {
        Sort.KEY_POINT: _("Reword a key point"),
        Sort.STRATEGY: _("Reword a strategy"),
        Sort.EARLY_SIGN: _("Reword an early sign"),
        Sort.SUPPORT: _("Change a support"),
    }
    taken = entry.sort in TAKEN_ALONG
    back = "ending:taking_with_me" if taken else "ending:support"
    eyebrow = _("What I take with me") if taken else _("On-going support")
    return EntryPage(eyebrow, titles[Sort(entry.sort)], reverse(back, args=[seat.journey.id]))
