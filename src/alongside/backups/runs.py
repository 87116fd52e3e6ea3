"""Making a backup and proving it, as the command line and the night's plan do it; what became of it is noted."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from importlib import metadata
from pathlib import Path

from django.conf import settings

from alongside.kernel.clock import now

from . import databases, keys, making, restoring
from .actions.noting import note
from .models import BackupRecord
from .states import Event

logger = logging.getLogger("alongside.backups")


class Failed(Exception):
    """It did not work, and was noted as such; the sentence says why."""


def back_up(folder: Path | None = None) -> making.Made:
    """One backup into a folder (the installation's own unless named). Raises `Failed`."""
    made_at = now().astimezone(dt.UTC)
    try:
        made = making.make(folder or Path(settings.BACKUPS_FOLDER), source(), now=made_at)
    except making.Busy as busy:
        raise Failed(str(busy)) from busy
    except (databases.Trouble, OSError, ValueError) as trouble:
        problem = sentence(trouble)
        _note(Event.MADE, "", 0, problem)
        raise Failed(problem) from trouble
    _note(Event.MADE, made.file.name, made.file.stat().st_size, "")
    return made


def prove_newest(folder: Path | None = None) -> restoring.Restored | None:
    """Restore the newest backup into a folder that is thrown away; None when there is none. Raises `Failed`."""
    newest = next(iter(making.made_in(folder or Path(settings.BACKUPS_FOLDER)).values()), None)
    if newest is None:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="alongside-drill-") as scratch:
            restored = prove(newest, Path(scratch))
    except (restoring.Refused, databases.Trouble, OSError, ValueError) as trouble:
        problem = sentence(trouble)
        _note(Event.PROVED, newest.name, newest.stat().st_size, problem)
        raise Failed(problem) from trouble
    _note(Event.PROVED, newest.name, newest.stat().st_size, "")
    return restored


def keys_here() -> restoring.Keys:
    """The keys of this installation. ValueError when the backup key is none."""
    return restoring.Keys(
        identity=keys.identity_from(settings.BACKUP_KEY),
        keyring=settings.ENCRYPTION_KEYRING,
        secret_key=settings.SECRET_KEY,
    )


def prove(file: Path, scratch: Path) -> restoring.Restored:
    database = databases.ours()
    if databases.kind_of(database) == databases.SQLITE:
        return restoring.prove(file, scratch, database=database, with_keys=keys_here())
    with databases.scratch_postgresql(database) as there:
        return restoring.prove(file, scratch, database=there, with_keys=keys_here())


def source(*, version: str = "") -> making.Source:
    """What this installation is made of; of another version where the database is still that one's."""
    return making.Source(
        database=databases.ours(),
        files=Path(settings.MEDIA_ROOT),
        keyring=settings.ENCRYPTION_KEYRING,
        identity=keys_here().identity,
        version=version or metadata.version("alongside"),
    )


def sentence(trouble: Exception) -> str:
    if isinstance(trouble, OSError) and trouble.strerror:
        return f"The disk could not take it: {trouble.strerror}."
    return str(trouble)


def _note(event: Event, file: str, size: int, problem: str) -> BackupRecord:
    if problem:
        logger.error("backup %s: %s", event, problem)
    return note(event=event, file=file, size=size, problem=problem, by=None)
