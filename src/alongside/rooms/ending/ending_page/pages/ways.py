"""Other ways on than ending together."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.rules import may_pause, may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.ui.action_buttons import ActionButton

from ...handover.rules import is_not_covering
from ...record.models import Ending
from ...record.pages import url
from ...wishes.models import Wish
from ...wishes.pages import Way
from ...wishes.rules import may_give_notice, may_wish_to_go_on
from ...wishes.states import Wanted


def ways_on(seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> tuple[Way, ...]:
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        sentence = _("If this is not going to happen: say why, and it closes before it started.")
        act = ActionButton(_("Withdraw"), url(seat, "withdraw"), may_withdraw(seat), link=True)
        return (Way(_("Withdraw"), sentence, act),)
    ways = []
    if seat.state == JourneyState.ACTIVE:
        sentence = _("With a reason, and a day on which you expect to continue.")
        ways.append(
            Way(
                _("Pause for a while"),
                sentence,
                ActionButton(_("Pause"), url(seat, "rest"), may_pause(seat), link=True),
            )
        )
    if Wanted.GO_ON not in wishes and seat.state != JourneyState.PAUSED:
        verdict = may_wish_to_go_on(seat, ending, wishes)
        sentence = _("More time than was planned, if you both want it.")
        ways.append(
            Way(
                _("Continue for longer"),
                sentence,
                ActionButton(_("Continue for longer"), url(seat, "go_on"), verdict, link=True),
            )
        )
    ways.append(_with_another(seat))
    if Wanted.END_EARLY not in wishes:
        verdict = may_give_notice(seat, ending, wishes)
        sentence = _("Either of you can do this, with a reason and a last day. It is not a failure.")
        ways.append(
            Way(
                _("End early"), sentence, ActionButton(_("End early"), url(seat, "early"), verdict, link=True)
            )
        )
    return tuple(ways)


def _with_another(seat: Seat) -> Way:
    sentence = _("When someone else takes over: nothing you have achieved is lost.")
    there = reverse("handover:handover", args=[seat.journey.id])
    act = ActionButton(_("Continue with someone else"), there, is_not_covering(seat), link=True)
    return Way(_("Someone else takes over"), sentence, act)
