"""What helped, as it is offered beside what is taken along."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton

from ...record.models import Ending
from ...record.pages import url
from ..rules import may_take_along
from ..states import Sort
from ..suggestions import Suggestion, suggestions_of

AT_FIRST = 4
"""So many are shown of each sort; the others are unfolded."""


@dataclass(frozen=True)
class SuggestionShown:
    text: str
    source: str
    helped: str
    is_private: bool
    take: ActionButton


@dataclass(frozen=True)
class Suggested:
    """What is offered for one list."""

    lead: str
    first: tuple[SuggestionShown, ...]
    more: tuple[SuggestionShown, ...]


def suggested_for(seat: Seat, ending: Ending) -> dict[str, Suggested]:
    """By the sort of entry it would become; nothing for whoever may not choose."""
    if not may_take_along(seat, ending):
        return {}
    found = suggestions_of(seat, ending)
    leads = {
        Sort.STRATEGY: _("Steps that were done. Does one of them help again, when it matters?"),
        Sort.KEY_POINT: _("What you understood on the way, and have tried since."),
    }
    lists = {}
    for sort, lead in leads.items():
        shown = tuple(_shown(seat, each) for each in found if each.sort == sort)
        if shown:
            lists[sort.value] = Suggested(lead, shown[:AT_FIRST], shown[AT_FIRST:])
    return lists


def _shown(seat: Seat, each: Suggestion) -> SuggestionShown:
    source = ""
    if each.number:
        source = capfirst(str(seat.kind.words.meeting_number % {"number": each.number}))
    take = ActionButton(_("Take it with me"), url(seat, "take_along", each.id))
    return SuggestionShown(each.text, source, each.helped, each.is_private, take)
