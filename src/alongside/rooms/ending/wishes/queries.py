"""Questions about wishes for the end."""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.people.models import Person

from ..record.models import Ending
from ..record.queries import room_for
from .models import Wish
from .states import Outcome, Wanted


def wishes_of(seat: Seat) -> dict[str, Wish]:
    """The wishes that stand, by what is wanted."""
    rows = Wish.objects.filter(journey=seat.journey, settled_at=None).select_related("by")
    return {wish.wanted: wish for wish in rows}


def last_early_wish(seat: Seat) -> Wish | None:
    """The notice with which a journey was ended early."""
    rows = Wish.objects.filter(journey=seat.journey, wanted=Wanted.END_EARLY, outcome=Outcome.CARRIED_OUT)
    return rows.select_related("by").order_by("-created_at").first()


def notice_is_over(seat: Seat, wish: Wish) -> bool:
    return wish.on is not None and wish.on <= today(seat.actor.time_zone)


def wishes_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Ending | None, dict[str, Wish]] | None:
    found = room_for(actor, journey_id=journey_id)
    return (*found, wishes_of(found[0])) if found else None
