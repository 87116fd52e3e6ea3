"""Whether the ledger is as it was sealed: each block, each row in it, and the copies at the second place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from alongside.kernel.clock import now

from . import copying
from .models import Block, SealedRow
from .sealing import TABLES, Leaf, digest_of, hash_of, rows_of, unsealed

SEALED_WITHIN = dt.timedelta(hours=1)
"""A row older than this lies in a block, where the worker runs."""


@dataclass(frozen=True)
class Checked:
    """What a check found: nothing broken means that what was sealed is what is there."""

    blocks: int
    rows: int
    last_hash: str
    broken: tuple[str, ...]
    warnings: tuple[str, ...]


def check() -> Checked:
    """Work everything out again. Reads the whole ledger: seconds for each hundred thousand rows."""
    broken: list[str] = []
    before, blocks, rows = "", 0, 0
    for block in Block.objects.order_by("number").iterator():
        blocks += 1
        leaves = _leaves_of(block)
        rows += len(leaves)
        broken += _broken_block(block, blocks, before, leaves)
        broken += _broken_rows(block, leaves)
        before = block.hash
    copies = copying.compare()
    return Checked(
        blocks=blocks,
        rows=rows,
        last_hash=before,
        broken=(*broken, *copies.broken),
        warnings=(*_uncovered(), *copies.warnings),
    )


def _leaves_of(block: Block) -> list[Leaf]:
    held = SealedRow.objects.filter(block=block).values_list("table", "row_id", "digest")
    return [Leaf(table, row_id, bytes(digest)) for table, row_id, digest in held]


def _broken_block(block: Block, expected: int, before: str, leaves: list[Leaf]) -> Iterator[str]:
    if block.number != expected and not before:
        yield f"The ledger begins with block {block.number}: what came before it is missing."
    if block.previous != before:
        yield f"Block {block.number} does not follow the block before it: a block was changed or taken out."
    if block.hash != hash_of(block.number, block.previous, block.created_at, leaves):
        yield f"Block {block.number} is not as it was sealed."


def _broken_rows(block: Block, leaves: list[Leaf]) -> Iterator[str]:
    for table in TABLES:
        sealed = {leaf.row_id: leaf.digest for leaf in leaves if leaf.table == table}
        there = {facts["id"]: digest_of(table, facts) for facts in rows_of(table, sealed)}
        for row_id, digest in sealed.items():
            if row_id not in there:
                yield f"Block {block.number}: {table} {row_id} was deleted."
            elif there[row_id] != digest:
                yield f"Block {block.number}: {table} {row_id} was changed."
    unknown = sorted({leaf.table for leaf in leaves} - set(TABLES))
    if unknown:
        yield f"Block {block.number} holds rows of a table that is none of the ledger's: {', '.join(unknown)}."


def _uncovered() -> Iterator[str]:
    before = now() - SEALED_WITHIN
    count = sum(unsealed(table).filter(created_at__lt=before).count() for table in TABLES)
    if count:
        yield (
            f"{count} rows of the ledger are older than an hour and in no block yet: is the worker running? "
            "It seals them within minutes, many of them within hours."
        )
