"""The one place where the product itself reads the ledger: to tell people who opened their words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet

from alongside.kernel.prepared import Prepared

from .models import Opening


@dataclass(frozen=True)
class Opened:
    person_id: UUID
    last_at: dt.datetime


def openings_of(journey_id: UUID) -> list[Opened]:
    """Who opened words of this journey, each with the last time, latest first."""
    return [Opened(person_id, last) for person_id, last in _OPENINGS.values(journey_id)]


def _openings(journey_id: UUID) -> QuerySet:
    rows = Opening.objects.filter(journey_id=journey_id).values_list("person_id")
    return rows.annotate(last=Max("created_at")).order_by("-last")


_OPENINGS = Prepared(_openings)


@dataclass(frozen=True, slots=True)
class OpenedThing:
    """One person opened one thing, first in some login session: which it was, by its kind and id."""

    person_id: UUID
    kind: str
    subject_id: UUID
    at: dt.datetime


def opened_things_of(journey_id: UUID, *, apart_from: UUID, most: int) -> list[OpenedThing]:
    """What anybody but one person opened in a journey, latest first. One query."""
    rows = Opening.objects.filter(journey_id=journey_id).exclude(person_id=apart_from)
    columns = ("person_id", "subject_kind", "subject_id", "created_at")
    return [OpenedThing(*row) for row in rows.order_by("-created_at", "-id").values_list(*columns)[:most]]
