"""`alongside check` asks this: is the ledger what was sealed?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alongside.ledger import checking
from alongside.ledger.models import Block

MOST_LINES = 20


class Command(BaseCommand):
    help = "Check that nothing in the ledger was changed, deleted or taken out since it was sealed."
    requires_system_checks: list[str] = []

    def handle(self, *arguments: Any, **options: Any) -> None:
        if not _is_set_up():
            self.stdout.write("There is no ledger to check yet.")
            return
        found = checking.check()
        for line in (*found.broken[:MOST_LINES], *found.warnings):
            self.stderr.write(line)
        if found.broken:
            raise CommandError(
                f"The ledger is not as it was sealed: {len(found.broken)} things were found. "
                "Keep the database as it is, and compare it with a backup."
            )
        last = f", the last with hash {found.last_hash}" if found.blocks else ""
        self.stdout.write(f"The ledger is whole: {found.rows} rows in {found.blocks} blocks{last}.")


def _is_set_up() -> bool:
    """Asking SQLite for a file that isn't there would make one."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    with connection.cursor() as cursor:
        return Block._meta.db_table in connection.introspection.table_names(cursor)
