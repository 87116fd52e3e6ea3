"""Queries whose SQL is worked out once.

Some pages ask all rooms at once. Building such a query takes Django ten times as long as the database takes
to answer it, so it is built once for each database and then only given its values. It stays a queryset in
the code: what is asked is read, checked and migrated like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection, models

_ID: models.UUIDField = models.UUIDField()
_NUMBER = 32_001
"""The first stand-in for a number: one a small integer field can take, and no query means."""


class Prepared:
    """`build` makes the queryset from stand-ins; `rows(*ids)` runs it with real ids in their place.

    It takes so many ids, and after them so many small whole numbers.
    """

    def __init__(self, build: Callable[..., models.QuerySet], takes: int = 1, numbers: int = 0) -> None:
        self._build = build
        self._stand_ins: list[UUID | int] = [UUID(int=0xA10_0000 + number) for number in range(takes)]
        self._stand_ins += [_NUMBER - number for number in range(numbers)]
        self._made: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, *ids: UUID | int) -> list[tuple]:
        """The rows as the database gives them; see `uuid_in` and `moment_in`."""
        sql, params = self._made.get(connection.vendor) or self._make()
        given = dict(zip(map(self._as_param, self._stand_ins), map(self._as_param, ids), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            return cursor.fetchall()

    def _make(self) -> tuple[str, tuple[Any, ...]]:
        query = self._build(*self._stand_ins).query
        sql, params = query.get_compiler(connection=connection).as_sql()
        self._made[connection.vendor] = made = (sql, tuple(params))
        return made

    def _as_param(self, value: UUID | int) -> Any:
        return value if isinstance(value, int) else _ID.get_db_prep_value(value, connection)


def uuid_in(value: Any) -> UUID | None:
    """An id from a row: SQLite keeps its 32 digits."""
    return UUID(value) if isinstance(value, str) else value


def moment_in(value: Any) -> dt.datetime | None:
    """A moment from a row: SQLite keeps it as text or without a zone, in UTC."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return value.replace(tzinfo=dt.UTC) if value is not None and value.tzinfo is None else value


def day_in(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
