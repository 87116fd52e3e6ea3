"""Questions about people. Reading starts at the person who asks."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db.models import QuerySet

from .models import Invitation, Person


def persons_of(user_id: UUID) -> list[Person]:
    """The persons one sign-in stands for, one per organisation, oldest first."""
    rows = Person.objects.filter(user_id=user_id, is_active=True).select_related("organisation", "user")
    return list(rows.order_by("created_at"))


def visible_people(actor: Person) -> QuerySet[Person]:
    """An administrator sees the people of their own organisation; everybody else only themselves."""
    people = Person.objects.filter(organisation_id=actor.organisation_id).select_related("organisation")
    return people if actor.is_administrator else people.filter(id=actor.id)


def person_for(actor: Person, *, person_id: UUID) -> tuple[Person, Person] | None:
    """The door's find for one person: (actor, person), or None when the actor can't see them."""
    person = visible_people(actor).filter(id=person_id).first()
    return (actor, person) if person else None


def guides_of(actor: Person) -> list[Person]:
    """Active guides of the actor's organisation, by name."""
    guides = Person.objects.filter(organisation_id=actor.organisation_id, is_guide=True, is_active=True)
    return sorted(guides, key=lambda person: person.name.casefold())


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by(token: str) -> Invitation | None:
    """The invitation a link belongs to, whatever its state; None for a token nobody was sent."""
    return Invitation.objects.filter(token_digest=digest(token)).select_related("person__organisation").first()


def latest_invitation(person_id: UUID) -> Invitation | None:
    return Invitation.objects.filter(person_id=person_id).order_by("-created_at").first()
