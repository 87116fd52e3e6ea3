"""Sealing the ledger in blocks, each with the hash of the one before: what was sealed can't be exchanged unseen.

The worker seals rows that are committed, in transactions of its own. Inside the act's transaction all who write would
wait for each other, since each block needs the one before. What is still unsealed is found by the ids that no block
holds, never by a moment from which on all is new: a row committed late has a smaller id, and an earlier time, than rows
sealed long ago.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef

from alongside.kernel.clock import now

from .models import Block, Entry, Opening, SealedRow

TABLES: dict[str, type[models.Model]] = {"entry": Entry, "opening": Opening}
MOST_ROWS = 500
"""So many rows a block holds at most."""
MOST_BLOCKS = 20
"""So many blocks are made in one go, so that mail does not wait long for the worker."""
LOOKED_BACK = dt.timedelta(days=1)
"""So far behind the latest block the frequent look begins; the daily one looks at everything."""

COLUMNS = {
    "entry": {
        "id": "id",
        "created_at": "created_at",
        "user": "user_id",
        "person": "person_id",
        "organisation": "organisation_id",
        "journey": "journey_id",
        "event": "event",
        "subject_kind": "subject_kind",
        "subject": "subject_id",
        "detail": "detail",
    },
    "opening": {
        "id": "id",
        "created_at": "created_at",
        "user": "user_id",
        "person": "person_id",
        "journey": "journey_id",
        "subject_kind": "subject_kind",
        "subject": "subject_id",
        "login_session": "login_session",
    },
}
"""What a digest is made of: a name that never changes, and the column it is read from today."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A row as a block knows it."""

    table: str
    row_id: UUID
    digest: bytes


Facts = dict[str, Any]


def seal(*, everything: bool = False) -> int:
    """Seal what is committed and in no block yet; how many rows that were. Safe to run twice, and at once."""
    latest = Block.objects.order_by("-number").first()
    since = (
        None if everything or latest is None else _first_id_at(min(latest.created_at, now()) - LOOKED_BACK)
    )
    sealed = 0
    for _ in range(MOST_BLOCKS):
        leaves = _unsealed_leaves(since)
        if not leaves:
            break
        block = _next_block(latest, leaves)
        try:
            _append(block, leaves)
        except IntegrityError:
            break  # another worker was here first; what it left is sealed in a minute
        latest, sealed = block, sealed + len(leaves)
    return sealed


def unsealed(table: str, since: UUID | None = None) -> models.QuerySet:
    """The rows of one table that no block holds."""
    model = TABLES[table]
    held = SealedRow.objects.filter(table=table, row_id=OuterRef("id"))
    rows = model._default_manager.filter(~Exists(held))
    return rows if since is None else rows.filter(id__gte=since)


def rows_of(table: str, ids: Iterable[UUID]) -> Iterator[Facts]:
    """Rows as facts, in the names that never change."""
    yield from _facts(table, TABLES[table]._default_manager.filter(id__in=list(ids)))


def digest_of(table: str, facts: Facts) -> bytes:
    """What stands in a row, as 32 bytes. What is empty is left out: a column added later leaves older rows as they were."""
    return hashlib.sha256(_json([table, plain(facts)])).digest()


def plain(facts: Facts) -> Facts:
    """A row as its digest is made of it, and as it is written into a copy."""
    return {name: _plain(value) for name, value in facts.items() if value is not None}


def hash_of(number: int, previous: str, sealed_at: dt.datetime, leaves: Iterable[Leaf]) -> str:
    inside = sorted([leaf.table, leaf.row_id.hex, leaf.digest.hex()] for leaf in leaves)
    return hashlib.sha256(_json([number, previous, _plain(sealed_at), inside])).hexdigest()


def _unsealed_leaves(since: UUID | None) -> list[Leaf]:
    leaves: list[Leaf] = []
    for table in TABLES:
        found = unsealed(table, since).order_by("id")[: MOST_ROWS - len(leaves)]
        leaves += [Leaf(table, facts["id"], digest_of(table, facts)) for facts in _facts(table, found)]
    return leaves


def _next_block(latest: Block | None, leaves: list[Leaf]) -> Block:
    number, previous = (latest.number + 1, latest.hash) if latest else (1, "")
    moment = now()
    return Block(
        number=number,
        previous=previous,
        created_at=moment,
        hash=hash_of(number, previous, moment, leaves),
    )


def _append(block: Block, leaves: list[Leaf]) -> None:
    """The block with all its rows, or nothing of it. Digests are made by now: writers wait for the writing alone."""
    rows = [
        SealedRow(block=block, table=leaf.table, row_id=leaf.row_id, digest=leaf.digest) for leaf in leaves
    ]
    with transaction.atomic():
        block.save(force_insert=True)
        SealedRow.objects.bulk_create(rows)


def _facts(table: str, rows: models.QuerySet) -> Iterator[Facts]:
    columns = COLUMNS[table]
    for row in rows.values_list(*columns.values()):
        yield dict(zip(columns, row, strict=True))


def _first_id_at(moment: dt.datetime) -> UUID:
    """No id made from then on is smaller: an id of ours begins with its milliseconds (RFC 9562, version 7)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
