"""Questions about times offered by link. The link itself is the key: what it opens is the offer and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.queries import members_of, seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.people.models import Person
from alongside.people.queries import digest

from ..models import Offer, OfferedTime
from .slots import diary_of


def offer_by(token: str) -> Offer | None:
    """The offer a link belongs to, whatever became of it; None for a token nobody was given."""
    rows = Offer.objects.filter(token_digest=digest(token))
    return rows.select_related("place", "meeting__place", "offered_by", "journey").first()


def seat_by(offer: Offer) -> Seat | None:
    """The participant's seat, whoever holds the link: what they do with it is done under this name."""
    found = members_of([offer.journey_id]).get(offer.journey_id, [])
    person = next((member.person for member in found if member.part == Part.PARTICIPANT), None)
    seat = seat_for(person, journey_id=offer.journey_id) if person and person.is_active else None
    return seat[0] if seat else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered time as it stands now."""

    starts_at: dt.datetime
    is_free: bool


def choices_of(offer: Offer, people: list[Person]) -> list[Choice]:
    """The times of an offer that are still to come, soonest first, each with whether it can still be had."""
    rows = OfferedTime.objects.filter(offer=offer, starts_at__gt=now()).order_by("starts_at")
    starts = list(rows.values_list("starts_at", flat=True))
    if not starts:
        return []
    length = dt.timedelta(minutes=offer.minutes)
    diary = diary_of(people, [offer.place], starts[0], starts[-1] + length)
    return [Choice(start, not diary.obstacles(start, start + length)) for start in starts]


def open_offers(seat: Seat) -> list[Offer]:
    """The offers of a journey that wait for an answer, newest first."""
    rows = Offer.objects.filter(journey=seat.journey, withdrawn_at=None, meeting=None, expires_at__gt=now())
    return list(rows.select_related("place").prefetch_related("times").order_by("-created_at"))


def offer_for(actor: Person, *, journey_id: UUID, offer_id: UUID) -> tuple[Seat, Offer] | None:
    """The door's find for one offer."""
    found = seat_for(actor, journey_id=journey_id)
    offer = Offer.objects.filter(id=offer_id, journey=journey_id).first() if found else None
    return (found[0], offer) if found and offer else None
