"""Asking for a backup out of turn."""

from __future__ import annotations

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from .. import tasks
from ..rules import may_look_after_backups


@action("backup_asked_for")
def ask_for_backup(*, by: Person) -> None:
    """Have a backup made at once, and proved afterwards."""
    demand(may_look_after_backups(by))
    record("backup_asked_for", subject=by, by=by)
    tasks.back_up_and_prove.enqueue()
