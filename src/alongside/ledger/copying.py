"""The second place: each block with its rows as a file of its own, outside the database.

Whoever can write to the database can take its last blocks out with their rows, and what is left looks whole. They cannot
take them out of a folder they have no key to. A copy is written once and never over another.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from alongside.kernel.clock import now

from .models import Block, SealedRow
from .sealing import TABLES, Leaf, digest_of, hash_of, plain, rows_of

IN_A_FOLDER = 1000
"""So many copies lie in one folder."""

COPIED_WITHIN = dt.timedelta(hours=1)
"""A block older than this has its copy, where the second place can be reached."""


@dataclass(frozen=True)
class Compared:
    broken: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def copy_new() -> int:
    """Copy what is not there yet, the oldest first; how many blocks that were. Nothing where no place is named."""
    place = _place()
    if place is None:
        return 0
    last = max(_numbers_of_last_folder(place), default=0)
    copied = 0
    for block in Block.objects.filter(number__gt=last).order_by("number").iterator():
        _write(_file(place, block.number), _as_json(block))
        copied += 1
    return copied


def compare() -> Compared:
    """Whether the copies say what the database says."""
    found, place = Compared(), _place()
    if place is None:
        return found
    if not place.is_dir():
        found.warnings.append(f"The second place of the ledger is not there: {place}.")
        return found
    copies = {int(file.stem): file for file in place.glob("*/*.json") if file.stem.isdigit()}
    missing = []
    late = now() - COPIED_WITHIN
    for number, said, moment in Block.objects.order_by("number").values_list("number", "hash", "created_at"):
        file = copies.pop(number, None)
        if file is None:
            missing += [number] if moment < late else []
        elif _hash_in(file) != said:
            found.broken.append(
                f"Block {number} is another one than its copy in {file}: "
                "the ledger was rewritten, or a backup was restored."
            )
    if copies:
        found.broken.append(
            f"Blocks {min(copies)} to {max(copies)} are at the second place and no longer in the database: "
            "they were taken out, or a backup was restored."
        )
    if missing:
        found.warnings.append(
            f"{len(missing)} blocks are not at the second place yet, the first is {missing[0]}."
        )
    return found


def _place() -> Path | None:
    return Path(settings.LEDGER_COPY) if settings.LEDGER_COPY else None


def _file(place: Path, number: int) -> Path:
    return place / f"{number // IN_A_FOLDER:06}" / f"{number:09}.json"


def _numbers_of_last_folder(place: Path) -> Iterator[int]:
    """The worker goes on after the last copy. What was taken from between is for the check to tell."""
    folders = sorted(folder for folder in place.glob("*") if folder.is_dir() and folder.name.isdigit())
    for folder in reversed(folders):
        numbers = [int(file.stem) for file in folder.glob("*.json") if file.stem.isdigit()]
        if numbers:
            return iter(numbers)
    return iter(())


def _as_json(block: Block) -> dict[str, Any]:
    rows = []
    for table in TABLES:
        held = SealedRow.objects.filter(block=block, table=table).values_list("row_id", flat=True)
        rows += [{"table": table, "row": plain(facts)} for facts in rows_of(table, held)]
    return {
        "number": block.number,
        "previous": block.previous,
        "sealed_at": block.created_at.isoformat(timespec="microseconds"),
        "hash": block.hash,
        "rows": sorted(rows, key=lambda row: (row["table"], row["row"]["id"])),
    }


def _write(file: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, and never over one that is there."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_suffix(f".{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(content, out, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _hash_in(file: Path) -> str:
    """The hash of what stands in a copy, whatever it says of itself; nothing when it can't be read."""
    try:
        copy = json.loads(file.read_text())
        leaves = [
            Leaf(one["table"], UUID(one["row"]["id"]), digest_of(one["table"], one["row"]))
            for one in copy["rows"]
        ]
        return hash_of(copy["number"], copy["previous"], dt.datetime.fromisoformat(copy["sealed_at"]), leaves)
    except (OSError, ValueError, KeyError, TypeError):
        return ""
