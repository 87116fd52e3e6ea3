"""The way back: a backup into an empty home, tried in full before anything of it can be seen.

A restore happens in a folder beside its target and is moved into place as its last step. Killed at any moment it has
either happened or not; begun again, it starts from the beginning. A drill does the same in a folder that is thrown away.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyrage

from . import archive, databases, keys
from .making import alone_in, fresh

WORKING = ".restoring"


class Refused(Exception):
    """The backup was not restored, and nothing was changed. Its sentence says why and what helps."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What has to be put back by hand before a restore, since a backup holds no keys."""

    identity: pyrage.x25519.Identity
    keyring: keys.Keyring
    secret_key: str


@dataclass(frozen=True, kw_only=True)
class Restored:
    manifest: archive.Manifest
    opened: int
    """The kinds of sealed words of which some were opened."""


def restore(file: Path, *, home: Path, database: databases.Settings, with_keys: Keys) -> Restored:
    """Bring a backup into a home without a database, or into an empty PostgreSQL database."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone_in(home):
        if not databases.is_empty(database):
            raise Refused("There is data here already. A backup is restored into an empty home only.")
        working = fresh(home / WORKING)
        try:
            restored = prove(file, working, database=database, with_keys=with_keys)
            _move_in(working, home, database)
        finally:
            shutil.rmtree(working, ignore_errors=True)
    return restored


def prove(file: Path, folder: Path, *, database: databases.Settings, with_keys: Keys) -> Restored:
    """Restore into an empty folder, migrate, count, and open a word of each kind. Raises `Refused`.

    SQLite lies in the folder afterwards; a PostgreSQL backup has filled `database`, which has to be empty.
    """
    if not archive.room_for(file, folder):
        raise Refused("There is not enough space on the disk to restore this backup.")
    parts = fresh(folder / "parts")
    try:
        manifest = archive.unpack(file, parts, with_keys.identity)
    except (archive.Broken, archive.WrongKey) as error:
        raise Refused(str(error)) from error
    _demand_keys(manifest, with_keys)
    if manifest.database != databases.kind_of(database):
        raise Refused(
            f"This backup is of {manifest.database}, and DATABASE_URL names another kind of database here."
        )
    environment = _place(manifest, parts, folder, database)
    return Restored(manifest=manifest, opened=_check(manifest, folder, environment, with_keys))


def _demand_keys(manifest: archive.Manifest, with_keys: Keys) -> None:
    missing = keys.missing_from(with_keys.keyring, manifest.canaries)
    if missing:
        raise Refused(
            f"The keyring here is not the right one: key {', '.join(missing)} is missing or another. "
            "Put back the keyring that was in use when the backup was made."
        )


def _place(
    manifest: archive.Manifest, parts: Path, folder: Path, database: databases.Settings
) -> dict[str, str]:
    """Lay the database where a home in `folder` has it; the surroundings in which a process finds it."""
    source = parts / databases.FILES[manifest.database]
    if not source.exists():
        raise Refused("The backup is damaged: it has no database.")
    try:
        if manifest.database == databases.SQLITE:
            target = folder / "alongside.sqlite3"
            source.replace(target)
            if databases.contents_of_sqlite(target).counts != manifest.counts:
                raise Refused("The backup is damaged: its tables do not have the rows its manifest says.")
            return {}
        databases.fill_postgresql(database, source)
    except databases.Trouble as trouble:
        raise Refused(str(trouble)) from trouble
    return {"DATABASE_URL": databases.address_of(database)}


def _check(manifest: archive.Manifest, folder: Path, environment: Mapping[str, str], with_keys: Keys) -> int:
    """In a process of its own, whose home is the folder: a drill runs inside a worker with another database open."""
    described = folder / "restored.json"
    described.write_text(manifest.as_json())
    ours = ("DATABASE_URL", "ALONGSIDE_DATABASE_DIRECT")
    surroundings = {name: value for name, value in os.environ.items() if name not in ours} | {
        "ALONGSIDE_HOME": str(folder),
        "ALONGSIDE_KEYRING": json.dumps(with_keys.keyring),
        "ALONGSIDE_SECRET_KEY": with_keys.secret_key,
        **environment,
    }
    command = [sys.executable, "-m", "alongside.config.command", "manage", "check_restored", str(described)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
    with suppress(ValueError, IndexError):
        said = json.loads(done.stdout.strip().splitlines()[-1])
        if "refused" in said:
            raise Refused(said["refused"])
        return int(said["opened"])
    raise Refused(f"The restored database could not be brought up to date: {done.stderr.strip()[-500:]}")


def _move_in(working: Path, home: Path, database: databases.Settings) -> None:
    """Files first, the database last: only with it has the restore happened."""
    if (working / "parts" / "files").is_dir():
        shutil.rmtree(home / "files", ignore_errors=True)
        (working / "parts" / "files").replace(home / "files")
    if databases.kind_of(database) == databases.SQLITE:
        for left in ("-wal", "-shm"):
            # of a process killed between its last write and its end
            Path(f"{database['NAME']}{left}").unlink(missing_ok=True)
        (working / "alongside.sqlite3").replace(database["NAME"])
