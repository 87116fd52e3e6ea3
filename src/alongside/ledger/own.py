"""What the ledger knows of one's own account: read for oneself alone, when one takes everything about oneself along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .models import Entry


@dataclass(frozen=True, slots=True)
class OwnEvent:
    event: str
    at: dt.datetime
    detail: Mapping[str, Any]


def own_events(user_id: UUID, events: Iterable[str]) -> list[OwnEvent]:
    """What happened to a sign-in, of these events, the latest first. One query."""
    rows = Entry.objects.filter(user_id=user_id, event__in=list(events)).order_by("-created_at", "-id")
    return [OwnEvent(*row) for row in rows.values_list("event", "created_at", "detail")]
