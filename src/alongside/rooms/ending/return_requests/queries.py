"""Questions about wishes to come back. Who is offered one sees it; an administrator sees those nobody is offered."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.people.models import Person
from alongside.people.queries import guides_of

from ..record.models import Ending
from ..record.queries import room_for
from .models import WayBack


def wish_of(seat: Seat) -> WayBack | None:
    """The wish of this journey that stands."""
    return WayBack.objects.filter(journey=seat.journey, settled_at=None).first()


def _standing(actor: Person) -> QuerySet[WayBack]:
    """What stands and is this person's to answer: offered to them, or, for an administrator, to nobody who is here."""
    mine = Q(offered_to=actor.id)
    if actor.is_administrator:
        mine |= Q(offered_to=None) | Q(offered_to__is_active=False) | Q(offered_to__is_guide=False)
    rows = WayBack.objects.filter(mine, journey__organisation=actor.organisation_id, settled_at=None)
    return rows.select_related("journey", "by", "offered_to").order_by("created_at", "id")


def wishes_for(actor: Person) -> list[WayBack]:
    return list(_standing(actor))


def wish_for(actor: Person, *, wish_id: UUID) -> tuple[Person, WayBack] | None:
    wish = _standing(actor).filter(id=wish_id).first()
    return (actor, wish) if wish else None


def wish_behind_lock(wish: WayBack) -> WayBack:
    """The wish as it is now; of two who answer it at once the second waits here."""
    return WayBack.objects.select_for_update(of=("self",)).select_related("journey", "by").get(id=wish.id)


def seat_with_wish(actor: Person, *, journey_id: UUID) -> tuple[Seat, Ending | None, WayBack | None] | None:
    found = room_for(actor, journey_id=journey_id)
    return (*found, wish_of(found[0])) if found else None


def who_guides(wish: WayBack) -> list[Person]:
    """Guides of the service who could take it up."""
    return [person for person in guides_of(wish.by) if person.id != wish.by_id and person.user_id]


def former_guide(journey: Journey) -> Person | None:
    """The guide of that journey, if they are here and still guide."""
    members = JourneyMember.objects.filter(journey=journey, part=Part.GUIDE, left_at=None)
    member = members.select_related("person").first()
    person = member.person if member else None
    return person if person and person.is_active and person.is_guide and person.user_id else None


def administrators_of(wish: WayBack) -> list[Person]:
    rows = Person.objects.filter(
        organisation=wish.journey.organisation_id, is_administrator=True, is_active=True
    )
    return list(rows.exclude(user=None))


def seen_from(actor: Person, journey: Journey) -> Seat | None:
    found = seat_for(actor, journey_id=journey.id)
    return found[0] if found else None
