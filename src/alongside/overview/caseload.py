"""Looking over many journeys at once: what is asked for, what is kept, in which order. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Stage
from alongside.kernel.folding import folded, holds, words_of

from .journey_summary import JourneySummary
from .notices import Notice

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
SOME_DAY = dt.datetime.max.replace(tzinfo=dt.UTC)

STAGES = tuple(Stage)
ANY, NEEDS_ME, RESTING = "", "needs_me", "resting"
SHOWS = (ANY, NEEDS_ME, *(notice.value for notice in Notice if notice != Notice.SAFETY), RESTING)
SHOWN = 300
"""So many rows at first: more than anybody goes through, and no more than a telephone draws in a moment."""
ORDERS = ("next", "last", "name", "stage")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see. Nothing asked for is everything, by the next meeting."""

    name: str = ""
    show: str = ANY
    kind: str = ""
    order: str = "next"
    whole: bool = False
    """All rows, however many there are."""

    @property
    def is_everything(self) -> bool:
        return not (self.name or self.show or self.kind)


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One journey as it stands for the reader. `title` is what they call it, the other's name in it or beside it."""

    seat: Seat
    summary: JourneySummary
    title: str
    needs_me: bool
    notices: tuple[Notice, ...]


def keep(rows: Iterable[CaseloadRow], asked: Asked) -> list[CaseloadRow]:
    """Those that were asked for: each word of the name occurs, however it is spelled."""
    words = words_of(asked.name)
    return [row for row in rows if _is_asked_for(row, asked) and _is_named(row, words)]


def _is_asked_for(row: CaseloadRow, asked: Asked) -> bool:
    if asked.kind and row.seat.kind.slug != asked.kind:
        return False
    if asked.show == NEEDS_ME:
        return row.needs_me or Notice.SAFETY in row.notices or Notice.ALERT in row.notices
    if asked.show == RESTING:
        return row.seat.state == JourneyState.PAUSED
    if asked.show == Notice.ALERT.value:
        return Notice.ALERT in row.notices or Notice.SAFETY in row.notices
    return asked.show == ANY or any(notice.value == asked.show for notice in row.notices)


def _is_named(row: CaseloadRow, words: list[tuple[str, ...]]) -> bool:
    return holds(f"{row.title} {row.seat.other.name}" if row.seat.is_one_of_two else row.title, words)


def in_order(rows: Iterable[CaseloadRow], order: str) -> list[CaseloadRow]:
    """By the next meeting, by the longest time since the last one, by name, or by how far they are."""
    return sorted(rows, key=_KEYS.get(order, _by_next))


def _by_next(row: CaseloadRow) -> tuple[dt.datetime, str]:
    coming = row.summary.next
    return (coming.starts_at if coming else SOME_DAY, _by_name(row))


def _by_last(row: CaseloadRow) -> tuple[dt.datetime, str]:
    return (row.summary.last_at or NEVER, _by_name(row))


def _by_name(row: CaseloadRow) -> str:
    return folded(row.title)


def _by_stage(row: CaseloadRow) -> tuple[int, int, str]:
    return (STAGES.index(row.summary.stage), row.summary.held_in_all, _by_name(row))


_KEYS: dict[str, Callable[[CaseloadRow], Any]] = {
    "next": _by_next,
    "last": _by_last,
    "name": _by_name,
    "stage": _by_stage,
}
