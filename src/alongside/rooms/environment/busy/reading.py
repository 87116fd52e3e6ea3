"""From a calendar file to the times at which its owner is busy. Run as a program of its own:

    python -m alongside.rooms.environment.busy.reading ZONE SINCE UNTIL BYTES < calendar.ics

A calendar can be written so that working it out takes years, or all memory. So this runs beside the application,
with a limit on its time and memory set by `expanding.py`; what it says is JSON, and it knows neither database nor words.
Lines become components (`content_lines`), components entries (`entries`), entries stretches of time (`placing`,
`free_busy`), and what repeats is unrolled (`repeating`).
Events that are over, or too far ahead, and don't repeat are passed over as soon as that can be seen.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from ..time_ranges import merged
from .content_lines import Part, Splitter, TooBig, as_plain, is_calendar
from .entries import Entry, EntryReader, mark_of
from .found import NOWHERE, Found
from .free_busy import place_free_busy
from .placing import place_series
from .repeating import Budget, TooMany
from .values import when_of
from .zones import Zones

BIGGEST = 32 * 1024 * 1024
_FAR = dt.timedelta(days=3)
_STEPS, _STEPS_A_BYTE = 400_000, 50


class NotACalendar(ValueError):
    """Something else."""


def read(
    content: bytes, zone: ZoneInfo, since: dt.datetime, until: dt.datetime, biggest: int = BIGGEST
) -> Found:
    """When the calendar says *busy*, and what of it could not be read; raises ValueError, TooMany.

    Times without a zone, and whole days, are those of `zone`. What is cancelled, or marked as free, is left out (RFC 5545,
    3.8.1.11 STATUS and 3.8.2.7 TRANSP; Outlook's X-MICROSOFT-CDO-BUSYSTATUS).
    """
    content = as_plain(content, biggest)
    if not is_calendar(content):
        raise NotACalendar
    zones, found = Zones(zone, until), Found(zone, since, until)
    window = _Window(since, until)
    budget = Budget(_STEPS + _STEPS_A_BYTE * len(content))
    parts = [part for part in Splitter().parts(content) if _matters(part, zones, window)]
    del content
    reader = EntryReader(zones)
    series: dict[str, list[Entry]] = defaultdict(list)
    for number, part in enumerate(parts):
        entry = _entry(reader, part, found)
        if entry is not None:
            series[entry.uid or f"\n{number}"].append(entry)
    for uid, entries in series.items():
        if uid in window.newer:
            entries = [
                one for one in entries if one.repeats or one.is_change or one.sequence >= window.newer[uid]
            ]
        _place(entries, found, budget)
    found.busy, found.unsure = merged(found.busy), merged(found.unsure)
    return found


def _entry(reader: EntryReader, part: Part, found: Found) -> Entry | None:
    """One that breaks everything breaks itself alone."""
    try:
        if part.name == "BROKEN":
            found.name(Entry(mark="broken"), "shape", NOWHERE)
        elif part.name == "VFREEBUSY":
            place_free_busy(reader, part, found)
        else:
            return reader.entry(part)
    except (ValueError, OverflowError, ArithmeticError, LookupError):
        found.name(Entry(mark=mark_of(part)), "shape", NOWHERE)
    return None


def _place(entries: list[Entry], found: Found, budget: Budget) -> None:
    try:
        place_series(entries, found, budget)
    except (ValueError, OverflowError, ArithmeticError, LookupError):
        for one in entries:
            found.name(one, "shape", NOWHERE)


class _Window:
    """Sees at a glance that an event is over or far ahead. Of those that are, only that they are newer is kept."""

    def __init__(self, since: dt.datetime, until: dt.datetime) -> None:
        self.first = (since - _FAR).strftime("%Y%m%d")
        self.last = (until + _FAR).strftime("%Y%m%d")
        self.newer: dict[str, int] = {}

    def misses(self, part: Part) -> bool:
        """Only when each line that counts is as plain as can be."""
        if not part.whole or part.odd or part.name != "VEVENT":
            return False
        uid, sequence, first, last = "", 0, "", ""
        for name, line in part.lines:
            if name in ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION"):
                return False
            if name in ("DTSTART", "DTEND"):
                value = line.rpartition(":")[2][:8]
                if not (value.isdigit() and len(value) == 8) or (name == "DTSTART" and first):
                    return False
                first, last = (value, last) if name == "DTSTART" else (first, max(last, value))
            elif name == "UID":
                uid = uid or line.partition(":")[2].strip()
            elif name == "SEQUENCE":
                number = line.partition(":")[2].strip()
                sequence = int(number) if number.isdigit() and len(number) < 10 else 0
        if not first or not (max(first, last) < self.first or first > self.last):
            return False
        if not (when_of(first) and (not last or when_of(last))):
            return False
        if sequence and uid:
            self.newer[uid] = max(sequence, self.newer.get(uid, 0))
        return True


def _matters(part: Part, zones: Zones, window: _Window) -> bool:
    if part.name == "VTIMEZONE":
        zones.define(part)
        return False
    return part.name in ("VEVENT", "VFREEBUSY", "BROKEN") and not window.misses(part)


def answer(content: bytes, zone: str, since: str, until: str, biggest: int = BIGGEST) -> dict[str, Any]:
    """What is found, or what is wrong, as JSON can say it."""
    moments = dt.datetime.fromisoformat(since), dt.datetime.fromisoformat(until)
    try:
        found = read(content, ZoneInfo(zone), *moments, biggest)
    except TooMany:
        return {"trouble": "too_many"}
    except TooBig:
        return {"trouble": "too_big"}
    except NotACalendar:
        return {"trouble": "not_a_calendar"}
    except Exception:
        return {"trouble": "broken"}
    return {
        "busy": [[int(a.timestamp()), int(b.timestamp())] for a, b in found.busy],
        "unsure": [[int(a.timestamp()), int(b.timestamp())] for a, b in found.unsure],
        "unread": [
            [one.title, one.why, one.placed, None if one.at is None else int(one.at.timestamp()), one.mark]
            for one in found.unread
        ],
        "count": found.unread_count,
    }


def main(zone: str, since: str, until: str, biggest: str) -> None:
    json.dump(answer(sys.stdin.buffer.read(), zone, since, until, int(biggest)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
