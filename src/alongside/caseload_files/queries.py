"""Files of one's own, and who is here already."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Count

from alongside.journeys.queries import members_of, seats_of
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.kernel.folding import folded
from alongside.ledger.models import Entry
from alongside.people.models import Person

from .judging import Chosen, KnownHere
from .models import BroughtIn, CaseloadFile

KEPT_FOR = dt.timedelta(days=1)
"""How long a file is kept, and how long what it brought in can be undone."""


def file_for(actor: Person, *, file_id: UUID) -> tuple[Person, CaseloadFile] | None:
    """The door's find: a file of one's own that is still there, or was brought in within a day."""
    rows = CaseloadFile.objects.filter(id=file_id, by=actor, organisation=actor.organisation_id)
    found = rows.filter(created_at__gt=now() - 2 * KEPT_FOR).first()
    return (actor, found) if found else None


def latest_of(actor: Person) -> list[tuple[CaseloadFile, int]]:
    """What one brought in within the last day and can still undo, newest first, each with how many it began."""
    rows = CaseloadFile.objects.filter(by=actor, brought_in_at__gt=now() - KEPT_FOR, undone_at=None)
    counted = rows.annotate(count=Count("brought_in")).order_by("-brought_in_at", "-id")
    return [(row, row.count) for row in counted]  # type: ignore[attr-defined]


def chosen_for(file: CaseloadFile) -> Chosen:
    return Chosen(str(file.kind), str(file.template), file.day_first)


def known_to(actor: Person) -> KnownHere:
    """Whom this person guides in a journey that is not over, and whom they brought in before."""
    guided = [seat for seat in seats_of(actor) if seat.is_guide and not seat.is_over]
    people = [(seat.journey.kind, seat.participant.person) for seat in guided]
    running = [seat.journey.id for seat in guided]
    marks = BroughtIn.objects.filter(journey__in=running).values_list("mark", flat=True)
    return KnownHere(
        addresses=frozenset((kind, str(person.email)) for kind, person in people if person.email),
        names=frozenset((kind, folded(str(person.name))) for kind, person in people),
        marks=frozenset(marks),
    )


def brought_in_by(file: CaseloadFile) -> list[BroughtIn]:
    return list(BroughtIn.objects.filter(file=file).select_related("journey").order_by("line"))


def names_in(rows: list[BroughtIn]) -> dict[UUID, str]:
    """The name of the participant of each journey."""
    found = members_of([row.journey_id for row in rows])
    return {
        journey: next((member.name for member in members if member.part == Part.PARTICIPANT), "")
        for journey, members in found.items()
    }


def used_since(file: CaseloadFile, rows: list[BroughtIn]) -> set[UUID]:
    """The journeys of a file in which somebody did something after they had been brought in."""
    done = Entry.objects.filter(
        journey_id__in=[row.journey_id for row in rows], created_at__gt=file.brought_in_at
    )
    return {journey for journey in done.values_list("journey_id", flat=True) if journey}


def old_files(moment: dt.datetime) -> list[UUID]:
    """Files that were read and never brought in, a day later."""
    rows = CaseloadFile.objects.filter(created_at__lte=moment - KEPT_FOR, brought_in_at=None)
    return list(rows.values_list("id", flat=True))
