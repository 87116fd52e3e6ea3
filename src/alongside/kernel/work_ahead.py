"""Costly work is done between two attempts of an action, never while it holds the database.

On SQLite an action is the one writer: while it thinks, nobody else can save; on PostgreSQL it holds the rows it has
locked. What finds in the middle of an action that something costly has to be worked out asks for it here. The attempt
ends, its transaction is undone, the work is done with nothing held, and the action begins again and finds it ready.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

R = TypeVar("R")

ATTEMPTS = 5
"""So often an action begins again. What is still not ready then, because others were quicker each time, is done without."""


class NotReady(Exception):
    """Ends an attempt: this has to be worked out first."""

    def __init__(self, key: Hashable, work: Callable[[], Any]) -> None:
        super().__init__("to be worked out with nothing held")
        self.key, self.work = key, work


class _Ready(dict[Hashable, Any]):
    is_last = False


_READY: ContextVar[_Ready | None] = ContextVar("ready", default=None)


def worked_out(key: Hashable, work: Callable[[], R], *, without: Callable[[], R]) -> R:
    """What `work` answers, worked out while nothing is held; on the last attempt what `without` answers at once."""
    ready = _READY.get()
    if ready is None:
        return work()
    if key in ready:
        return ready[key]  # type: ignore[no-any-return]
    if ready.is_last:
        return without()
    raise NotReady(key, work)


def attempted(attempt: Callable[[], R]) -> R:
    """Run what makes one transaction, again after each thing that has to be worked out first.

    Within another such attempt it is a part of that one, which begins again as a whole.
    """
    if _READY.get() is not None:
        return attempt()
    ready = _Ready()
    token = _READY.set(ready)
    try:
        for _number in range(ATTEMPTS):
            try:
                return attempt()
            except NotReady as missing:
                ready[missing.key] = missing.work()
        ready.is_last = True
        return attempt()
    finally:
        _READY.reset(token)
