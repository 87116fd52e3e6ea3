"""What people agree to, each thing by itself: in which words, and what somebody has said to it.

Only what the product really acts on is asked: what stops when a consent is withdrawn is named beside it, and tested in
`overview/tests/test_consents.py`. Care itself is not among them: it does not rest on consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ConsentRecord, Person, Purpose


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words of today. Whoever changes them raises the version: what was agreed to before stays as it was read."""

    version: int
    text: str | Promise
    withdrawn: str | Promise
    """What happens once it is withdrawn."""


TEXTS: dict[Purpose, ConsentText] = {
    Purpose.SHARING: ConsentText(
        1,
        _("People who support me, and whom I have named, can read what is marked for them."),
        _("They can no longer open anything here. If you agree again, they can."),
    ),
    Purpose.AFTERWARDS: ConsentText(
        1,
        _(
            "After the end I am sent emails: reminders of what I took with me, and questions about how things are."
        ),
        _("No more of these emails are sent."),
    ),
    Purpose.FIGURES: ConsentText(
        1,
        _("My answers count, without my name, in figures about how well the service works."),
        _("You are left out of the figures from the next night on."),
    ),
}


def withdrawn(purpose: Purpose) -> QuerySet[ConsentRecord, Any]:
    """The ids of the people who have withdrawn it, for subqueries."""
    rows = ConsentRecord.objects.filter(purpose=purpose)
    latest = rows.filter(person=OuterRef("person")).order_by("-created_at", "-id")
    is_given = Subquery(latest.values("given")[:1])
    return rows.filter(given=False).annotate(is_given=is_given).filter(is_given=False).values("person")


def consents_of(person: Person) -> dict[Purpose, list[ConsentRecord]]:
    """What this person has said to each, the latest first. One query."""
    found: dict[Purpose, list[ConsentRecord]] = {purpose: [] for purpose in Purpose}
    for row in ConsentRecord.objects.filter(person=person).order_by("-created_at", "-id"):
        found[Purpose(row.purpose)].append(row)
    return found


def standing(person: Person, purpose: Purpose) -> ConsentRecord | None:
    """What they said to it last; None where they have said nothing."""
    rows = ConsentRecord.objects.filter(person=person, purpose=purpose)
    return rows.order_by("-created_at", "-id").first()


def has_withdrawn(person: Person, purpose: Purpose) -> bool:
    last = standing(person, purpose)
    return last is not None and not last.given


def purpose_named(actor: Person, *, purpose: str) -> tuple[Person, Purpose] | None:
    """The door's find: one's own answer to one of these."""
    return (actor, Purpose(purpose)) if purpose in Purpose.values else None
