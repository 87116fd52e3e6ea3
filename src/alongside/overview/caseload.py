"""Looking over many journeys at once: what is asked for, what is kept, in which order. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Stage

from .finding import folded
from .notices import Notice
from .standing import Standing

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
class Case:
    """One journey as it stands for the reader. `title` is what they call it, the other's name in it or beside it."""

    seat: Seat
    standing: Standing
    title: str
    needs_me: bool
    notices: tuple[Notice, ...]


def keep(cases: Iterable[Case], asked: Asked) -> list[Case]:
    """Those that were asked for: each word of the name occurs, whatever its case and accents."""
    words = folded(asked.name)[0].split()
    return [case for case in cases if _is_asked_for(case, asked) and _is_named(case, words)]


def _is_asked_for(case: Case, asked: Asked) -> bool:
    if asked.kind and case.seat.kind.slug != asked.kind:
        return False
    if asked.show == NEEDS_ME:
        return case.needs_me or Notice.SAFETY in case.notices or Notice.FLAG in case.notices
    if asked.show == RESTING:
        return case.seat.state == JourneyState.PAUSED
    if asked.show == Notice.FLAG.value:
        return Notice.FLAG in case.notices or Notice.SAFETY in case.notices
    return asked.show == ANY or any(notice.value == asked.show for notice in case.notices)


def _is_named(case: Case, words: list[str]) -> bool:
    if not words:
        return True
    text = (
        folded(f"{case.title} {case.seat.other.name}")[0]
        if case.seat.is_one_of_two
        else folded(case.title)[0]
    )
    return all(word in text for word in words)


def in_order(cases: Iterable[Case], order: str) -> list[Case]:
    """By the next meeting, by the longest time since the last one, by name, or by how far they are."""
    return sorted(cases, key=_KEYS.get(order, _by_next))


def _by_next(case: Case) -> tuple[dt.datetime, str]:
    coming = case.standing.next
    return (coming.starts_at if coming else SOME_DAY, _by_name(case))


def _by_last(case: Case) -> tuple[dt.datetime, str]:
    return (case.standing.last_at or NEVER, _by_name(case))


def _by_name(case: Case) -> str:
    return folded(case.title)[0]


def _by_stage(case: Case) -> tuple[int, int, str]:
    return (STAGES.index(case.standing.stage), case.standing.held_in_all, _by_name(case))


_KEYS: dict[str, Callable[[Case], Any]] = {
    "next": _by_next,
    "last": _by_last,
    "name": _by_name,
    "stage": _by_stage,
}
