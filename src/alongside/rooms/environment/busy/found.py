"""What is found in a calendar: when its owner is busy, when perhaps, and what could not be read.

What can't be read for sure is never left out in silence. Where it can be placed it counts as busy, or as a stretch that
isn't offered without a question (`unsure`); and it is named, with what is wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ..time_ranges import TimeRange
from .entries import Entry
from .repeating import TooMany
from .zones import Wall

MOST = 50_000
"""Appointments in two years. Sixty-six a day."""

NAMED = 40
"""Entries that are named, beside those that are nowhere. Of more it is said how many there are."""

BUSY, ASK, NOWHERE = "busy", "ask", "nowhere"


@dataclass(frozen=True, slots=True)
class Unread:
    """What of an entry could not be read (`why`), and what became of its time (`placed`)."""

    title: str
    why: str
    placed: str
    at: dt.datetime | None
    mark: str


@dataclass(slots=True)
class Found:
    """What a calendar comes to. `zone` is its owner's."""

    zone: Wall
    since: dt.datetime
    until: dt.datetime
    busy: list[TimeRange] = field(default_factory=list)
    unsure: list[TimeRange] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unread_count: int = 0

    def place(self, start: dt.datetime, end: dt.datetime, *, unsure: bool = False) -> None:
        if start < end and start < self.until and end > self.since:
            into = self.unsure if unsure else self.busy
            into.append((max(start, self.since), min(end, self.until)))
            if len(self.busy) + len(self.unsure) > MOST:
                raise TooMany

    def name(self, entry: Entry, why: str, placed: str, at: dt.datetime | None = None) -> None:
        """Say what of an entry could not be read."""
        self.unread_count += 1
        if len(self.unread) < (MOST if placed == NOWHERE else NAMED):
            self.unread.append(Unread(entry.title, why, placed, at, entry.mark))
