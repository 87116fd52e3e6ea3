"""What is published as busy times alone (RFC 5545, 3.6.4)."""

from __future__ import annotations

import datetime as dt
import re

from .content_lines import TIMES, Part
from .entries import Entry, EntryReader, Moment, mark_of
from .found import ASK, BUSY, NOWHERE, Found
from .placing import place_series
from .repeating import Budget
from .values import Length, Line, day_in, line_of, period_of, when_of

_EPOCH = dt.datetime(1970, 1, 1)


def place_free_busy(reader: EntryReader, part: Part, found: Found) -> None:
    """What is published as busy times alone (RFC 5545, 3.6.4)."""
    named = reader.entry(Part("VFREEBUSY", lines=[each for each in part.lines if each[0] == "SUMMARY"]))
    named.mark = mark_of(part)
    kinds = [line_of("FBTYPE", text).value.strip().upper() for name, text in part.lines if name == "FBTYPE"]
    lines = [line_of(name, text) for name, text in part.lines if name == "FREEBUSY"]
    lines += [line_of("FREEBUSY", text) for text in part.odd if "/" in text]
    for line in lines:
        if line.params.get("FBTYPE", "BUSY").strip().upper() != "FREE":
            for each in filter(None, re.split(r"[,;\s]+(?=[^/]*/|$)", line.value.strip())):
                _place_period(reader, named, line, each, found)
    starts = [line_of(name, text) for name, text in part.lines if name in ("DTSTART", "DTEND")]
    kinds += [line.params["FBTYPE"].upper() for line in starts if "FBTYPE" in line.params]
    if kinds and not lines and "FREE" not in kinds:
        whole = reader.entry(Part("VEVENT", lines=[each for each in part.lines if each[0] in TIMES]))
        whole.title, whole.mark = named.title, named.mark
        place_series([whole], found, Budget())


def _place_period(reader: EntryReader, named: Entry, line: Line, text: str, found: Found) -> None:
    period = period_of(text)
    if period is None:
        begins = when_of(text.partition("/")[0])
        day = day_in(text)
        if begins is None and day is None:
            found.name(named, "period", NOWHERE)
            return
        start = reader.moment(named, line, begins) if begins else Moment(day or _EPOCH, found.zone)
        found.place(start.utc, start.next_midnight)
        found.name(named, "period", BUSY, start.utc)
        return
    start = reader.moment(named, line, period[0])
    last = period[1]
    ends = start.after(last) if isinstance(last, Length) else reader.moment(named, line, last).utc
    if ends > start.utc:
        found.place(start.utc, ends)
    elif ends < start.utc:
        found.place(ends, start.utc, unsure=True)
        found.name(named, "backwards", ASK, start.utc)
