"""One encrypted file: a manifest and the parts it names, in a compressed tar, sealed by age.

No keys are inside. Whoever holds the file needs the backup key to open it, and the keyring to read the words in it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 16 * 1024 * 1024
CHUNK = 1024 * 1024


class Broken(Exception):
    """The file is not a whole backup of ours: its sentence says what is wrong."""


class WrongKey(Exception):
    """The file was sealed for another key."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file in the archive: its size in bytes and its SHA-256, in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    """Of Alongside, when it was made."""
    made_at: str
    """ISO 8601, in UTC."""
    database: str
    """`sqlite` or `postgresql`."""
    migrations: tuple[str, ...]
    """Each as `app.name`, in the order in which they were applied."""
    counts: Mapping[str, int]
    """The rows of every table in the very snapshot that was taken."""
    canaries: Mapping[str, str]
    """For each key of the keyring by its id: a known word sealed with it (see `keys.canary`)."""
    parts: Mapping[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def pack(
    folder: Path, manifest: dict[str, Any], target: BinaryIO, recipient: pyrage.x25519.Recipient
) -> Manifest:
    """Write every file below `folder` to `target`, sealed for `recipient`; `manifest` is all but the parts.

    The plain tar lies beside the folder meanwhile and is gone afterwards.
    """
    names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    whole = Manifest(**manifest, parts={name: _part(folder / name) for name in names})
    plain = folder.with_name(folder.name + ".tar.gz")
    try:
        with tarfile.open(plain, "w:gz", compresslevel=5) as tar:
            described = folder.with_name(folder.name + ".json")
            described.write_text(whole.as_json())
            tar.add(described, MANIFEST)
            described.unlink()
            for name in names:
                tar.add(folder / name, name, recursive=False)
        with plain.open("rb") as source:
            pyrage.encrypt_io(source, target, [recipient])
    finally:
        plain.unlink(missing_ok=True)
    return whole


def unpack(file: Path, folder: Path, identity: pyrage.x25519.Identity) -> Manifest:
    """Open a backup into an empty folder and hold every part against the manifest.

    `WrongKey` when it was sealed for another; `Broken` when it is not whole, or holds anything the manifest does not name.
    """
    plain = folder.with_name(folder.name + ".tar.gz")
    try:
        _decrypt(file, plain, identity)
        with tarfile.open(plain, "r:gz") as tar:
            manifest = _manifest_in(tar)
            _extract(tar, manifest, folder)
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's fault, not the file's
        raise Broken("The backup is damaged: it cannot be read to its end.") from error
    finally:
        plain.unlink(missing_ok=True)
    missing = set(manifest.parts) - {each.relative_to(folder).as_posix() for each in folder.rglob("*")}
    if missing:
        raise Broken(f"The backup is damaged: {_list(missing)} is missing.")
    return manifest


def _decrypt(file: Path, plain: Path, identity: pyrage.x25519.Identity) -> None:
    try:
        with file.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, [identity])
    except pyrage.DecryptError as error:
        if "matching keys" in str(error):
            raise WrongKey("This backup was made for another backup key.") from error
        raise Broken("This is not a whole backup: the file is damaged, or cut short.") from error


def _manifest_in(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    content = tar.extractfile(first) if first and first.isfile() and first.name == MANIFEST else None
    if first is None or content is None or first.size > LARGEST_MANIFEST:
        raise Broken("This is not a backup of Alongside: it has no manifest.")
    try:
        facts = json.loads(content.read())
        if facts["format"] > FORMAT:
            raise Broken("This backup was made by a newer Alongside. Install that version first.")
        parts = {name: Part(**part) for name, part in facts.pop("parts").items()}
        return Manifest(**{**facts, "migrations": tuple(facts["migrations"]), "parts": parts})
    except (ValueError, KeyError, TypeError) as error:
        raise Broken("This is not a backup of Alongside: its manifest cannot be read.") from error


def _extract(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    for member in tar:
        if member.name == MANIFEST:
            continue
        part = manifest.parts.get(member.name)
        if part is None or not member.isfile() or member.size != part.size:
            raise Broken(f"The backup is damaged: {member.name} is not what its manifest says.")
        tar.extract(member, folder, filter="data")
        if _part(folder / member.name) != part:
            raise Broken(f"The backup is damaged: {member.name} is not what its manifest says.")


def _part(file: Path) -> Part:
    with file.open("rb") as content:
        return Part(size=file.stat().st_size, sha256=hashlib.file_digest(content, "sha256").hexdigest())


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def room_for(file: Path, folder: Path) -> bool:
    """Whether the disk of `folder` has space for three times the file, which a restore may need."""
    return shutil.disk_usage(folder).free > 3 * file.stat().st_size
