"""A guide's own reflections, read by nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys import visibility
from alongside.journeys.seat import Seat
from alongside.people.models import Person

from ..record.queries import Table
from .models import SKILLS, Reflection


@dataclass(frozen=True, slots=True)
class Reflected:
    """The latest reflection on one meeting."""

    journey_id: UUID
    number: int
    on: dt.datetime
    skills: Mapping[str, int | None]
    words: str


def reflections_of(actor: Person) -> list[Reflected]:
    """The latest of each meeting one guided, oldest meeting first. One query."""
    rows = Reflection.objects.filter(visibility.readable_by_author(actor.id)).select_related(
        "record__meeting"
    )
    latest = {row.record_id: row for row in rows.order_by("created_at", "id")}
    found = [
        Reflected(
            row.journey_id,
            row.record.number,
            row.record.meeting.starts_at,
            {skill: getattr(row, skill) for skill in SKILLS},
            str(row.words),
        )
        for row in latest.values()
    ]
    return sorted(found, key=lambda one: one.on)


def reflection_on(seat: Seat, table: Table) -> Reflection | None:
    """One's own latest on this meeting."""
    rows = Reflection.objects.filter(visibility.readable_by_author(seat.actor.id), record=table.record)
    return rows.order_by("-created_at", "-id").first()
