"""The pages with one form each: resting, going on, ending early, withdrawing, today's picture, one entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat

from ..models import EndingEntry
from ..queries import start_and_today
from ..states import TAKEN_ALONG, Sort


@dataclass(frozen=True)
class FormPage:
    """A page on which one thing is said, with a way back."""

    eyebrow: str
    title: str
    lead: str
    label: str
    back: str
    remark: str = ""


def _page(
    seat: Seat,
    title: str,
    lead: str,
    label: str,
    *,
    eyebrow: str = "",
    back: str = "ending:room",
    remark: str = "",
) -> FormPage:
    eyebrow = eyebrow or capfirst(str(seat.kind.words.ending))
    return FormPage(eyebrow, title, lead, label, reverse(back, args=[seat.journey.id]), remark)


def _other_ways() -> str:
    """What is no end is not headed as one."""
    return _("Other ways on")


def rest_page(seat: Seat) -> FormPage:
    lead = _(
        "Life sometimes needs a pause. Everything stays as it is, and reminders rest too, until you take it up again."
    )
    return _page(seat, _("Rest for a while"), lead, _("Let it rest"), eyebrow=_other_ways())


def withdraw_page(seat: Seat) -> FormPage:
    lead = _(
        "Nothing has been agreed yet, so there is nothing to end. It closes here, and what was written can still be read."
    )
    return _page(seat, _("Withdraw"), lead, _("Withdraw"), eyebrow=_other_ways())


def go_on_page(seat: Seat, *, in_the_room: bool) -> FormPage:
    if in_the_room:
        lead = _("You decide this here in the room, together with %(name)s, and it holds at once.")
    else:
        lead = _("%(name)s is asked as well. It holds when both of you want it.")
    title, label = _("Go on longer"), (_("We go on") if in_the_room else _("Propose it"))
    return _page(seat, title, lead % {"name": seat.other.name}, label, eyebrow=_other_ways())


def early_page(seat: Seat) -> FormPage:
    lead = _(
        "Either of you may. %(name)s is told at once, and until the last day there is time for a closing talk."
    )
    remark = _(
        "How much notice you give each other is said in your agreement. After the last day either of you can close it."
    )
    return _page(seat, _("End early"), lead % {"name": seat.other.name}, _("Give notice"), remark=remark)


@dataclass(frozen=True)
class TodayPage:
    """Today's picture. What was said at the start is shown only afterwards, so that it does not steer the answer."""

    eyebrow: str
    title: str
    lead: str
    back: str
    has_start: bool


def today_page(seat: Seat, *, in_the_room: bool) -> TodayPage:
    start, _now = start_and_today(seat)
    lead = _("In your own words, and from 0 to 10. What you said at the start is laid beside it afterwards.")
    if in_the_room:
        lead = _(
            "In %(name)s's words, and from 0 to 10. What was said at the start is laid beside it afterwards."
        ) % {"name": seat.participant.name}
    return TodayPage(
        eyebrow=_("Then and now"),
        title=_("How is it today?"),
        lead=lead,
        back=reverse("ending:then_and_now", args=[seat.journey.id]),
        has_start=start is not None,
    )


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
