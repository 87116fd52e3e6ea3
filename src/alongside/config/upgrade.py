"""`alongside upgrade`: back up, prove the backup, migrate, check, and say what was done and the way back.

The data is of an earlier version until the migration, and every step before it leaves it as it was. Killed at any moment,
the same command goes on: with a new backup where nothing was changed yet, else from the one it began with.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.config import first_start, home, surroundings
from alongside.config.surroundings import Wrong

if TYPE_CHECKING:
    from django.db.migrations import Migration

STEPS = 4


@dataclass(frozen=True, kw_only=True)
class Begun:
    """An upgrade whose backup is proved: enough to go on after it was killed, and to find the way back."""

    file: str
    before: str
    """The version it came from; empty where that is not known."""
    applied: list[str]
    """The migrations as they were when the backup was made."""
    goal: list[str]
    """And as they are to be: another version begins anew."""
    done: bool = False


def upgrade() -> int:
    """Answers 0 when the data is of this version and was found to be whole."""
    if home.read_keyring() is None or home.read_secret_key() is None:
        raise Wrong(
            f"Nothing was changed. The keys are missing: put them back into {home.keyring_file().parent} first."
        )
    with home.claimed("setup", wait=True), home.claimed("serving") as nobody_serves:
        home.make_missing_keys()
        first_start.start_django()
        return _upgrade(nobody_serves)


def _upgrade(nobody_serves: bool) -> int:
    from alongside.backups import databases, looking, own_keys, upgrades

    if databases.is_empty(databases.ours()):
        raise Wrong(f"There is no data in {home.home()} yet. Begin with: alongside setup")
    first_start.refuse_what_is_newer()
    own_keys.check()
    upgrades.clear_away(home.home())
    applied, begun = looking.applied_migrations(), _begun()
    goal = sorted({*applied, *_names(_pending())})
    is_half_way = begun is not None and not begun.done and begun.goal == goal and applied != begun.applied
    if not _pending() and not is_half_way:
        return _nothing_to_change()
    _refuse_beside_a_server(nobody_serves)
    if is_half_way and begun and Path(begun.file).exists():
        _say(f"Going on with the upgrade that was begun with the backup {begun.file}")
    else:
        begun = _prepare(applied, goal)
    return _carry_out(begun)


def _prepare(applied: list[str], goal: list[str]) -> Begun:
    """Steps one and two: nothing of the data is changed by them."""
    from alongside.backups import runs, upgrades

    before = home.last_version()
    try:
        _step(1, "Backing up what is there")
        file = upgrades.back_up(before or "unknown").file
        _step(2, "Restoring the backup as a test, and upgrading that copy")
        upgrades.prove(file)
    except runs.Failed as failed:
        raise Wrong(f"Nothing was changed. {failed}") from failed
    begun = Begun(file=str(file), before=before, applied=applied, goal=goal)
    _write(begun)
    return begun


def _carry_out(begun: Begun) -> int:
    """Steps three and four. Whatever they find, the way back is said."""
    from alongside.backups import upgrades

    _step(3, "Upgrading the data")
    changes = len(_pending())
    try:
        first_start.bring_up_to_date()
        _step(4, "Checking it")
        opened = _check()
    except Exception as error:
        sentence = surroundings.sentence_for(error) or str(error)
        sys.stderr.write(f"The upgrade did not end well. {sentence}\n{_way_back(begun)}")
        return 1
    upgrades.note_both(Path(begun.file))
    upgrades.let_old_ones_go()
    _write(replace(begun, done=True))
    came_from = f" from {begun.before}" if begun.before else ""
    _say(
        f"Done: this data was brought{came_from} to Alongside {metadata.version('alongside')}, with {changes} changes to "
        f"its tables. Words of {opened} kinds were opened, and the ledger is whole.\n"
        "Start Alongside again, and sign in once to see that all is there."
    )
    _say(_way_back(begun).rstrip())
    return 0


def _nothing_to_change() -> int:
    first_start.set_up_alone()
    opened = _check()
    _say(
        f"The data is of Alongside {metadata.version('alongside')} already: nothing had to be changed. "
        f"Words of {opened} kinds were opened, and the ledger is whole."
    )
    return 0


def _check() -> int:
    """Nothing is left to migrate, the settings have no mistake, the ledger is whole, and words open: of how many kinds."""
    from django.core.management import call_command

    from alongside.backups import looking

    if _pending():
        raise Wrong("Some changes to the tables were not made.")
    call_command("check", stdout=io.StringIO())
    call_command("checkledger", stdout=io.StringIO())
    try:
        return looking.open_a_word_of_each()
    except looking.WordsDoNotOpen as error:
        raise Wrong(str(error)) from error


def _way_back(begun: Begun) -> str:
    from alongside.backups import databases, upgrades

    version = f"version {begun.before}" if begun.before else "the version you had before"
    if databases.kind_of(databases.ours()) == databases.SQLITE:
        empty = f"move alongside.sqlite3 out of {home.home()}"
    else:
        empty = "let DATABASE_URL name a new, empty database"
    return (
        f"The way back, for {upgrades.STAYS.days} days: stop Alongside, install {version}, {empty}, and run\n"
        f"    alongside restore {begun.file}\n"
        "What is written after this upgrade is not in it.\n"
    )


# --- may it happen now? --------------------------------------------------------------------------------------


def _refuse_beside_a_server(nobody_serves: bool) -> None:
    """An older server goes on beside changes that only add; before others it has to be stopped, on every machine."""
    if nobody_serves and not _is_beating():
        return
    if only_adds(_pending()):
        _say("Alongside is running. It can go on: this upgrade only adds to the tables.")
        return
    raise Wrong(
        "Nothing was changed. Alongside is running, and an older version must not go on beside these changes. "
        "Stop it first, on every machine: systemctl stop alongside"
    )


def _is_beating() -> bool:
    from django.db import DatabaseError

    from alongside.config import heartbeat

    try:
        return heartbeat.is_beating()
    except DatabaseError:
        return False  # a version from before there was such a sign


def only_adds(migrations: Sequence[Migration]) -> bool:
    """Whether code that knows nothing of these changes reads and writes as before while and after they are made."""
    return all(_adds(operation) for migration in migrations for operation in migration.operations)


def _adds(operation) -> bool:
    from django.db.migrations import operations
    from django.db.models import NOT_PROVIDED, ManyToManyField

    if isinstance(operation, operations.AddField):
        field = operation.field
        return isinstance(field, ManyToManyField) or field.null or field.db_default is not NOT_PROVIDED
    harmless = (
        operations.CreateModel,
        operations.AddIndex,
        operations.RemoveIndex,
        operations.RenameIndex,
        operations.AlterModelOptions,
        operations.AlterModelManagers,
    )
    return isinstance(operation, harmless)


def _pending() -> list[Migration]:
    """The migrations that are still to be made, in their order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _backwards in plan]


def _names(migrations: Sequence[Migration]) -> list[str]:
    return [f"{migration.app_label}.{migration.name}" for migration in migrations]


# --- what is kept of it --------------------------------------------------------------------------------------


def _file() -> Path:
    return home.home() / "stamps" / "upgrade.json"


def _begun() -> Begun | None:
    try:
        return Begun(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _write(begun: Begun) -> None:
    """Whole or not at all, and on the disk before anything is changed."""
    home.make_private(_file().parent)
    beside = _file().with_suffix(".new")
    with open(beside, "w") as out:
        out.write(json.dumps(asdict(begun)))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(_file())


def _step(number: int, what: str) -> None:
    _say(f"{number} of {STEPS}  {what}")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
