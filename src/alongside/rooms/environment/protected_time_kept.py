"""How well time was kept, week by week, and what may help where it slips: pure, of what was said after meetings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

WEEKS_SHOWN = 26
LATELY = 8
"""What slips is looked for in the last so many of which something was said."""

OFTEN = 2
"""Once is chance; it slips from the second time on."""

ENOUGH = 3
"""A place is compared with another when so much was said of it."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was said of the time of one meeting; `on` is its day."""

    on: dt.date
    place_id: UUID
    on_time: bool
    interruptions: int
    enough: bool

    @property
    def kept(self) -> bool:
        """The whole of it: began on time, nobody came in, and it was long enough."""
        return self.on_time and self.enough and not self.interruptions


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many it was said; so many were kept whole, and so often something slipped. One can slip in several ways."""

    noted: int
    kept: int
    late: int
    interrupted: int
    short: int


@dataclass(frozen=True, slots=True)
class Week:
    monday: dt.date
    tally: Tally


class Slip(Enum):
    """In what way time was not kept."""

    INTERRUPTED = "interrupted"
    LATE = "late"
    SHORT = "short"


def tally(noted: Iterable[Noted]) -> Tally:
    found = list(noted)
    return Tally(
        noted=len(found),
        kept=sum(one.kept for one in found),
        late=sum(not one.on_time for one in found),
        interrupted=sum(one.interruptions > 0 for one in found),
        short=sum(not one.enough for one in found),
    )


def by_week(noted: Iterable[Noted]) -> tuple[Week, ...]:
    """Every week from the first to the last of which something was said, those without anything, too."""
    weeks: dict[dt.date, list[Noted]] = defaultdict(list)
    for one in noted:
        weeks[one.on - dt.timedelta(days=one.on.weekday())].append(one)
    if not weeks:
        return ()
    monday, last, found = min(weeks), max(weeks), []
    while monday <= last:
        found.append(Week(monday, tally(weeks.get(monday, ()))))
        monday += dt.timedelta(weeks=1)
    return tuple(found[-WEEKS_SHOWN:])


def lately(noted: Sequence[Noted]) -> list[Noted]:
    return sorted(noted, key=lambda one: one.on)[-LATELY:]


def slips(noted: Sequence[Noted]) -> tuple[tuple[Slip, int], ...]:
    """What slipped more than once lately, the most frequent first, with how often."""
    counted = tally(lately(noted))
    often = [(Slip.INTERRUPTED, counted.interrupted), (Slip.LATE, counted.late), (Slip.SHORT, counted.short)]
    return tuple(sorted((one for one in often if one[1] >= OFTEN), key=lambda one: -one[1]))


def by_place(noted: Iterable[Noted]) -> dict[UUID, Tally]:
    places: dict[UUID, list[Noted]] = defaultdict(list)
    for one in noted:
        places[one.place_id].append(one)
    return {place: tally(found) for place, found in places.items()}


def calmer_place(noted: Sequence[Noted], bookable: Iterable[UUID]) -> UUID | None:
    """The bookable place with the fewest interruptions, if it has fewer than where one was interrupted lately."""
    known = {place: found for place, found in by_place(noted).items() if found.noted >= ENOUGH}
    here = {one.place_id for one in lately(noted) if one.interruptions}
    others = [place for place in bookable if place in known and place not in here]
    if not others or not here:
        return None
    best = min(others, key=lambda place: (_share(known[place]), str(place)))
    worst = max((_share(tally(one for one in noted if one.place_id == place)) for place in here), default=0.0)
    return best if _share(known[best]) < worst else None


def _share(found: Tally) -> float:
    return found.interrupted / found.noted
