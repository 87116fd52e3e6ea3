"""The floor: the least a page can cost in this server with this database.

`/bench/floor/?page=<address>` sends the statements of that page's own view through a plain cursor and answers with the
bytes the view answered with. It lies behind the same middleware in the same process. The statements are noted
once in each process, while the real view runs; those of the middleware are not among them, as it runs here too.

For a view that writes, the statements it ran in its transaction run in one transaction again, and what it inserted is
inserted under a new key, as a row can't be written twice.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from alongside.kernel.ids import new_id

Parameters = Any
Statement = tuple[str, Callable[[], Parameters]]


@dataclass(frozen=True)
class Noted:
    """What one view asked the database, before and in its transaction, and what it answered."""

    plain: tuple[Statement, ...]
    in_transaction: tuple[Statement, ...]
    content: bytes
    content_type: str


_NOTED: dict[str, Noted] = {}
_ONE_AT_A_TIME = threading.Lock()
# Above any version a person reaches, and apart for each process.
_FRESH_VERSIONS = itertools.count(1_000_000 + os.getpid() % 2000 * 1_000_000)
_CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def which(request: HttpRequest) -> HttpResponse:
    """The process that answers: for spreading connections evenly over the workers."""
    return HttpResponse(str(os.getpid()))


def floor(request: HttpRequest) -> HttpResponse:
    page = request.GET["page"]
    noted = _NOTED.get(page) or _note(request, page)
    if noted.plain:
        _run(noted.plain)
    if noted.in_transaction:
        with transaction.atomic():
            _run(noted.in_transaction)
    return HttpResponse(noted.content, content_type=noted.content_type)


def commit(request: HttpRequest) -> HttpResponse:
    """The bare commit: of a page that writes only what it writes, in one transaction, and the same bytes as answer."""
    page = request.GET["page"]
    noted = _NOTED.get(page) or _note(request, page)
    with transaction.atomic():
        _run(tuple(statement for statement in noted.in_transaction if _is_write(statement[0])))
    return HttpResponse(noted.content, content_type=noted.content_type)


def _run(statements: tuple[Statement, ...]) -> None:
    with connection.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(sql, parameters())
            if cursor.description:
                cursor.fetchall()


def _note(request: HttpRequest, page: str) -> Noted:
    with _ONE_AT_A_TIME:
        if page not in _NOTED:
            response, _statements = run_view(request, page)
            if request.method == "POST":
                # A second save, against the version the first one answered with, is what an ordinary save looks like.
                request.POST = _next_save(request.POST, json.loads(response.content))
            response, statements = run_view(request, page)
            _NOTED[page] = _noted(response, statements, reads_only=request.method == "GET")
    return _NOTED[page]


@dataclass
class Ran:
    sql: str
    parameters: Parameters
    in_transaction: bool


def run_view(request: HttpRequest, page: str) -> tuple[HttpResponse, list[Ran]]:
    """Run a page's view as if its address had been asked for; answer with what it ran in the database."""
    ran: list[Ran] = []

    def note(execute: Any, sql: str, parameters: Parameters, many: bool, context: Any) -> Any:
        if many:
            raise ValueError("the floor doesn't know how to send many rows at once again")
        if not sql.lstrip().upper().startswith(_CONTROL):
            ran.append(Ran(sql, parameters, connection.in_atomic_block))
        return execute(sql, parameters, many, context)

    match = resolve(page)
    request.path = request.path_info = page
    request.resolver_match = match
    with connection.execute_wrapper(note):
        response = match.func(request, *match.args, **match.kwargs)
        if not getattr(response, "is_rendered", True):
            response.render()
    if response.status_code != 200:
        raise ValueError(f"{match.view_name} answered {response.status_code}")
    return response, ran


def _noted(response: HttpResponse, ran: list[Ran], *, reads_only: bool) -> Noted:
    """`reads_only`: opening words is recorded once in a login session, so later openings of the page don't write."""
    kept = [one for one in ran if not reads_only or not _is_write(one.sql)]
    return Noted(
        plain=tuple((one.sql, _again(one)) for one in kept if not one.in_transaction),
        in_transaction=tuple((one.sql, _again(one)) for one in kept if one.in_transaction),
        content=response.content,
        content_type=response["Content-Type"],
    )


def _is_write(sql: str) -> bool:
    return sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))


def _again(ran: Ran) -> Callable[[], Parameters]:
    """The parameters as they were; for an inserted row with a new key and, where it has one, a new version."""
    found = re.match(r'\s*INSERT INTO "\w+" \(([^)]*)\)', ran.sql)
    if not found:
        return lambda: ran.parameters
    columns = [column.strip(' "') for column in found[1].split(",")]
    as_text = isinstance(ran.parameters[columns.index("id")], str)

    def fresh() -> Parameters:
        values = dict(zip(columns, ran.parameters, strict=True))
        values["id"] = new_id().hex if as_text else new_id()
        if "version" in values:
            values["version"] = next(_FRESH_VERSIONS)
        return tuple(values.values())

    return fresh


def _next_save(sent: QueryDict, answer: dict[str, Any]) -> QueryDict:
    post = sent.copy()
    post["text"] = answer["text"] + " Saved again."
    post["version"] = str(answer["version"])
    if "base" in post:
        post["base"] = answer["text"]
    return post
