"""Hours of a day as people write them, "9-12, 13:30-17", read and written; and how meetings lie around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .time_ranges import WHOLE_DAY, Minutes


@dataclass(frozen=True, slots=True)
class Around:
    """How meetings may be booked around somebody: minutes, meetings, hours and days as in `Protection`."""

    buffer_before: int = 0
    buffer_after: int = 0
    most_a_day: int | None = None
    shortest_notice: int = 0
    how_far_ahead: int = 365
    country: str = ""
    subdivision: str = ""


LONGEST_NIGHT = 12 * 60

_STRETCH = re.compile(
    r"\s*(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|—|to|until)\s*(\d{1,2})(?:[:.h](\d{2}))?\s*", re.IGNORECASE
)


class NotHours(ValueError):
    """What was written can't be read as hours; `what` is the part of it, `why` one of the three reasons."""

    UNREADABLE, NO_LENGTH, OVERLAP = "unreadable", "no_length", "overlap"

    def __init__(self, why: str, what: str) -> None:
        super().__init__(f"{why}: {what}")
        self.why, self.what = why, what


def read_hours(text: str) -> list[Minutes]:
    """Stretches of a day in minutes since midnight, in order; raises `NotHours`.

    Stretches are kept apart by commas, semicolons or *and*; any script's digits are read. One that ends before it begins
    is a night, and its end lies beyond midnight; one of more than twelve hours is taken for a mistake.
    """
    found = [_stretch(piece) for piece in re.split(r"[,;]|\band\b", text) if piece.strip()]
    found.sort()
    for earlier, later in pairwise(found):
        if later[0] < earlier[1]:
            raise NotHours(NotHours.OVERLAP, f"{written([earlier])}, {written([later])}")
    return found


def _stretch(piece: str) -> Minutes:
    read = _STRETCH.fullmatch(piece)
    if read is None:
        raise NotHours(NotHours.UNREADABLE, piece.strip())
    hour, minute, until_hour, until_minute = (int(part or 0) for part in read.groups())
    begins, ends = hour * 60 + minute, until_hour * 60 + until_minute
    if minute > 59 or until_minute > 59 or ends > WHOLE_DAY[1] or begins >= WHOLE_DAY[1]:
        raise NotHours(NotHours.UNREADABLE, piece.strip())
    if ends < begins and ends + WHOLE_DAY[1] - begins <= LONGEST_NIGHT:
        ends += WHOLE_DAY[1]
    if ends <= begins:
        raise NotHours(NotHours.NO_LENGTH, piece.strip())
    return begins, ends


def written(stretches: Iterable[Minutes]) -> str:
    """The same, as it is shown and can be read again: `09:00-12:00, 13:30-17:00`."""
    return ", ".join(f"{_clock(begins)}-{_clock(ends)}" for begins, ends in sorted(stretches))


def _clock(minutes: int) -> str:
    if minutes > WHOLE_DAY[1]:
        minutes -= WHOLE_DAY[1]
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
