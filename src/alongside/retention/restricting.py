"""Questions about restrictions: what was asked for by whom, and what stands in the way."""

from __future__ import annotations

from typing import Any

from alongside.goals.safety.models import SafetyNotice
from alongside.journeys.models import JourneyMember
from alongside.journeys.restriction import is_restricted
from alongside.journeys.states import GUIDING, Part
from alongside.people.models import Person, Restriction

from .queries import erasable_person


def restrictions_of(person: Person) -> list[Restriction]:
    """Each there was, the latest first."""
    rows = Restriction.objects.filter(person=person).select_related("by", "lifted_by")
    return list(rows.order_by("-created_at", "-id"))


def restricted_people(actor: Person) -> list[Restriction]:
    """Those that stand now, of the administrator's organisation."""
    rows = Restriction.objects.filter(person__organisation_id=actor.organisation_id, lifted_at=None)
    return list(rows.select_related("person", "by").order_by("created_at")) if actor.is_administrator else []


def standing_in_the_way(person: Person) -> dict[str, Any]:
    """What has to be done first, as the rule takes it."""
    theirs = JourneyMember.objects.filter(person=person, part=Part.PARTICIPANT).values("journey")
    return {
        "is_restricted": is_restricted(person),
        "open_notices": SafetyNotice.objects.filter(journey__in=theirs, seen_at=None).count(),
    }


def guides_of_theirs(person: Person) -> list[Person]:
    """Who guides what this person takes part in."""
    theirs = JourneyMember.objects.filter(person=person, part=Part.PARTICIPANT, left_at=None).values(
        "journey"
    )
    rows = JourneyMember.objects.filter(journey__in=theirs, part__in=GUIDING, left_at=None)
    rows = rows.filter(person__is_active=True).select_related("person").order_by("created_at")
    return list({row.person_id: row.person for row in rows}.values())


def restriction_for(actor: Person, **parts: Any) -> tuple[Person, Person, Restriction] | None:
    """The door's find: what stands now for somebody of the administrator's organisation."""
    found = erasable_person(actor, **parts)
    standing = Restriction.objects.filter(person=found[1], lifted_at=None).first() if found else None
    return (*found, standing) if found and standing else None
