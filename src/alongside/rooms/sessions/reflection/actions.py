"""Looking back on how one helped."""

from __future__ import annotations

from collections.abc import Mapping

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from ..record.queries import Table
from . import rules
from .models import SKILLS, Reflection


@action("reflection.kept")
def reflect(*, table: Table, skills: Mapping[str, int | None], words: str = "", by: Seat) -> Reflection:
    """Keep how one helped in this meeting, for oneself. Another time appends; only that there is one is recorded."""
    demand(rules.may_reflect(by, table))
    assert table.record
    kept = Reflection.objects.create(
        record=table.record,
        journey=by.journey,
        by=by.actor,
        words=words.strip(),
        **{skill: skills.get(skill) for skill in SKILLS},
    )
    record("reflection.kept", subject=kept, by=by, number=table.number)
    return kept
