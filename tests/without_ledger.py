"""An act and its record are one: where the record can't be written, nothing has changed.

Every action that records is tried so, in a test that gets as far as calling it:

    @pytest.mark.without_ledger("goals.actions.add_need")
    def test_a_need_is_added(...):

There its first call is made with the ledger failing at the first thing it records, then at the second, and so on, until
the call ends well; each time every row of every table must be as it was (an email is a task, which is a row). All that is
undone, and the test goes on with the call it meant. `tests/architecture/test_without_ledger.py` demands such a test for
every action that records.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from unittest import mock

from django.core import mail
from django.db import connection, transaction

from alongside.kernel import actions
from alongside.ledger.models import Entry

MOST_RECORDS = 200
"""So many records one call may make; one that makes more is furnished with less in its test."""


class LedgerDown(Exception):
    """The ledger can't be written."""


class _Undone(Exception):
    """Takes back whatever a try did."""


@contextmanager
def each_tried(names: set[str]) -> Iterator[None]:
    """Within this, the first call of each of these actions (`package.actions.name`) is tried without the ledger first."""
    waiting = {f"alongside.{name}" for name in names}
    real = actions.attempted

    def attempted(attempt: Callable[[], Any]) -> Any:
        called: Any = attempt
        name = f"{called.func.__module__}.{called.func.__name__}"
        if name in waiting:
            # refused, or begun again for what has to be worked out first: the next call is the one to try
            _try(name, called, real)
            waiting.discard(name)
        return real(attempt)

    with mock.patch.object(actions, "attempted", attempted):
        yield
    assert not waiting, f"never called in this test: {', '.join(sorted(waiting))}"


def _try(name: str, call: partial[Any], attempted: Callable[[Callable[[], Any]], Any]) -> None:
    before = _every_row()
    for failing in range(1, MOST_RECORDS):
        changed = _changed_without(failing, before, call, attempted)
        if changed is None:
            assert failing > 1, f"{name} recorded nothing in this test"
            return
        assert changed == {}, f"{name} changed something, though record {failing} failed"
    raise AssertionError(f"{name} makes more than {MOST_RECORDS} records in one call here")


def _changed_without(
    failing: int,
    before: dict[str, list[str]],
    call: partial[Any],
    attempted: Callable[[Callable[[], Any]], Any],
) -> dict[str, list[str]] | None:
    """What is no longer as before when this record fails; None when the call needs fewer. All of it is undone.

    What the call was given is left as it was, too. It is looked at before the undoing: it is the action that has to
    take back its own changes.
    """
    given = copy.deepcopy(call.keywords)
    sent = len(mail.outbox)
    changed = None
    with suppress(_Undone), transaction.atomic():
        with _ledger_fails_at(failing):
            try:
                attempted(partial(call.func, **given))
            except LedgerDown:
                changed = _changes(before, _every_row())
        raise _Undone
    del mail.outbox[sent:]
    return changed


@contextmanager
def _ledger_fails_at(number: int) -> Iterator[None]:
    made = 0
    create = Entry.objects.create

    def fail(**what: Any) -> Entry:
        nonlocal made
        made += 1
        if made == number:
            raise LedgerDown
        return create(**what)

    with mock.patch.object(Entry.objects, "create", fail):
        yield


def _every_row() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def _changes(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows that are not in both, by table."""
    return {
        table: sorted(set(before[table]) ^ set(after[table]))
        for table in before
        if before[table] != after[table]
    }
