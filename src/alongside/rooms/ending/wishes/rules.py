"""Who may wish what for the end, and who answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_one_of_two, is_open, may_work
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, not_now, not_yours

from ..record.models import Ending
from ..record.rules import SETTLED_MEANWHILE, may_look_back
from .models import Wish
from .queries import notice_is_over
from .states import Wanted

Wishes = dict[str, Wish]


def may_say_why(seat: Seat, ending: Ending | None = None, wishes: Wishes | None = None) -> Verdict:
    """The doors where a reason is typed: if the moment has passed the action says so, and the words are not lost."""
    return is_one_of_two(seat)


def may_wish_to_go_on(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return first_denial(is_one_of_two(seat), not_now(_("You can do this once you have started.")))
    if Wanted.GO_ON in wishes:
        return first_denial(
            may_work(seat), not_now(_("One of you has already proposed this. Please look at that proposal."))
        )
    return may_work(seat)


def may_agree_to_go_on(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """What one wishes the other agrees to."""
    denied = first_denial(may_work(seat), _stands(wishes, Wanted.GO_ON))
    if denied and _is_mine(seat, wishes[Wanted.GO_ON]):
        return not_yours(_("You proposed this. The other person has to agree to it."))
    return denied


def may_let_go_on_go(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """Whoever proposed takes it back; the other declines."""
    return first_denial(may_work(seat), _stands(wishes, Wanted.GO_ON))


def may_give_notice(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """Either of the two may end early, saying why and from when."""
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return not_now(
            _("This has not started yet, so there is nothing to end. You can withdraw it instead.")
        )
    if Wanted.END_EARLY in wishes:
        return first_denial(
            is_open(seat), not_now(_("Notice has already been given. Please look at it first."))
        )
    return is_open(seat)


def may_take_notice_back(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    denied = first_denial(is_one_of_two(seat), is_open(seat), _stands(wishes, Wanted.END_EARLY))
    if denied and not _is_mine(seat, wishes[Wanted.END_EARLY]):
        return not_yours(_("Only the person who gave notice can withdraw it."))
    return denied


def may_end_early(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """Either of the two, once the notice is over."""
    denied = first_denial(may_look_back(seat, ending), is_open(seat), _stands(wishes, Wanted.END_EARLY))
    if denied and not notice_is_over(seat, wishes[Wanted.END_EARLY]):
        return not_now(_("The notice is not over yet. Until then there is time for a closing talk."))
    return denied


def _stands(wishes: Wishes, wanted: Wanted) -> Verdict:
    return ALLOWED if wanted in wishes else not_now(SETTLED_MEANWHILE)


def _is_mine(seat: Seat, wish: Wish) -> bool:
    return wish.by_id == seat.actor.id
