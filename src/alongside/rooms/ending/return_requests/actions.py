"""What can be done about coming back: wish it, take it back, offer it, take it up."""

from __future__ import annotations

from alongside.journeys.actions import begin_journey, seat_of
from alongside.journeys.material import newest_like
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import rules
from .emails import tell_administrators, tell_guide
from .models import WayBack
from .queries import former_guide, wish_behind_lock, wish_of
from .states import Outcome


@action("return_request.asked")
def ask_to_come_back(*, words: str, by: Seat) -> WayBack:
    """Wish to come back. The former guide is told; where that one is gone, those who look after the service."""
    Journey.objects.select_for_update().get(id=by.journey.id)
    by = seat_of(by.actor, by.journey)
    demand(rules.may_ask_to_come_back(by, wish_of(by)))
    guide = former_guide(by.journey)
    wish = WayBack.objects.create(
        journey=by.journey, words=words.strip(), by=by.participant.person, offered_to=guide
    )
    record("return_request.asked", subject=wish, by=by, offered=bool(guide))
    if guide is not None:
        tell_guide(wish)
    else:
        tell_administrators(wish)
    return wish


@action("return_request.taken_back")
def take_wish_back(*, by: Seat) -> WayBack:
    """Wish it no longer."""
    Journey.objects.select_for_update().get(id=by.journey.id)
    wish = wish_of(by)
    demand(rules.may_take_wish_back(by, wish))
    assert wish is not None
    _settle(wish, Outcome.TAKEN_BACK, by.actor)
    record("return_request.taken_back", subject=wish, by=by)
    return wish


@action("return_request.taken_up")
def take_up(*, wish: WayBack, by: Person) -> Journey:
    """Begin anew with somebody: a draft of the same shape, linked to the journey it follows."""
    wish = wish_behind_lock(wish)
    demand(rules.may_take_up(by, wish))
    old = wish.journey
    journey = begin_journey(
        participant=wish.by,
        kind=old.kind,
        template=old.template,
        material=newest_like(old.material),
        title=str(old.title),
        meeting_minutes=old.meeting_minutes,
        every_days=old.every_days,
        follows=old,
        by=by,
    )
    wish.new_journey = journey
    _settle(wish, Outcome.TAKEN_UP, by)
    record("return_request.taken_up", subject=wish, by=by, new_journey=str(journey.id))
    return journey


@action("return_request.passed_on")
def pass_on(*, wish: WayBack, by: Person) -> WayBack:
    """Say that one can't. Those who look after the service find somebody else."""
    wish = wish_behind_lock(wish)
    demand(rules.may_pass_on(by, wish))
    wish.offered_to = None
    wish.save(update_fields=["offered_to"])
    record("return_request.passed_on", subject=wish, by=by)
    tell_administrators(wish)
    return wish


@action("return_request.handed_to")
def hand_to(*, wish: WayBack, guide: Person, by: Person) -> WayBack:
    """Offer it to a guide of the service, who is told, and takes it up or passes it on."""
    wish = wish_behind_lock(wish)
    demand(rules.may_hand_to(by, wish, guide))
    wish.offered_to = guide
    wish.save(update_fields=["offered_to"])
    record("return_request.handed_to", subject=wish, by=by, guide=str(guide.id))
    tell_guide(wish)
    return wish


def _settle(wish: WayBack, outcome: Outcome, by: Person) -> None:
    wish.outcome, wish.settled_at, wish.settled_by = outcome, now(), by
    wish.save(update_fields=["outcome", "settled_at", "settled_by", "new_journey"])
