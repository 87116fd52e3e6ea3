"""A snapshot of the database while it is in use, and the way back into an empty one.

SQLite by its own online backup; PostgreSQL by pg_dump and pg_restore, which have to be on the machine.
"""

from __future__ import annotations

import glob
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connections

Settings = Mapping[str, Any]
"""An entry of Django's DATABASES."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
FILES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.pgdump"}
MIGRATING = 0x616C6F6E67  # "along", by which all machines know the lock of one database
OF_DJANGO = ("server_side_binding", "prepare_threshold")
"""Options that say how Django speaks to PostgreSQL; the others say how to get there, and are PostgreSQL's own."""


class Trouble(Exception):
    """The database could not be copied or filled; its sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What stood in a snapshot."""

    migrations: tuple[str, ...]
    counts: dict[str, int]


def ours() -> Settings:
    """This installation's database, reached past a pooler where one stands in between.

    pg_dump changes the connection it is lent, and a pooler would lend it so to a page next.
    """
    return settings.DIRECT_DATABASE or connections.settings["default"]


def kind_of(database: Settings) -> str:
    return SQLITE if str(database["ENGINE"]).endswith("sqlite3") else POSTGRESQL


def snapshot(database: Settings, folder: Path) -> Contents:
    """Copy the database as it stands at one moment into `folder`. People go on working meanwhile."""
    kind = kind_of(database)
    target = folder / FILES[kind]
    return _copy_sqlite(database, target) if kind == SQLITE else _dump_postgresql(database, target)


def _copy_sqlite(database: Settings, target: Path) -> Contents:
    source = f"{Path(database['NAME']).absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=60)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        # all in one step: with WAL nobody waits for it, and a snapshot in steps would begin anew at each write
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
    return contents_of_sqlite(target)


def contents_of_sqlite(file: Path) -> Contents:
    """Looks at a copy. `Trouble` when SQLite finds it damaged."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Trouble("The copy of the database is damaged.")
            names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            tables = [name for name in names if not name.startswith("sqlite_")]
            counts = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
            applied = copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    except sqlite3.DatabaseError as error:
        raise Trouble("The copy of the database is damaged.") from error
    return Contents(migrations=tuple(f"{app}.{name}" for app, name in applied), counts=counts)


def _dump_postgresql(database: Settings, target: Path) -> Contents:
    import psycopg
    from psycopg import sql

    with psycopg.connect(**_reach(database)) as connection:
        connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row
        counts = {}
        for (name,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        ).fetchall():
            counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            counts[name] = counted.fetchone()[0]  # type: ignore[index]
        applied = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        _run(
            database,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={row[0]}",
            f"--file={target}",
        )
    return Contents(migrations=tuple(f"{app}.{name}" for app, name in applied), counts=counts)


def is_empty(database: Settings) -> bool:
    """Whether nothing of Alongside is in it yet."""
    if kind_of(database) == SQLITE:
        return not Path(database["NAME"]).exists()
    import psycopg

    with psycopg.connect(**_reach(database)) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchone()
    return found == (0,)


def fill_postgresql(database: Settings, dump: Path) -> None:
    """Bring a dump into an empty database: all of it, or nothing."""
    _run(
        database,
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        str(dump),
    )


@contextmanager
def alone_on_the_server(database: Settings) -> Iterator[None]:
    """One at a time brings the tables of one database up to date, from whichever machine: the others wait.

    SQLite has one home on one machine, whose own lock is enough. The lock goes with the connection, however it ends.
    """
    if kind_of(database) == SQLITE:
        yield
        return
    import psycopg

    with psycopg.connect(**_reach(database), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        yield


@contextmanager
def scratch_postgresql(database: Settings) -> Iterator[Settings]:
    """An empty database on the same server, dropped afterwards: its settings."""
    import psycopg
    from psycopg import sql

    name = f"alongside_drill_{secrets.token_hex(6)}"
    try:
        with psycopg.connect(**_reach(database), autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Trouble(
            "The drill needs a database of its own to restore into. Let the database user make one: "
            "ALTER ROLE ... CREATEDB"
        ) from error
    there = {**database, "NAME": name}
    try:
        yield there
    finally:
        with psycopg.connect(**_reach(database), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(database: Settings) -> str:
    """A PostgreSQL database as a DATABASE_URL."""
    user, password, host = (
        quote(str(database.get(key) or ""), safe="") for key in ("USER", "PASSWORD", "HOST")
    )
    who = f"{user}:{password}" if password else user
    where = f"{host}:{database['PORT']}" if database.get("PORT") else host
    asked = urlencode(_options(database))
    return f"postgres://{who}@{where}/{quote(str(database['NAME']), safe='')}{'?' if asked else ''}{asked}"


def _reach(database: Settings) -> dict[str, Any]:
    given = {
        "dbname": database["NAME"],
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        "user": database.get("USER"),
        "password": database.get("PASSWORD"),
    }
    return {**_options(database), **{name: value for name, value in given.items() if value}}


def _options(database: Settings) -> dict[str, Any]:
    """Such as whose certificate the server must show: a copy goes no less safely than a page."""
    options = database.get("OPTIONS") or {}
    return {name: value for name, value in options.items() if name not in OF_DJANGO}


def _run(database: Settings, program: str, *arguments: str) -> None:
    """The password goes by the environment: arguments can be read by everybody on the machine."""
    from psycopg.conninfo import make_conninfo

    reach = _reach(database)
    password = {"PGPASSWORD": str(reach.pop("password"))} if "password" in reach else {}
    command = [_program(program), f"--dbname={make_conninfo(**reach)}", *arguments]
    done = subprocess.run(  # noqa: S603
        command, env={**os.environ, **password}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = re.sub(r"\s+", " ", done.stderr).strip()
        raise Trouble(f"{program} could not do it: {said[:500]}")


def _program(name: str) -> str:
    """The newest on the machine: an older pg_dump refuses a newer server."""
    installed = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=_version)
    found = installed[-1] if installed else shutil.which(name)
    if not found:
        raise Trouble(
            f"The program {name} is not on this machine. It comes with PostgreSQL's client; on Debian and Ubuntu: "
            "apt-get install postgresql-client"
        )
    return found


def _version(path: str) -> int:
    number = Path(path).parent.parent.name
    return int(number) if number.isdigit() else 0
