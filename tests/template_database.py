"""A database with all its tables, made once and copied: for each process of a run, and for the next run.

Migrating takes some twenty seconds, copying a moment. The copy is known by the content of every migration and of what
migrations use, so that it can't be an old one: whoever changes a migration gets a new one made.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

CACHE = Path(__file__).resolve().parent.parent / ".cache"
KEPT = 6
"""So many template databases are kept: one for each branch somebody goes to and fro between."""

USED_BY_MIGRATIONS = re.compile(r"^(?:from|import) (alongside\.[\w.]+)", re.M)


def make_test_databases_from_it() -> None:
    """From now on `create_test_db` copies, and migrates only when there is nothing to copy yet."""
    migrating = connection.creation.create_test_db
    copying = _copied_file if connection.vendor == "sqlite" else _copied_database

    def create_test_db(
        verbosity: int = 1, autoclobber: bool = False, serialize: bool = False, keepdb: bool = False
    ) -> str:
        if serialize or keepdb:
            return str(migrating(verbosity, autoclobber, serialize, keepdb))
        name = copying(lambda: migrating(verbosity, autoclobber, False, False), verbosity)
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
        connection.ensure_connection()
        return name

    connection.creation.create_test_db = create_test_db


def kept() -> Path | str | None:
    """The file or the name of the database to copy, when there is one already."""
    if connection.vendor != "sqlite":
        return _named() if _there(_named()) else None
    return _file() if _file().exists() else None


def _file() -> Path:
    return CACHE / f"tables-{key()}.sqlite3"


def _named() -> str:
    return f"alongside_tables_{key()}"


def _copied_file(migrate: Callable[[], Any], verbosity: int) -> str:
    kept = _file()
    name = str(connection.creation._get_test_db_name())
    with one_at_a_time(CACHE):
        if not kept.exists():
            migrate()
            connection.close()
            keep(Path(name), kept)
        else:
            connection.creation._create_test_db(verbosity, True)
            shutil.copyfile(kept, name)
            kept.touch()
    return name


def _copied_database(migrate: Callable[[], Any], verbosity: int) -> str:
    kept, test = _named(), connection.settings_dict["TEST"]
    wanted, usual = connection.creation._get_test_db_name(), test["NAME"]
    with one_at_a_time(CACHE):
        if not _there(kept):
            test["NAME"] = kept
            try:
                migrate()
            finally:
                test["NAME"] = usual
                connection.close()
        test["TEMPLATE"] = kept
        connection.creation._create_test_db(verbosity, True)
    return str(wanted)


def _there(name: str) -> bool:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def keep(made: Path, kept: Path) -> None:
    """Put a file in the cache, whole or not at all, and let the oldest of its kind go."""
    part = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(made, part)
    part.replace(kept)
    kind = kept.name.partition("-")[0]
    for old in sorted(CACHE.glob(f"{kind}-*{kept.suffix}"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """While one process makes a thing there, the others that want it wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def key() -> str:
    """A name for the tables there are: of all migrations, of what they import, and of who has a content type."""
    total = hashlib.sha256(f"{version('django')} {connection.vendor}".encode())
    for name, file in sorted(_files().items()):
        total.update(name.encode() + file.read_bytes())
    for model in apps.get_models(include_auto_created=True):
        total.update(
            f"{model._meta.label} {model._meta.default_permissions} {model._meta.permissions}".encode()
        )
    return total.hexdigest()[:16]


def _files() -> dict[str, Path]:
    """Every migration and what migrations use, each by a name that is the same in every clone."""
    found = {"template_database": Path(__file__)}
    for app in apps.get_app_configs():
        for file in Path(app.path).glob("migrations/*.py"):
            found[f"{app.label}/{file.name}"] = file
            for name in USED_BY_MIGRATIONS.findall(file.read_text()):
                found[name] = Path(str(import_module(name).__file__))
    return found
