"""Questions about changes of address: whom one touches, and which of them stand on somebody's pages."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.kernel.clock import now
from alongside.people.models import AddressChange, AddressChangeKind, AddressState, Person
from alongside.people.queries import digest

from ..models import JourneyMember
from ..queries import with_a_part
from ..seat import Seat
from ..states import GUIDING, Part

TWO = (*GUIDING, Part.PARTICIPANT)


def tables_of(person: Person) -> list[UUID]:
    """The journeys in which this person guides, covers or takes part."""
    own = JourneyMember.objects.filter(with_a_part(now()), person=person, part__in=TWO)
    return list(own.order_by("created_at").values_list("journey_id", flat=True).distinct())


def touched_by(person: Person) -> list[Person]:
    """Every guide and participant who sits at a table with this person."""
    others = JourneyMember.objects.filter(
        with_a_part(now()), journey__in=tables_of(person), part__in=TWO
    ).exclude(person=person)
    rows = others.select_related("person").order_by("created_at")
    return list({each.person_id: each.person for each in rows}.values())


def beside(actor_id: UUID, moment: dt.datetime) -> QuerySet[AddressChange]:
    """Changes that stand on the pages of this person: their own, and of those at a table with them."""
    own = JourneyMember.objects.filter(with_a_part(moment), person_id=actor_id, part__in=TWO)
    others = JourneyMember.objects.filter(journey__in=own.values("journey"), left_at=None, part__in=TWO)
    mine = Q(person=actor_id) | Q(person__in=others.values("person"))
    return AddressChange.objects.filter(mine, told_until__gt=moment)


def told_to(actor: Person) -> list[AddressChange]:
    """What this person is told of on their pages; an administrator also of what waits for their word."""
    rows = beside(actor.id, now())
    if actor.is_administrator:
        waiting = AddressChange.objects.filter(
            person__organisation_id=actor.organisation_id, state=AddressState.ASKED
        )
        rows = AddressChange.objects.filter(Q(id__in=rows.values("id")) | Q(id__in=waiting.values("id")))
    return list(rows.select_related("person", "by").order_by("-created_at"))


def change_for(actor: Person, *, change_id: UUID) -> tuple[Person, AddressChange] | None:
    """The door's find: for the person, whoever says that it is them, and the administrators."""
    rows = AddressChange.objects.filter(
        id=change_id, kind=AddressChangeKind.LOST, person__organisation_id=actor.organisation_id
    )
    if not actor.is_administrator:
        rows = rows.filter(Q(person=actor.id) | Q(by=actor.id))
    change = rows.select_related("person__organisation", "by").first()
    return (actor, change) if change else None


def change_by(token: str) -> AddressChange | None:
    """The change that somebody with the link from the old mailbox can object to."""
    rows = AddressChange.objects.filter(token_digest=digest(token))
    return rows.select_related("person__organisation", "by").first()


def changes_in(seat: Seat) -> list[AddressChange]:
    """The changes of the participant's address that were asked for or told in this journey, the latest first."""
    rows = AddressChange.objects.filter(person=seat.participant.person)
    return list(rows.select_related("by", "person").order_by("-created_at"))


def due_changes() -> list[AddressChange]:
    """Confirmed changes to which nobody has objected in time."""
    return list(AddressChange.objects.filter(state=AddressState.CONFIRMED, opens_at__lte=now()))
