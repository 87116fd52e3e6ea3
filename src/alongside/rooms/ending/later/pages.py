"""What is shown behind a link, once it was said whom one met."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.middleware import zone_of
from alongside.ui.action_buttons import ActionButton

from ..comparison.queries import then_and_now_of
from ..follow_up.pages import WorsePage, worse_page
from ..follow_up.queries import answer_of, answers_of, days_of, guide_to_ask, state_of
from ..follow_up.rules import may_answer
from ..follow_up.states import FollowUpState
from ..follow_up.three_points import AnswerShown, day, shown_beside
from .queries import Opened


def url(name: str, token: str) -> str:
    return reverse(f"later:{name}", args=[token])


@dataclass(frozen=True)
class LinkPage:
    """`asks` when the questions wait; otherwise what was answered, and the ways on."""

    title: str
    lead: str
    asks: bool
    answers: tuple[AnswerShown, ...]
    again: ActionButton | None
    keepsake: ActionButton
    come_back: ActionButton
    stop: ActionButton | None
    next_days: str


def link_page(token: str, opened: Opened, mine: str, *, again: bool) -> LinkPage:
    seat, one = opened.seat, opened.day
    may = bool(one and may_answer(seat, opened.ending, one))
    answered = bool(one and state_of(one) == FollowUpState.ANSWERED)
    asks = may and (again or not answered)
    shown = () if asks else _answers(opened, mine)
    title, lead = _greeting(opened, asks=asks, answered=answered)
    return LinkPage(
        title=title,
        lead=lead,
        asks=asks,
        answers=shown,
        again=ActionButton(_("Add to it, or correct it"), url("open", token) + "?again=1", link=True)
        if may and answered and not asks
        else None,
        keepsake=ActionButton(_("Open the keepsake"), url("keepsake", token), link=True),
        come_back=ActionButton(_("The way back"), url("come_back", token), link=True),
        stop=ActionButton(_("Stop asking"), url("stop", token), link=True) if opened.is_letter else None,
        next_days=_next(opened),
    )


def _greeting(opened: Opened, *, asks: bool, answered: bool) -> tuple[str, str]:
    name = {"name": opened.seat.participant.name}
    if asks:
        return _("How are things now?"), _(
            "In your own words, and only what you like. It takes about three minutes."
        )
    if answered:
        return _("Thank you, %(name)s") % name, _("It is saved, beside the start and the end.")
    return _("Hello, %(name)s") % name, _(
        "There are no questions at the moment. You can find this here at any time."
    )


def _answers(opened: Opened, mine: str) -> tuple[AnswerShown, ...]:
    """From a letter all that was answered to it; from a keepsake, which may be found by others, only one's own just now."""
    if opened.is_letter:
        found = [each for each in answers_of(opened.seat) if opened.day and each.day.id == opened.day.id]
    else:
        found = answer_of(opened.seat, mine)
    story = then_and_now_of(opened.seat) if found else None
    return tuple(shown_beside(opened.seat, each, story) for each in found if story)


def _next(opened: Opened) -> str:
    now = today(str(zone_of(opened.seat.actor)))
    ahead = [one for one in days_of(opened.seat) if one.on > now]
    return _("You will be asked again on %(day)s.") % {"day": day(ahead[0].on)} if ahead else ""


@dataclass(frozen=True)
class HelpPage:
    note: str
    guide: str
    back: str


def help_page(token: str, opened: Opened) -> HelpPage:
    guide = guide_to_ask(opened.seat)
    return HelpPage(
        str(opened.seat.kind.emergency_note), str(guide.name) if guide else "", url("open", token)
    )


def worse_page_at(token: str, opened: Opened) -> WorsePage:
    there = {name: url(name, token) for name in ("come_back", "keepsake")}
    return worse_page(opened.seat, **there, back=url("open", token))
