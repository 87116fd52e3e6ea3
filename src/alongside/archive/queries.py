"""Questions about archives. Reading starts at the person whose archive it is."""

from __future__ import annotations

import base64
import datetime as dt
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.journeys.queries import visible_to
from alongside.kernel.clock import now
from alongside.people.models import Person

from .models import Archive, ArchivePiece, ArchiveStateRecord
from .states import ArchiveState

WAITS_FOR = dt.timedelta(days=7)
"""So long an archive can be downloaded."""
GIVEN_UP_AFTER = dt.timedelta(hours=6)
"""After so long without an answer another one may be asked for."""


def _with_state(rows: QuerySet[Archive]) -> QuerySet:
    latest = ArchiveStateRecord.objects.filter(archive=OuterRef("pk")).order_by("-created_at", "-id")
    return rows.annotate(
        state=Subquery(latest.values("state")[:1]), state_since=Subquery(latest.values("created_at")[:1])
    )


def newest_of(actor: Person) -> Archive | None:
    """What was asked for last, with its `state` and since when. One query."""
    return _with_state(Archive.objects.filter(person=actor)).order_by("-created_at", "-id").first()


def archive_for(actor: Person, *, archive_id: UUID) -> tuple[Person, Archive] | None:
    """The door's find: one's own archive, and nobody else's."""
    archive = _with_state(Archive.objects.filter(person=actor, id=archive_id)).first()
    return (actor, archive) if archive else None


def to_be_made(archive_id: str) -> Archive | None:
    """For the worker: an archive nobody has finished yet."""
    rows = _with_state(Archive.objects.filter(id=archive_id)).filter(state=ArchiveState.ASKED)
    return rows.select_related("person__organisation", "person__user").first()


def ready_of(person: Person) -> list[Archive]:
    """Those of a person that can still be downloaded."""
    return list(_with_state(Archive.objects.filter(person=person)).filter(state=ArchiveState.READY))


def overdue() -> list[Archive]:
    """Those that have waited long enough."""
    rows = _with_state(Archive.objects.all()).filter(state=ArchiveState.READY)
    return list(rows.filter(state_since__lte=now() - WAITS_FOR))


def behind_lock(archive: Archive) -> Archive:
    """The archive as it is now; of two who act on it at once the second waits here."""
    Archive.objects.select_for_update().get(id=archive.id)
    return _with_state(Archive.objects.all()).get(id=archive.id)


def waits_until(archive: Archive) -> dt.datetime:
    """Until when it can be downloaded."""
    return archive.state_since + WAITS_FOR  # type: ignore[attr-defined, no-any-return]


def is_late(archive: Archive) -> bool:
    """It should have been made long ago: nobody waits for it any more."""
    asked = archive.state == ArchiveState.ASKED  # type: ignore[attr-defined]
    return asked and archive.state_since + GIVEN_UP_AFTER <= now()  # type: ignore[attr-defined, no-any-return]


def still_theirs(actor: Person, archive: Archive) -> bool:
    """Whether they still have a part in every journey whose words are in it. One query."""
    wanted = {UUID(each) for each in archive.journeys}
    return visible_to(actor).filter(id__in=wanted).count() == len(wanted)


def content_of(archive: Archive) -> bytes:
    """The file, opened."""
    pieces = ArchivePiece.objects.filter(archive=archive).order_by("number")
    return b"".join(base64.b64decode(str(piece.content)) for piece in pieces)
