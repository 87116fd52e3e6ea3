"""Queries whose SQL is worked out once.

Some pages ask all rooms at once. Building such a query takes Django ten times as long as the database takes
to answer it, so it is built once for each database and then only given its values. It stays a queryset in
the code: what is asked is read, checked and migrated like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.query import get_related_populators

_ID: models.UUIDField = models.UUIDField()
_MOMENT: models.DateTimeField = models.DateTimeField()
_NUMBER = 32_001
"""The first stand-in for a number: one a small integer field can take, and no query means."""

Value = UUID | int | str | dt.datetime


@dataclass(frozen=True, slots=True)
class _Made:
    """A query as one database understands it, and how its rows become instances."""

    sql: str
    params: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]


class Prepared:
    """`build` makes the queryset from stand-ins; `rows(*ids)` runs it with real ids in their place.

    It takes so many ids, after them so many small whole numbers, after them so many texts, and then so many moments.
    """

    def __init__(
        self,
        build: Callable[..., models.QuerySet],
        takes: int = 1,
        numbers: int = 0,
        texts: int = 0,
        moments: int = 0,
    ) -> None:
        self._build = build
        self._stand_ins: list[Value] = [UUID(int=0xA10_0000 + number) for number in range(takes)]
        self._stand_ins += [_NUMBER - number for number in range(numbers)]
        self._stand_ins += [f"stand-in {number}" for number in range(texts)]
        self._stand_ins += [dt.datetime(1801, 1, 1 + number, tzinfo=dt.UTC) for number in range(moments)]
        self._made: dict[str, _Made] = {}

    def rows(self, *values: Value) -> list[tuple]:
        """The rows as the database gives them; see `uuid_in` and `moment_in`."""
        return self._run(self._here(), values)

    def values(self, *values: Value) -> Iterable[Any]:
        """The rows as `values_list` gives them; `rows` costs less where there are hundreds."""
        made = self._here()
        rows = self._run(made, values)
        return made.compiler.apply_converters(rows, made.converters) if made.converters else rows

    def instances(self, *values: Value) -> Iterator[Any]:
        """The rows as models, with annotations and what `select_related` brings; like iterating the queryset."""
        made = self._here()
        return self._as_models(made.compiler, self.values(*values))

    def _here(self) -> _Made:
        return self._made.get(connection.vendor) or self._make()

    def _make(self) -> _Made:
        query = self._build(*self._stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [select[0] for select in compiler.select]
        made = _Made(sql, tuple(params), compiler, compiler.get_converters(columns))
        self._made[connection.vendor] = made
        return made

    def _run(self, made: _Made, values: tuple[Value, ...]) -> list[tuple]:
        given = dict(zip(map(self._as_param, self._stand_ins), map(self._as_param, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(made.sql, [given.get(param, param) for param in made.params])
            return cursor.fetchall()

    def _as_models(self, compiler: Any, rows: Iterable[Any]) -> Iterator[Any]:
        """As Django's own `ModelIterable` does it, once the query is made."""
        info, select = compiler.klass_info, compiler.select
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:last]]
        related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
        for row in rows:
            instance = info["model"].from_db(connection.alias, names, row[first:last])
            for populator in related:
                populator.populate(row, instance)
            for name, place in compiler.annotation_col_map.items():
                setattr(instance, name, row[place])
            yield instance

    def _as_param(self, value: Value) -> Any:
        if isinstance(value, UUID):
            return _ID.get_db_prep_value(value, connection)
        return _MOMENT.get_db_prep_value(value, connection) if isinstance(value, dt.datetime) else value


def uuid_in(value: Any) -> UUID | None:
    """An id from a row: SQLite keeps its 32 digits."""
    return _uuid_of(value) if isinstance(value, str) else value


# a page over many journeys meets each id a dozen times, and reading one takes as long as forty of these look-ups
_uuid_of = lru_cache(maxsize=32_768)(UUID)


def moment_in(value: Any) -> dt.datetime | None:
    """A moment from a row: SQLite keeps it as text or without a zone, in UTC."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return value.replace(tzinfo=dt.UTC) if value is not None and value.tzinfo is None else value


def day_in(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
