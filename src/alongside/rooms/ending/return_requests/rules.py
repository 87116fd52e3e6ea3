"""Who may wish to come back, and who answers such a wish."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person

from ..record.models import Ending
from ..record.rules import is_theirs, may_look_back
from ..record.states import AFTER
from .models import WayBack

SETTLED = _("This has already been decided.")


def may_ask_to_come_back(seat: Seat, wish: WayBack | None) -> Verdict:
    """The participant, once it is over; one wish at a time."""
    if seat.state not in AFTER:
        return first_denial(is_theirs(seat), not_now(_("You can do this once it has ended.")))
    if wish is not None:
        return first_denial(is_theirs(seat), not_now(_("You have already asked. Your request is passed on.")))
    return is_theirs(seat)


def may_type_wish(seat: Seat, ending: Ending | None, wish: WayBack | None) -> Verdict:
    """The door where it is typed: if the moment has passed the action says so, and the words are not lost."""
    return first_denial(may_look_back(seat, ending), is_theirs(seat))


def may_take_wish_back(seat: Seat, wish: WayBack | None) -> Verdict:
    return first_denial(is_theirs(seat), ALLOWED if wish is not None else not_now(SETTLED))


def may_see_wishes(actor: Person) -> Verdict:
    if actor.is_guide or actor.is_administrator:
        return ALLOWED
    return not_yours(_("Guides and administrators see here who would like to come back."))


def may_see_wish(actor: Person, wish: WayBack) -> Verdict:
    return ALLOWED if actor.organisation_id == wish.journey.organisation_id else hidden()


def may_take_up(actor: Person, wish: WayBack) -> Verdict:
    """The guide to whom it is offered."""
    if wish.settled_at:
        return not_now(SETTLED)
    if wish.offered_to_id != actor.id or not actor.is_guide:
        return not_yours(_("Only the guide it is offered to can take it on."))
    return ALLOWED


def may_pass_on(actor: Person, wish: WayBack) -> Verdict:
    """A guide who can't passes it to those who look after the service."""
    return may_take_up(actor, wish)


def may_hand_to(actor: Person, wish: WayBack, guide: Person | None = None) -> Verdict:
    """An administrator offers it to a guide of the service, where its own is gone or can't."""
    if wish.settled_at:
        return not_now(SETTLED)
    if not actor.is_administrator:
        return not_yours(_("Only an administrator of your organisation can find a guide for it."))
    if guide is None:
        return ALLOWED
    if guide.organisation_id != wish.journey.organisation_id:
        return hidden()
    if not guide.is_guide or not guide.is_active or guide.id == wish.by_id:
        return not_now(_("This person cannot take it on. Please choose someone else."))
    return ALLOWED
