"""What guides and administrators see of those who would like to come back; and the participant's own page of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from . import rules
from .models import WayBack
from .queries import former_guide


@dataclass(frozen=True)
class WishLine:
    name: str
    sentence: str
    url: str


def lines(actor: Person, wishes: list[WayBack]) -> tuple[WishLine, ...]:
    return tuple(
        WishLine(
            str(wish.by.name),
            _("asked on %(day)s, offered to you") % {"day": _day(wish)}
            if wish.offered_to_id == actor.id
            else _("asked on %(day)s, not offered to anyone yet") % {"day": _day(wish)},
            reverse("return_requests:wish", args=[wish.id]),
        )
        for wish in wishes
    )


@dataclass(frozen=True)
class WishPage:
    title: str
    lead: str
    words: str
    by: str
    when: str
    take_up: ActionButton | None
    pass_on: ActionButton | None
    may_hand: bool
    hand_url: str
    old_url: str


def wish_page(actor: Person, wish: WayBack, *, was_there: bool) -> WishPage:
    """The words are for whoever takes it up; an administrator finds somebody by the name alone."""
    mine = bool(rules.may_take_up(actor, wish))
    name = {"name": wish.by.name}
    return WishPage(
        title=_("%(name)s would like to come back") % name,
        lead=_(
            "A new start: a draft of the same shape as before, linked to the last one. You can "
            "change all of it."
        )
        if mine
        else _(
            "Their guide no longer works here, or cannot help. The person who takes it on can "
            "read what they wrote."
        ),
        words=str(wish.words) if mine else "",
        by=str(wish.by.name),
        when=_day(wish),
        take_up=ActionButton(
            _("Start again with %(name)s") % name,
            reverse("return_requests:take_up", args=[wish.id]),
            primary=True,
        )
        if mine
        else None,
        pass_on=ActionButton(
            _("I cannot"),
            reverse("return_requests:pass_on", args=[wish.id]),
            confirm=_("The people who run your service then find someone else."),
        )
        if mine
        else None,
        may_hand=bool(rules.may_hand_to(actor, wish)) and not mine,
        hand_url=reverse("return_requests:hand_to", args=[wish.id]),
        old_url=reverse("overview:journey", args=[wish.journey_id]) if was_there else "",
    )


def _day(wish: WayBack) -> str:
    return date_format(localtime(wish.created_at), "j F Y")


@dataclass(frozen=True)
class OwnPage:
    lead: str
    readers: str
    waiting: str
    words: str
    why_not: str
    back: str


def own_page(seat: Seat, wish: WayBack | None, *, back: str = "") -> OwnPage:
    """The participant's, signed in or by link; `back` where they came from."""
    guide = former_guide(seat.journey)
    names = {"guide": guide.name if guide else "", "name": seat.participant.name}
    lead = (
        _("If you want more, you can start again. %(guide)s is asked, and answers.") % names
        if guide
        else _("If you want more, you can start again. The people who run this service will find someone.")
    )
    readers = (
        _("%(guide)s can read this. If they cannot help, the person who takes it on can read it.") % names
        if guide
        else _("The person who takes this on can read it. Until then no one can. Only the name is shown.")
    )
    waiting = _("Asked on %(day)s. Your request is passed on. Someone will write to you or call you.") % {
        "day": _day(wish) if wish else ""
    }
    verdict = rules.may_ask_to_come_back(seat, wish)
    return OwnPage(
        lead,
        readers,
        waiting if wish else "",
        str(wish.words) if wish else "",
        "" if verdict or wish else str(verdict.sentence),
        back or reverse("ending:room", args=[seat.journey.id]),
    )
