"""The backup that an upgrade begins with: the way back, kept apart from the night's, which would clear it away tonight."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings

from alongside.kernel.clock import now

from . import databases, making, restoring, runs
from .actions.noting import note
from .states import Event

FOLDER = "before-upgrade"
STAYS = dt.timedelta(weeks=4)
"""Long enough to notice what went wrong, and well within the year in which what was erased leaves every backup."""
WORKING = ".upgrading"


def folder() -> Path:
    return Path(settings.BACKUPS_FOLDER) / FOLDER


def back_up(version: str) -> making.Made:
    """A backup of the database as an earlier version left it. Raises `runs.Failed`.

    It is not noted yet: the tables in which it would be are the earlier version's.
    """
    try:
        source = runs.source(version=version)
        return making.make(folder(), source, now=now().astimezone(dt.UTC), by_plan=False)
    except (making.Busy, databases.Trouble, OSError, ValueError) as trouble:
        raise runs.Failed(runs.sentence(trouble)) from trouble


def prove(file: Path) -> restoring.Restored:
    """Restore it beside the home and bring it up to date there: the upgrade, tried on a copy. Raises `runs.Failed`."""
    scratch = Path(settings.HOME) / WORKING
    try:
        return runs.prove(file, making.fresh(scratch))
    except (restoring.Refused, databases.Trouble, OSError, ValueError) as trouble:
        raise runs.Failed(runs.sentence(trouble)) from trouble
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def note_both(file: Path) -> None:
    """That it was made and proved, in the tables as they are by now."""
    for event in (Event.MADE, Event.PROVED):
        note(event=event, file=file.name, size=file.stat().st_size, problem="", by=None)


def clear_away(home: Path) -> None:
    """What a killed upgrade left: a whole database, of which nobody would think any more."""
    shutil.rmtree(home / WORKING, ignore_errors=True)


def let_old_ones_go() -> None:
    for moment, file in making.made_in(folder()).items():
        if now() - moment > STAYS:
            file.unlink(missing_ok=True)
