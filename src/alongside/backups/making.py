"""Making one backup file, and clearing away those that the plan no longer keeps."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage

from . import archive, databases, keys, schedule

NAME = re.compile(r"alongside-(\d{8})-(\d{6})Z\.age")
WORKING = ".working"


class Busy(Exception):
    """Another backup or restore is at work in this folder."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a backup is made of."""

    database: databases.Settings
    files: Path
    """A folder, which may be missing."""
    keyring: keys.Keyring
    identity: pyrage.x25519.Identity
    version: str


@dataclass(frozen=True, kw_only=True)
class Made:
    file: Path
    manifest: archive.Manifest


def make(folder: Path, source: Source, *, now: dt.datetime, by_plan: bool = True) -> Made:
    """Write one encrypted backup into `folder`, whole or not at all, and remove those the plan does not keep, if it has one.

    Raises `Busy`, `databases.Trouble`, or OSError when the disk is full; then nothing of it stays.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone_in(folder):
        working = fresh(folder / WORKING)
        try:
            parts = fresh(working / "parts")
            contents = databases.snapshot(source.database, parts)
            if source.files.is_dir():
                shutil.copytree(source.files, parts / "files")
            said = {
                "version": source.version,
                "made_at": now.isoformat(timespec="seconds"),
                "database": databases.kind_of(source.database),
                "migrations": contents.migrations,
                "counts": contents.counts,
                "canaries": keys.canaries(source.keyring),
            }
            sealed = working / "sealed"
            with open(os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                manifest = archive.pack(parts, said, target, source.identity.to_public())
                target.flush()
                os.fsync(target.fileno())
            file = folder / f"alongside-{now:%Y%m%d-%H%M%S}Z.age"
            sealed.replace(file)
            _sync(folder)
        finally:
            shutil.rmtree(working, ignore_errors=True)
        if by_plan:
            _clear(folder)
    return Made(file=file, manifest=manifest)


def made_in(folder: Path) -> dict[dt.datetime, Path]:
    """The backups in a folder by the moment they were made, the newest first."""
    found = {}
    for file in folder.glob("alongside-*.age"):
        if named := NAME.fullmatch(file.name):
            moment = dt.datetime.strptime("".join(named.groups()), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
            found[moment] = file
    return dict(sorted(found.items(), reverse=True))


def _clear(folder: Path) -> None:
    found = made_in(folder)
    stays = schedule.kept(found)
    for moment, file in found.items():
        if moment not in stays:
            file.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One at a time; the lock goes with the process, however it ends."""
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("Another backup or restore is at work here. Please wait until it is done.") from error
        yield


def fresh(folder: Path) -> Path:
    """An empty folder that nobody else can enter; what a killed process left in it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def _sync(folder: Path) -> None:
    """Let the new name itself reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
