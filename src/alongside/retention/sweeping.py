"""What was erased leaves the files, too: the database's own, emails that were saved as files, the programmes' figures.

Done by the worker after the transaction, in any order and as often as it takes: killed in the middle it begins again.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection

from alongside.kernel.clock import now
from alongside.programmes.star.writing import star_folder
from alongside.programmes.tasks import publish_nightly

from .models import Certificate
from .noting import note_sweep
from .places import TABLES

logger = logging.getLogger("alongside.retention")

OLD = 24 * 60 * 60
"""Working folders older than this were left behind by a process that was killed."""


def sweep_what_is_left() -> int:
    """Of all certificates not swept yet; how many those were."""
    waiting = list(Certificate.objects.filter(swept_at=None).values_list("id", flat=True))
    if not waiting or connection.in_atomic_block:
        return 0
    delete_saved_emails()
    renew_figures()
    if not rewrite_database():
        return 0
    return note_sweep(certificates=waiting, by=None)


def delete_saved_emails() -> int:
    """All of them: where no mail server is set, the folder is for a look at what would have been sent."""
    folder, gone = Path(settings.EMAIL_FOLDER), 0
    for file in folder.rglob("*") if folder.is_dir() else ():
        if file.is_file():
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def renew_figures() -> None:
    """The star is deleted, with what a killed process left beside it, and written anew from what is there."""
    if settings.DEMO:
        return
    shutil.rmtree(star_folder(), ignore_errors=True)
    for left in star_folder().parent.glob("star*"):
        if left.is_dir() and left.stat().st_mtime < now().timestamp() - OLD:
            shutil.rmtree(left, ignore_errors=True)
    publish_nightly.enqueue()


def rewrite_database() -> bool:
    """Leave no page or journal with what was deleted; whether it could be done now."""
    try:
        if connection.vendor == "sqlite":
            _rewrite_sqlite()
        else:
            _rewrite_postgresql()
    except DatabaseError:
        logger.warning(
            "the database could not be rewritten now; it is tried again within the hour", exc_info=True
        )
        return False
    return True


def _rewrite_sqlite() -> None:
    """The file anew without free pages; then its journal is taken over and cut off, once nobody reads from it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise DatabaseError("the journal is being read")


def _rewrite_postgresql() -> None:
    """Each table whose rows were deleted or changed, written anew; what it keeps of its own journal goes by age."""
    changed = {
        name
        for counts in Certificate.objects.filter(swept_at=None).values_list("counts", flat=True)
        for part in ("deleted", "emptied")
        for name in counts.get(part, {})
    }
    labels = {
        table.label for table in TABLES if any((name + ".").startswith(table.label + ".") for name in changed)
    }
    with connection.cursor() as cursor:
        for label in sorted(labels):
            table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
            cursor.execute(f"VACUUM FULL {table}")
