"""What I take with me, and on-going support: the pages made of entries."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.visibility import sentence as who_reads
from alongside.ui.action_buttons import ActionButton

from ...record.models import Ending
from ...record.pages import Onward, eyebrow, onward, url
from ...record.queries import sayings_of
from ...record.rules import may_shape_ending
from ...record.states import Said
from ..contact_links import href_of
from ..models import EndingEntry
from ..queries import entries_of, standing
from ..states import TAKEN_ALONG, Sort
from .suggestions import Suggested, suggested_for


@dataclass(frozen=True)
class EntryShown:
    what: str
    then: str
    category: str
    first_contact: str
    link: str
    href: str
    by: str
    acts: tuple[ActionButton, ...]


@dataclass(frozen=True)
class EntryList:
    """The entries of one sort, those removed from it, and the form to add another."""

    sort: str
    title: str
    lead: str
    entries: tuple[EntryShown, ...]
    removed: tuple[EntryShown, ...]
    empty: str


@dataclass(frozen=True)
class TakingPage:
    eyebrow: str
    title: str
    lead: str
    onward: Onward
    lists: tuple[EntryList, ...]
    readers: str
    may_change: bool
    why_not: str
    add_url: str
    understood_url: str
    suggested: dict[str, Suggested]


def taking_page(seat: Seat, ending: Ending) -> TakingPage:
    entries, verdict = entries_of(ending), may_shape_ending(seat, ending)
    own = seat.is_participant
    name = {"name": seat.participant.name}
    return TakingPage(
        eyebrow=eyebrow(seat),
        title=_("What I take with me") if own else _("What %(name)s takes with them") % name,
        lead=_(
            "Short is good. What you write here goes into the keepsake, so that you find it when you need it."
        ),
        onward=onward(
            seat,
            "taking_with_me",
            primary=not seat.is_over and any(entry.sort in TAKEN_ALONG for entry in entries),
        ),
        lists=tuple(_list(seat, sort, entries, bool(verdict)) for sort in TAKEN_ALONG),
        readers=who_reads(seat, Visibility.OURS),
        may_change=bool(verdict),
        why_not=str(verdict.sentence),
        add_url=url(seat, "add_entry"),
        understood_url=reverse("focusing:understood", args=[seat.journey.id]),
        suggested=suggested_for(seat, ending),
    )


def _list(seat: Seat, sort: Sort, entries: list[EndingEntry], may_change: bool) -> EntryList:
    said = {
        Sort.KEY_POINT: (
            _("Key points of learning"),
            _("What do I understand now that I did not know, or did not believe, at the start?"),
            _("No key point is written down yet."),
        ),
        Sort.STRATEGY: (
            _("Strategies"),
            _(
                "When this happens, I will do that. The more exactly you say both, the more easily "
                "it comes to mind."
            ),
            _("No strategy is written down yet."),
        ),
        Sort.EARLY_SIGN: (
            _("Early signs"),
            _(
                "What would I, or people near me, notice first if things started to slip? And what "
                "do I do then?"
            ),
            _("No early sign is written down yet."),
        ),
        Sort.SUPPORT: ("", "", _("No one is written down yet.")),
    }
    title, lead, empty = said[sort]
    gone = [entry for entry in entries if entry.sort == sort and entry.removed_at is not None]
    return EntryList(
        sort=sort.value,
        title=title,
        lead=lead,
        entries=tuple(_shown(seat, entry, may_change) for entry in standing(entries, sort)),
        removed=tuple(_shown(seat, entry, may_change) for entry in gone),
        empty=empty,
    )


def _shown(seat: Seat, entry: EndingEntry, may_change: bool) -> EntryShown:
    categories = {each.key: str(each.label) for each in seat.kind.support_categories}
    acts: tuple[ActionButton, ...] = ()
    if may_change and entry.removed_at is None:
        acts = (
            ActionButton(_("Change"), url(seat, "entry", entry.id), link=True),
            ActionButton(_("Remove"), url(seat, "remove_entry", entry.id)),
        )
    elif may_change:
        acts = (ActionButton(_("Bring back"), url(seat, "bring_back", entry.id)),)
    return EntryShown(
        what=str(entry.what),
        then=str(entry.then),
        category=categories.get(entry.category, ""),
        first_contact=date_format(entry.first_contact, "j F Y") if entry.first_contact else "",
        link=str(entry.link),
        href=href_of(str(entry.link)),
        by=entry.by.name,
        acts=acts,
    )


@dataclass(frozen=True)
class SupportPage:
    eyebrow: str
    lead: str
    onward: Onward
    supports: EntryList
    ideas: tuple[tuple[str, str], ...]
    none_said: str
    say_none: ActionButton | None
    readers: str
    may_change: bool
    why_not: str
    add_url: str


def support_page(seat: Seat, ending: Ending) -> SupportPage:
    entries, sayings = entries_of(ending), sayings_of(ending)
    verdict = may_shape_ending(seat, ending)
    supports = _list(seat, Sort.SUPPORT, entries, bool(verdict))
    none = sayings.of(Said.NO_SUPPORT)
    say_none = None
    if verdict and not supports.entries and not none:
        say_none = ActionButton(_("No support is needed"), url(seat, "no_support"))
    return SupportPage(
        eyebrow=eyebrow(seat),
        lead=_(
            "No one should have to continue alone. Who will be there, how can you reach them, "
            "and when is the first contact?"
        ),
        onward=onward(seat, "support", primary=not seat.is_over and bool(supports.entries or none)),
        supports=supports,
        ideas=tuple((str(each.label), str(each.help)) for each in seat.kind.support_categories),
        none_said=_("%(name)s said on %(day)s that no ongoing support is needed.")
        % {"name": none.by.name, "day": date_format(localtime(none.created_at), "j F Y")}
        if none
        else "",
        say_none=say_none,
        readers=who_reads(seat, Visibility.OURS),
        may_change=bool(verdict),
        why_not=str(verdict.sentence),
        add_url=url(seat, "add_entry"),
    )
