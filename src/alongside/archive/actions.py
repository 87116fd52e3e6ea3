"""What becomes of an archive that was asked for."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import queries, rules
from .emails import tell_it_is_ready
from .models import Archive, ArchivePiece, ArchiveStateRecord
from .states import TRANSITIONS, ArchiveState

PIECE = 512 * 1024
"""Bytes of a piece."""


@action("archive_made")
def keep_archive(*, archive: Archive, content: bytes, journeys: Iterable[UUID], by: None) -> None:
    """Put it where its person can download it, and write to them. Of two workers that made it the second changes nothing."""
    archive = queries.behind_lock(archive)
    if not _may_become(archive, ArchiveState.READY):
        return
    ArchivePiece.objects.bulk_create(
        ArchivePiece(
            archive=archive,
            number=number,
            content=base64.b64encode(content[start : start + PIECE]).decode(),
        )
        for number, start in enumerate(range(0, len(content), PIECE))
    )
    inside = sorted(str(each) for each in journeys)
    Archive.objects.filter(id=archive.id).update(size=len(content), journeys=inside)
    ArchiveStateRecord.objects.create(archive=archive, state=ArchiveState.READY, by=by)
    record("archive_made", subject=archive, by=by, size=len(content), journeys=inside)
    tell_it_is_ready(archive.person, now() + queries.WAITS_FOR)


@action("archive_failed")
def note_failure(*, archive: Archive, by: None) -> None:
    """It could not be made; its person reads so, and may ask again."""
    archive = queries.behind_lock(archive)
    if _may_become(archive, ArchiveState.FAILED):
        ArchiveStateRecord.objects.create(archive=archive, state=ArchiveState.FAILED, by=by)
        record("archive_failed", subject=archive, by=by)


@action("archive_removed")
def remove_archive(*, archive: Archive, by: Person) -> None:
    """Its person has it, or wants it gone: every piece is deleted."""
    demand(rules.may_remove_archive(by, archive))
    _remove(archive, by)


@action("archive_removed")
def let_archive_go(*, archive: Archive, by: None) -> None:
    """It waited long enough. Run twice, it is removed once."""
    _remove(archive, by)


def _remove(archive: Archive, by: Person | None) -> None:
    archive = queries.behind_lock(archive)
    if not _may_become(archive, ArchiveState.REMOVED):
        return
    ArchivePiece.objects.filter(archive=archive).delete()
    ArchiveStateRecord.objects.create(archive=archive, state=ArchiveState.REMOVED, by=by)
    record("archive_removed", subject=archive, by=by)


def _may_become(archive: Archive, state: ArchiveState) -> bool:
    return state in TRANSITIONS[ArchiveState(archive.state)]  # type: ignore[attr-defined]
