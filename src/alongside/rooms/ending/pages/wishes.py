"""Other ways on: resting, going on longer, ending early, withdrawing; and the wishes that stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.rules import may_pause, may_resume, may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.ui.acts import Act

from ..handover.rules import is_not_covering
from ..models import Ending, Wish
from ..queries import notice_is_over
from ..rules import may_agree_to_go_on, may_end_early, may_give_notice, may_wish_to_go_on
from ..states import Wanted
from .shared import url


@dataclass(frozen=True)
class Way:
    """One other way on, and the act that takes it."""

    title: str
    sentence: str
    act: Act


@dataclass(frozen=True)
class WishShown:
    """What one of the two wants, in their words, and what can be said to it."""

    title: str
    sentence: str
    words: str
    by: str
    acts: tuple[Act, ...]


def ways_on(seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> tuple[Way, ...]:
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        sentence = _("If it is not to be after all: say why, and it closes before it began.")
        act = Act(_("Withdraw"), url(seat, "withdraw"), may_withdraw(seat), link=True)
        return (Way(_("Withdraw"), sentence, act),)
    ways = []
    if seat.state == JourneyState.ACTIVE:
        sentence = _("With a reason, and a day on which you expect to be back.")
        ways.append(
            Way(
                _("Rest for a while"),
                sentence,
                Act(_("Let it rest"), url(seat, "rest"), may_pause(seat), link=True),
            )
        )
    if Wanted.GO_ON not in wishes and seat.state != JourneyState.PAUSED:
        verdict = may_wish_to_go_on(seat, ending, wishes)
        sentence = _("More time than was planned, when both of you want it.")
        ways.append(
            Way(_("Go on longer"), sentence, Act(_("Go on longer"), url(seat, "go_on"), verdict, link=True))
        )
    ways.append(_with_another(seat))
    if Wanted.END_EARLY not in wishes:
        verdict = may_give_notice(seat, ending, wishes)
        sentence = _(
            "Either of you may, with a reason and a last day. This is not a failure, and not a cancellation."
        )
        ways.append(
            Way(_("End early"), sentence, Act(_("End early"), url(seat, "early"), verdict, link=True))
        )
    return tuple(ways)


def _with_another(seat: Seat) -> Way:
    sentence = _("When somebody else becomes the guide: nothing that was reached gets lost.")
    there = reverse("handover:handover", args=[seat.journey.id])
    act = Act(_("Go on with another guide"), there, is_not_covering(seat), link=True)
    return Way(_("Another guide"), sentence, act)


def standing_wishes(seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> tuple[WishShown, ...]:
    shown = []
    if seat.state == JourneyState.PAUSED:
        resume = Act(_("Take it up again"), url(seat, "resume"), may_resume(seat), primary=True)
        shown.append(
            WishShown(_("Resting"), _("Take it up again whenever you are both ready."), "", "", (resume,))
        )
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
    let_go = Act(_("Take this back") if mine else _("Rather not"), url(seat, "go_on_no"), fields=known)
    acts: tuple[Act, ...]
    if mine:
        title, acts = _("You would like to go on longer"), (let_go,)
    else:
        agree = may_agree_to_go_on(seat, ending, wishes)
        yes = Act(_("Yes, we go on"), url(seat, "go_on_yes"), agree, primary=True, fields=known)
        title, acts = _("%(name)s would like to go on longer") % {"name": wish.by.name}, (yes, let_go)
    return WishShown(title, capfirst(", ".join(facts)), str(wish.word), wish.by.name, acts)


def _notice(seat: Seat, ending: Ending | None, wish: Wish, wishes: dict[str, Wish]) -> WishShown:
    acts = [
        Act(
            _("Close it now"),
            url(seat, "end_early"),
            may_end_early(seat, ending, wishes),
            confirm=_("With this it is over. What was written stays readable for both of you."),
        )
    ]
    if wish.by_id == seat.actor.id:
        acts.append(Act(_("Take my notice back"), url(seat, "early_back")))
    sentence = (
        _("The notice has been over since %(day)s. Either of you can close it.")
        if notice_is_over(seat, wish)
        else _(
            "The last day is %(day)s. Until then there is time to talk; after that either of you can close it."
        )
    ) % {"day": date_format(wish.on or "", "j F Y")}
    title = _("%(name)s would like to end early") % {"name": wish.by.name}
    return WishShown(title, sentence, str(wish.word), wish.by.name, tuple(acts))
