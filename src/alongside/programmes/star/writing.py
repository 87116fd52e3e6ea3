"""The star is written by a process of its own, which never opens the live file of SQLite.

SQLite is read from a snapshot made by its own online backup; PostgreSQL in one read-only transaction that sees one
moment. Journeys are named by a key that lives as long as the process and is then forgotten: two stars cannot be laid
over each other.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from alongside.backups.databases import SQLITE, kind_of, snapshot

from . import files
from .facts import JourneyFacts
from .gathering import BATCH, all_journeys
from .making import tables_of


class Failed(Exception):
    """The star could not be written; the old one is still there."""


def write_star(folder: Path, *, last: int) -> None:
    """Write a whole star into `folder`, in a child process, up to the month `last`."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="star-") as working:
        made = Path(working) / "made"
        made.mkdir()
        database = connection.settings_dict
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        if kind_of(database) == SQLITE:
            snapshot(database, Path(working))
            [copy] = [file for file in Path(working).iterdir() if file.is_file()]
            environment["ALONGSIDE_STAR_SNAPSHOT"] = str(copy)
        else:
            environment["ALONGSIDE_STAR_DATABASE"] = str(database["NAME"])
        command = [sys.executable, "-m", "alongside.programmes.star.child", str(made), str(last)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            # what it said may name a file of this machine, never a word of anybody
            raise Failed(f"The star was not written: {done.stderr.strip().splitlines()[-1:]}")
        files.put_in_place(made, folder)


def write_from_here(folder: Path, *, last: int) -> None:
    """The child's work: read the database this process is connected to, in one moment, and write the files."""
    key = secrets.token_bytes(32)
    writer = files.Writer(folder)
    with _one_moment():
        for batch in _batches(all_journeys()):
            for facts in batch:
                facts.key = _keyed(key, facts.key)
            writer.add(tables_of(batch, last=last))
    writer.finish()


def _keyed(key: bytes, name: str) -> str:
    return hashlib.blake2b(name.encode(), key=key, digest_size=16).hexdigest()


def _batches(journeys: Iterator[JourneyFacts]) -> Iterator[list[JourneyFacts]]:
    while batch := list(islice(journeys, BATCH)):
        yield batch


@contextmanager
def _one_moment() -> Iterator[None]:
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def star_folder() -> Path:
    return Path(settings.HOME) / "star"
