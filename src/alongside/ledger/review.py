"""What an administrator is shown of the ledger: how often, by whom; never which journey, and no word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from .models import Entry, Opening


@dataclass(frozen=True, slots=True)
class OpenedOnce:
    """One opening: who, in which journey, when."""

    person_id: UUID
    journey_id: UUID
    at: dt.datetime


def opened_by(person_ids: Iterable[UUID], since: dt.datetime) -> list[OpenedOnce]:
    """All openings of these people since then, oldest first. One query."""
    rows = Opening.objects.filter(person_id__in=list(person_ids), created_at__gte=since)
    return [
        OpenedOnce(*row)
        for row in rows.order_by("created_at").values_list("person_id", "journey_id", "created_at")
    ]


def failed_by(user_ids: Iterable[UUID], since: dt.datetime) -> dict[UUID, tuple[int, int]]:
    """Of each sign-in how often it failed, and how often its doors stayed shut. One query."""
    events = ("sign_in.failed", "door.refused")
    rows = Entry.objects.filter(user_id__in=list(user_ids), event__in=events, created_at__gte=since)
    counted = rows.values("user_id").annotate(
        failed=Count("id", filter=Q(event="sign_in.failed")), shut=Count("id", filter=Q(event="door.refused"))
    )
    return {row["user_id"]: (row["failed"], row["shut"]) for row in counted}
