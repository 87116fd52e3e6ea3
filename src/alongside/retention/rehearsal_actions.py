"""A rehearsal ends: everything of it is deleted, when its week is over or when whoever began it has seen enough."""

from __future__ import annotations

from alongside.journeys.models import Rehearsal
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Organisation, Person

from .erasing import erase_rehearsed
from .rules import may_end_rehearsal


@action("rehearsal.ended")
def end_rehearsal(*, rehearsal: Rehearsal, by: Person | None) -> None:
    """Delete the made-up organisation, its people and all that was tried with them. Once: of two at a time one does it.

    The ledger keeps that there was one, and how many rows went; `by` is None when its week is over.
    """
    demand(may_end_rehearsal(by, rehearsal))
    rows = Organisation.everywhere.select_for_update()
    organisation = rows.filter(id=rehearsal.organisation_id, is_rehearsal=True).first()
    if organisation is None:
        return
    counts = erase_rehearsed(organisation)
    record(
        "rehearsal.ended",
        subject=rehearsal,
        by=by,
        journey_id=rehearsal.journey_id,
        rehearsal=str(rehearsal.id),
        rows=sum(counts.deleted.values()),
    )
