"""Rows by the hundred thousand: taken as plain values, checked against the real models, poured in big pieces.

`bulk_create` makes a model instance for every row and a statement for every thousand values; twenty thousand journeys
would take minutes. Here each model is read once (its columns, its defaults, how its values are written), so a column
added later is filled with its default, and one that was renamed or removed stops the seed with its name.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.kernel.encryption import SealedTextField, seal
from alongside.kernel.ids import new_id

PIECE = 50_000
Convert = Callable[[Any], Any]


class Shape:
    """How the rows of one model are made."""

    def __init__(self, model: type[models.Model], vendor: str) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self.model = model
        self.columns = ["id", *(field.column for field in fields)]
        self.pick = itemgetter("id", *(field.attname for field in fields))
        made = {
            field.attname: field.default
            for field in fields
            if field.has_default() and callable(field.default)
        }
        self.made = tuple(made.items())
        self.defaults = {
            field.attname: None if field.attname in made else field.get_default() for field in fields
        }
        places = list(enumerate([model._meta.pk, *fields]))
        self.sealed = [(index, field.column) for index, field in places if isinstance(field, SealedTextField)]
        writers = [(index, _writer(field, vendor)) for index, field in places]
        self.writers = [(index, write) for index, write in writers if write is not None]

    def row(self, key: UUID, values: dict[str, Any]) -> list[Any]:
        full = self.defaults | values
        if len(full) > len(self.defaults):
            unknown = full.keys() - self.defaults.keys()
            raise TypeError(f"{self.model.__name__} has no {', '.join(sorted(unknown))}")
        for name, make in self.made:
            if name not in values:
                full[name] = make()
        full["id"] = key
        row = list(self.pick(full))
        for index, column in self.sealed:
            row[index] = bytes(seal(self.model, column, key, row[index])) if row[index] else b""
        for index, write in self.writers:
            if row[index] is not None:
                row[index] = write(row[index])
        return row


class Load:
    """Collects rows and pours them into the tables, all in one transaction of the caller's."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.shapes: dict[type[models.Model], Shape] = {}
        self.waiting: dict[type[models.Model], list[list[Any]]] = {}
        self.held = 0
        self.rows = 0

    def add(self, model: type[models.Model], **values: Any) -> UUID:
        """Take one row; foreign keys by their column's name (`journey_id=`). Answers with its key."""
        shape = self.shapes.get(model)
        if shape is None:
            shape = self.shapes[model] = Shape(model, self.connection.vendor)
            self.waiting[model] = []
        key: UUID = values.pop("id", None) or new_id()
        self.waiting[model].append(shape.row(key, values))
        self.held += 1
        if self.held >= PIECE:
            self.pour()
        return key

    def pour(self) -> None:
        for model, rows in self.waiting.items():
            if rows:
                self._write(self.shapes[model], rows)
                self.rows += len(rows)
                rows.clear()
        self.held = 0

    def _write(self, shape: Shape, rows: list[list[Any]]) -> None:
        quote = self.connection.ops.quote_name
        table = quote(shape.model._meta.db_table)
        columns = ", ".join(quote(column) for column in shape.columns)
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(shape.columns))
                self.connection.connection.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows
                )


def pour_into(connection: BaseDatabaseWrapper, fill: Callable[[Load], None]) -> Load:
    """Run `fill` with indexes, checks of foreign keys and safety against power cuts put aside; then restore and ANALYZE.

    Only for a database that is thrown away when this fails.
    """
    load = Load(connection)
    connection.ensure_connection()
    speed = _SPEED[connection.vendor]
    _run(connection, *speed.before)
    indexes = _run(connection, speed.indexes)
    with transaction.atomic():
        _run(connection, *(f"DROP INDEX {connection.ops.quote_name(name)}" for name, _sql in indexes))
        fill(load)
        load.pour()
        _run(connection, *(sql for _name, sql in indexes))
    _run(connection, *speed.after)
    return load


@dataclass(frozen=True)
class _Speed:
    """How one database takes many rows quickly. `indexes` asks for those no constraint depends on, with their SQL."""

    before: tuple[str, ...]
    indexes: str
    after: tuple[str, ...]


# Leaves the triggers behind foreign keys out; only a superuser may, for others they are checked at the commit.
_ROLE = (
    "DO $$ BEGIN SET session_replication_role = {}; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
)
_SPEED = {
    "sqlite": _Speed(
        before=(
            "PRAGMA foreign_keys=OFF",
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "PRAGMA cache_size=-400000",
        ),
        indexes="SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        # the trigger that keeps claims apart looks for others with it
        " AND name <> 'environment_claim_subject'",
        after=("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "ANALYZE"),
    ),
    "postgresql": _Speed(
        before=(_ROLE.format("replica"),),
        indexes="SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        after=(_ROLE.format("origin"), "VACUUM ANALYZE"),
    ),
}


def _run(connection: BaseDatabaseWrapper, *statements: str) -> list[tuple[Any, ...]]:
    """Run each; answers with the rows of the last."""
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    return rows


def _writer(field: models.Field, vendor: str) -> Convert | None:
    """How a value of this column is handed to the driver; None where it is handed over as it is."""
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
    if kind == "JSONField":
        return json.dumps
    return _SQLITE_WRITERS.get(kind) if vendor == "sqlite" else None


@functools.lru_cache(maxsize=4096)
def _moment(value: dt.datetime) -> str:
    text = str(value)
    return text[:-6] if text.endswith("+00:00") else str(value.astimezone(dt.UTC).replace(tzinfo=None))


_SQLITE_WRITERS: dict[str, Convert] = {
    "UUIDField": attrgetter("hex"),
    "DateTimeField": _moment,
    "DateField": dt.date.isoformat,
    "TimeField": dt.time.isoformat,
    "DecimalField": str,
}
