"""What became of a backup or a drill. The work itself is in `runs`: no file is written inside a transaction."""

from __future__ import annotations

from alongside.kernel.actions import action
from alongside.ledger.record import record
from alongside.people.models import Person

from ..models import BackupRecord
from ..states import Event


@action("backup_noted")
def note(*, event: Event, file: str, size: int, problem: str, by: Person | None) -> BackupRecord:
    """Keep what became of a backup or a drill; `by` is None when it was done by the night's plan or the command line."""
    noted = BackupRecord.objects.create(
        event=event, file=file, size=size, went_well=not problem, problem=problem
    )
    record("backup_noted", subject=noted, by=by, what=str(event), went_well=not problem)
    return noted
