"""The four measured pages: their addresses, and how many queries and bytes each of them takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler
from django.test import Client
from django.urls import reverse

from alongside.journeys.kinds.shapes import PART_KEYS

from .seeding.organisation import Seeded
from .seeding.shape import BEGUN, MEASURED, Shape

NAMES = ("today", "journey", "meeting", "autosave")
NOTE = (
    "We agreed to look at the evenings first, and to leave the question of the night shifts for next time. "
)


def addresses(seeded: Seeded) -> dict[str, dict[str, Any]]:
    """For each page its method, and the addresses of page and floor; an autosave has one for each connection.

    The floor of the autosave writes in a journey of its own, so that the versions of the real one stay in order.
    """
    journey = reverse("overview:journey", kwargs={"journey_id": seeded.measured})
    meeting = reverse("sessions:meeting", kwargs={"journey_id": seeded.measured, "number": MEASURED.meetings})
    found = {
        "today": reverse("overview:today"),
        "journey": journey,
        "meeting": meeting,
        "caseload": reverse("overview:journeys"),
    }
    pages = {
        name: {"method": "GET", "page": [path], "floor": [floor_of(path)]} for name, path in found.items()
    }
    pages["autosave"] = {
        "method": "POST",
        "page": boxes_of(seeded.measured, MEASURED),
        "floor": [floor_of(path) for path in boxes_of(seeded.twin, BEGUN)],
    }
    return pages


def floor_of(path: str) -> str:
    return "/bench/floor/?" + urlencode({"page": path})


def boxes_of(journey_id: UUID, shape: Shape) -> list[str]:
    """The doors behind the four shared boxes of the meeting that goes on."""
    meeting = {"journey_id": journey_id, "number": shape.meetings}
    return [reverse("sessions:write", kwargs={**meeting, "box": box}) for box in PART_KEYS]


@dataclass(frozen=True)
class Query:
    sql: str
    ms: float


@dataclass(frozen=True)
class Asked:
    """One request as it was answered in this process, middleware included."""

    queries: tuple[Query, ...]
    content: bytes
    built: int
    """For how many of them Django worked their SQL out; the others were made once (`kernel/prepared.py`)."""


class Visitor:
    """Asks for pages in this process, with the session that was seeded."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self.client = Client(headers={"host": "127.0.0.1"})
        for name, value in cookies.items():
            self.client.cookies[name] = value

    def ask(self, page: dict[str, Any]) -> Asked:
        """The second time of asking: the first one fills what is filled once."""
        if page["method"] == "GET":
            self._get(page["page"][0])
            return self._get(page["page"][0])
        first = self._save(page["page"][0], {"text": NOTE, "version": "1", "base": ""})
        answer = first.json()
        again = {"text": answer["text"] + NOTE, "version": str(answer["version"]), "base": answer["text"]}
        return self._counted(lambda: self._save(page["page"][0], again))

    def _get(self, path: str) -> Asked:
        return self._counted(lambda: self.client.get(path))

    def _save(self, path: str, data: dict[str, str]) -> Any:
        return self.client.post(path, data, headers={"accept": "application/json"})

    def _counted(self, ask: Any) -> Asked:
        queries: list[Query] = []

        def count(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
            from time import perf_counter

            began = perf_counter()
            result = execute(sql, parameters, many, context)
            if not sql.lstrip().upper().startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                queries.append(Query(sql, (perf_counter() - began) * 1000))
            return result

        with connection.execute_wrapper(count), counting_built() as built:
            response = ask()
        if response.status_code != 200:
            raise ValueError(f"{response.request['PATH_INFO']} answered {response.status_code}")
        return Asked(tuple(queries), response.content, len(built))


@contextmanager
def counting_built() -> Iterator[list[type]]:
    """Everything that Django sends from a queryset or a model goes by one of these two."""
    built: list[type] = []
    doors = {each: each.execute_sql for each in (SQLCompiler, SQLInsertCompiler)}

    def counted(usual: Any) -> Any:
        def execute_sql(compiler: Any, *arguments: Any, **more: Any) -> Any:
            built.append(type(compiler))
            return usual(compiler, *arguments, **more)

        return execute_sql

    for compiler, usual in doors.items():
        compiler.execute_sql = counted(usual)  # type: ignore[method-assign]
    try:
        yield built
    finally:
        for compiler, usual in doors.items():
            compiler.execute_sql = usual  # type: ignore[method-assign]
