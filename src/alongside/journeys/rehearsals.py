"""What is only rehearsed: a template tried on two made-up people (decision 72).

A rehearsal has an organisation of its own, and its people are nobody elsewhere. Whatever lists, counts, finds or exports
begins at an organisation or at a person, and so ends before it: no list has to leave it out. What looks over the journeys
of everybody by itself, such as reminders and figures, asks `not_rehearsed`, or `Organisation.objects`, which holds none.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.kernel.clock import now
from alongside.people.models import Person

from .models import Journey, Rehearsal


def rehearsed_journeys() -> QuerySet[Journey, Any]:
    """The ids of the journeys nobody is on, for subqueries."""
    return Journey.objects.filter(organisation__is_rehearsal=True).values("id")


def not_rehearsed(reference: str = "journey") -> Q:
    """The condition for rows of journeys that are real; `reference` is where a row names its journey."""
    return ~Q(**{f"{reference}__in": rehearsed_journeys()})


def rehearsals_of(actor: Person) -> QuerySet[Rehearsal]:
    """Those this person began and that are not over. Nobody has any of another's."""
    rows = Rehearsal.objects.filter(by=actor, material__organisation=actor.organisation_id, ends_at__gt=now())
    return rows.order_by("-created_at")


def rehearsal_for(actor: Person, *, rehearsal_id: UUID) -> tuple[Person, Rehearsal] | None:
    """The door's find for one's own rehearsal."""
    rows = rehearsals_of(actor).select_related(
        *("guide__organisation", "guide__user", "participant__organisation", "participant__user"),
        *("journey", "material"),
    )
    found = rows.filter(id=rehearsal_id).first()
    return (actor, found) if found else None


def rehearsals_over() -> list[Rehearsal]:
    """Those whose week is over."""
    return list(Rehearsal.objects.filter(ends_at__lte=now()).order_by("ends_at"))
