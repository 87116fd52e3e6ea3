"""Questions about copies that are collected to answer a request. Reading starts at the administrator who asks."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.kernel.clock import now
from alongside.people.models import Person

from . import access
from .copying import without
from .models import AccessCopy, AccessLogEntry, AccessPart, AccessRedaction, AccessRequest, AccessStateRecord
from .states import AccessState

STAYS = dt.timedelta(days=90)
"""So long a copy stays here after it was given, for questions about it."""


@dataclass(frozen=True)
class OnePart:
    """A part of a copy, with the request it answers."""

    request: AccessRequest
    row: AccessPart
    of: int

    @property
    def content(self) -> dict[str, Any]:
        return content_of(self.row)


def content_of(part: AccessPart) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(part.content))
    return found


def copy_of(request: AccessRequest) -> AccessCopy | None:
    return AccessCopy.objects.filter(request=request).select_related("by").first()


def parts_of(copy: AccessCopy) -> QuerySet[AccessPart]:
    """In their order, with how many lines are taken out of each."""
    live = Count("redactions", filter=Q(redactions__undone_at=None))
    rows = AccessPart.objects.filter(copy=copy).select_related("reviewed_by", "copy__request")
    return rows.annotate(taken_out=live).order_by("number")


def part_for(actor: Person, *, request_id: UUID, number: int) -> tuple[Person, OnePart] | None:
    """The door's find for one part, of a request in the administrator's own organisation."""
    found = access.request_for(actor, request_id=request_id)
    copy = copy_of(found[1]) if found else None
    if found is None or copy is None:
        return None
    parts = parts_of(copy)
    row = parts.filter(number=number).first()
    return (actor, OnePart(found[1], row, parts.count())) if row else None


def redactions_of(part: AccessPart) -> list[AccessRedaction]:
    """Those that hold."""
    return list(AccessRedaction.objects.filter(part=part, undone_at=None).select_related("by"))


def not_looked_through(request: AccessRequest) -> int:
    return AccessPart.objects.filter(copy__request=request, reviewed_at=None).count()


def log_of(request: AccessRequest) -> list[AccessLogEntry]:
    return list(request.log_entries.select_related("by").order_by("created_at", "id"))


def taken_out_of(copy: AccessCopy) -> dict[UUID, set[int]]:
    """The numbers of the lines that are taken out, by part. One query."""
    found: dict[UUID, set[int]] = {}
    rows = AccessRedaction.objects.filter(part__copy=copy, undone_at=None)
    for part_id, line in rows.values_list("part_id", "line"):
        found.setdefault(part_id, set()).add(line)
    return found


def given_by(copy: AccessCopy) -> list[tuple[str, Any]]:
    """What is given: each chapter with its parts put together again, lines that were taken out left out of it."""
    out, found = taken_out_of(copy), []
    for part in parts_of(copy):
        content = content_of(part)
        found.append((content["chapter"], without(content, out.get(part.id, set()))))
    return found


def outcome_of(request: AccessRequest) -> AccessStateRecord | None:
    return AccessStateRecord.objects.filter(request=request, state=AccessState.ANSWERED).first()


def waited_long_enough() -> list[AccessCopy]:
    """For the worker: copies that were given so long ago that nobody asks about them any more."""
    given = AccessStateRecord.objects.filter(state=AccessState.ANSWERED, created_at__lte=now() - STAYS)
    return list(AccessCopy.objects.filter(request__in=given.values("request")).select_related("request"))
