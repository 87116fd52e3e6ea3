"""What a process knows to be recorded is asked and added to by all its threads at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.kernel.kept import Kept
from alongside.ledger import record
from alongside.ledger.record import record_openings

ROUNDS = 300
PERSON = SimpleNamespace(id=uuid4(), user_id=uuid4())


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept[tuple[Any, ...], bool]]:
    """A memory of this test alone, and threads that take turns as often as they can."""
    monkeypatch.setattr(record, "_KNOWN", Kept(5_000))
    was = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield record._KNOWN
    sys.setswitchinterval(was)


def _opening(thing: tuple[UUID, UUID, str]) -> tuple[Any, ...]:
    journey, subject, kind = thing
    return (journey, PERSON.id, subject, "one login session", kind)


def _all_at_once(*what: Callable[[], None]) -> None:
    with ThreadPoolExecutor(max_workers=len(what)) as pool:
        for done in [pool.submit(each) for each in what]:
            done.result()


def _add() -> None:
    for _ in range(ROUNDS):
        record._remember(_opening((uuid4(), uuid4(), "journeys.journey")))


def test_openings_are_looked_up_while_other_threads_add_theirs(known: Kept[tuple[Any, ...], bool]) -> None:
    things = [(uuid4(), uuid4(), "journeys.journey") for _ in range(20)]
    record._remember(*map(_opening, things))

    def look_up() -> None:
        for _ in range(ROUNDS):
            # all of it is known, so no question goes to the database
            record_openings(things, login_session="one login session", by=PERSON)

    _all_at_once(look_up, look_up, _add, _add, _add)
    assert len(known) == len(things) + 3 * ROUNDS


def test_no_more_is_known_than_fits(known: Kept[tuple[Any, ...], bool]) -> None:
    known.most = 50
    _all_at_once(_add, _add, _add, _add)
    assert len(known) == known.most
