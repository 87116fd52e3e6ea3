"""Asking for an archive. What becomes of it is in `actions`, which the task of the worker calls."""

from __future__ import annotations

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import queries, rules, tasks
from .actions import remove_archive
from .models import Archive, ArchiveStateRecord
from .states import ArchiveState


@action("archive_asked_for")
def ask_for_archive(*, by: Person) -> Archive:
    """Have everything about a person put together by the worker. What was made for them before is removed."""
    demand(rules.may_ask_for_archive(by, queries.newest_of(by)))
    for earlier in queries.ready_of(by):
        remove_archive(archive=earlier, by=by)
    archive = Archive.objects.create(person=by)
    ArchiveStateRecord.objects.create(archive=archive, state=ArchiveState.ASKED, by=by)
    record("archive_asked_for", subject=archive, by=by)
    tasks.make_archive.enqueue(archive_id=str(archive.id))
    return archive
