"""Other ways on, each with its own page; and the wishes that stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.rules import may_resume
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.ui.action_buttons import ActionButton

from ..record.called_off import Dates, booked_until_a_last_day, will_be_called_off
from ..record.models import Ending
from ..record.pages import url
from .models import Wish
from .queries import notice_is_over
from .rules import may_agree_to_go_on, may_end_early
from .states import Wanted


@dataclass(frozen=True)
class FormPage:
    """A page on which one thing is said, with a way back."""

    eyebrow: str
    title: str
    lead: str
    label: str
    back: str
    remark: str = ""
    called_off: Dates | None = None


def _page(
    seat: Seat,
    title: str,
    lead: str,
    label: str,
    *,
    eyebrow: str = "",
    back: str = "ending:room",
    remark: str = "",
    called_off: Dates | None = None,
) -> FormPage:
    eyebrow = eyebrow or capfirst(str(seat.kind.words.ending))
    return FormPage(eyebrow, title, lead, label, reverse(back, args=[seat.journey.id]), remark, called_off)


def _other_ways() -> str:
    """What is no end is not headed as one."""
    return _("Other ways to continue")


def rest_page(seat: Seat) -> FormPage:
    lead = _(
        "Sometimes life needs a pause. Everything stays as it is, and reminders stop too, until you continue."
    )
    return _page(seat, _("Pause for a while"), lead, _("Pause"), eyebrow=_other_ways())


def withdraw_page(seat: Seat) -> FormPage:
    lead = _(
        "Nothing has been agreed yet, so there is nothing to end. It closes here, and what was written can still be read."
    )
    return _page(
        seat,
        _("Withdraw"),
        lead,
        _("Withdraw"),
        eyebrow=_other_ways(),
        called_off=will_be_called_off(seat),
    )


def go_on_page(seat: Seat, *, in_the_room: bool) -> FormPage:
    if in_the_room:
        lead = _("You decide this here together with %(name)s, and it applies at once.")
    else:
        lead = _("%(name)s is asked as well. It applies once you both want it.")
    title, label = _("Continue for longer"), (_("Continue") if in_the_room else _("Propose it"))
    return _page(seat, title, lead % {"name": seat.other.name}, label, eyebrow=_other_ways())


def early_page(seat: Seat) -> FormPage:
    lead = _(
        "Either of you can do this. %(name)s is told at once, and until the last day there "
        "is time for a closing talk."
    )
    remark = _(
        "Your agreement says how much notice you give each other. After the last day either "
        "of you can close it."
    )
    return _page(
        seat,
        _("End early"),
        lead % {"name": seat.other.name},
        _("Give notice"),
        remark=remark,
        called_off=booked_until_a_last_day(seat),
    )


@dataclass(frozen=True)
class Way:
    """One other way on, and the act that takes it."""

    title: str
    sentence: str
    act: ActionButton


@dataclass(frozen=True)
class WishShown:
    """What one of the two wants, in their words, and what can be said to it."""

    title: str
    sentence: str
    words: str
    by: str
    acts: tuple[ActionButton, ...]
    called_off: Dates | None = None


def standing_wishes(seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> tuple[WishShown, ...]:
    shown = []
    if seat.state == JourneyState.PAUSED:
        resume = ActionButton(_("Open it again"), url(seat, "resume"), may_resume(seat), primary=True)
        shown.append(WishShown(_("Paused"), _("Continue whenever you are both ready."), "", "", (resume,)))
    if wish := wishes.get(Wanted.GO_ON):
        shown.append(_go_on(seat, ending, wish, wishes))
    if wish := wishes.get(Wanted.END_EARLY):
        shown.append(_notice(seat, ending, wish, wishes))
    return tuple(shown)


def _go_on(seat: Seat, ending: Ending | None, wish: Wish, wishes: dict[str, Wish]) -> WishShown:
    mine = wish.by_id == seat.actor.id
    facts = []
    if wish.planned_meetings:
        facts.append(
            _("%(count)s %(meetings)s in all")
            % {"count": wish.planned_meetings, "meetings": seat.kind.words.meetings}
        )
    if wish.on:
        facts.append(_("until %(day)s") % {"day": date_format(wish.on, "j F Y")})
    known = (("wish", wish.id),)
    let_go = ActionButton(
        _("Withdraw this") if mine else _("No, thank you"), url(seat, "go_on_no"), fields=known
    )
    acts: tuple[ActionButton, ...]
    if mine:
        title, acts = _("You would like to continue for longer"), (let_go,)
    else:
        agree = may_agree_to_go_on(seat, ending, wishes)
        yes = ActionButton(_("Yes, continue"), url(seat, "go_on_yes"), agree, primary=True, fields=known)
        title, acts = _("%(name)s would like to continue for longer") % {"name": wish.by.name}, (yes, let_go)
    return WishShown(title, capfirst(", ".join(facts)), str(wish.word), wish.by.name, acts)


def _notice(seat: Seat, ending: Ending | None, wish: Wish, wishes: dict[str, Wish]) -> WishShown:
    acts = [
        ActionButton(
            _("Close it now"),
            url(seat, "end_early"),
            may_end_early(seat, ending, wishes),
            confirm=_("This ends it. You can both still read what was written."),
        )
    ]
    if wish.by_id == seat.actor.id:
        acts.append(ActionButton(_("Withdraw my notice"), url(seat, "early_back")))
    sentence = (
        _("The notice ended on %(day)s. Either of you can close it.")
        if notice_is_over(seat, wish)
        else _(
            "The last day is %(day)s. Until then there is time to talk; after that either of you can close it."
        )
    ) % {"day": date_format(wish.on or "", "j F Y")}
    title = _("%(name)s would like to end early") % {"name": wish.by.name}
    dates = will_be_called_off(seat, since=wish.on)
    return WishShown(title, sentence, str(wish.word), wish.by.name, tuple(acts), dates)
