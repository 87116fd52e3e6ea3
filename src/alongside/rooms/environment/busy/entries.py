"""From the components of a calendar to entries: what each says about when it is, how it repeats, and what it changes.

What can't be read is noted (`troubles`), not passed over. What takes busy time away (an exception, a changed date)
counts only when it is written as it should be.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .content_lines import TIMES, Part, alike
from .repeating import Rule, rule_of
from .values import Length, Line, When, length_of, line_of, period_of, when_of
from .zones import Wall, Zones, in_utc

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a wall, or a day."""

    wall: dt.datetime
    zone: Wall
    is_day: bool = False

    @property
    def utc(self) -> dt.datetime:
        return in_utc(self.wall, self.zone)

    @property
    def next_midnight(self) -> dt.datetime:
        """The one that ends its day."""
        return in_utc(midnight_after(self.wall), self.zone)

    def after(self, length: Length) -> dt.datetime:
        return in_utc(self.wall + length.days * _DAY, self.zone) + length.exact


def midnight_after(wall: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(wall.date(), dt.time()) + _DAY


@dataclass(slots=True)
class Entry:
    """One event as it was understood. `is_off`: cancelled. `is_free`: it takes no time."""

    uid: str = ""
    title: str = ""
    mark: str = ""
    sequence: int = 0
    starts: list[Moment] = field(default_factory=list)
    ends: list[Moment] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    added: list[tuple[Moment, Moment | Length | None]] = field(default_factory=list)
    left_out: list[Moment] = field(default_factory=list)
    changes: Moment | None = None
    is_change: bool = False
    onward: bool = False
    is_off: bool = False
    is_free: bool = False
    end_unread: bool = False
    start_text: str = ""
    troubles: list[str] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        return bool(self.rules or self.added)


class EntryReader:
    """Makes entries of components, with the zones of their file."""

    def __init__(self, zones: Zones) -> None:
        self.zones = zones

    def entry(self, part: Part) -> Entry:
        entry = Entry(mark=mark_of(part), is_off=part.method == "CANCEL")
        if not part.whole:
            entry.troubles.append("shape")
        free: list[bool] = []
        for name, text in (*part.lines, *_misspelt(part, entry)):
            line = line_of(name, text)
            if name in TIMES:
                getattr(self, "_take_" + name.replace("-", "_").lower())(entry, line)
            elif name == "UID":
                entry.uid = entry.uid or line.value.strip()
            elif name == "SEQUENCE":
                entry.sequence = int(line.value) if re.fullmatch(r"\s*\d{1,9}\s*", line.value) else 0
            elif name == "SUMMARY":
                entry.title = entry.title or title_of(line.value)
            elif name == "STATUS":
                entry.is_off = entry.is_off or line.value.strip().upper() == "CANCELLED"
            else:
                free.append(_is_free(name, line.value))
        entry.is_free = any(free)
        return entry

    def moment(self, entry: Entry, line: Line, when: When) -> Moment:
        if line.doubt:
            entry.troubles.append("zone")
        declared = line.params.get("VALUE", "").upper()
        if when.is_day or (declared == "DATE" and when.offset is None and when.wall.time() == dt.time()):
            return Moment(when.wall, self.zones.owner, is_day=True)
        if when.offset is not None:
            return Moment(when.wall, dt.timezone(when.offset) if when.offset else _UTC)
        if not line.params.get("TZID"):
            return Moment(when.wall, self.zones.owner)
        zone, sure = self.zones.named(line.params["TZID"])
        if not sure:
            entry.troubles.append("zone")
        return Moment(when.wall, zone)

    def _take_dtstart(self, entry: Entry, line: Line) -> None:
        when = when_of(line.value)
        if when is None:
            entry.start_text += line.value + " "
        else:
            entry.starts.append(self.moment(entry, line, when))

    def _take_dtend(self, entry: Entry, line: Line) -> None:
        when = when_of(line.value)
        if when is None:
            entry.end_unread = True
        else:
            entry.ends.append(self.moment(entry, line, when))

    def _take_duration(self, entry: Entry, line: Line) -> None:
        length = length_of(line.value)
        if length is None:
            entry.end_unread = True
        else:
            entry.lengths.append(length)

    def _take_rrule(self, entry: Entry, line: Line) -> None:
        rule = rule_of(line.value)
        if rule is not None:
            entry.rules.append(rule)
            if rule.doubts:
                entry.troubles.append("rule")

    def _take_exrule(self, entry: Entry, line: Line) -> None:
        if line.value.strip():
            entry.troubles.append("exception")

    def _take_rdate(self, entry: Entry, line: Line) -> None:
        for each in filter(None, map(str.strip, line.value.split(","))):
            period = period_of(each)
            when = when_of(each)
            if period:
                ends = period[1] if isinstance(period[1], Length) else self.moment(entry, line, period[1])
                entry.added.append((self.moment(entry, line, period[0]), ends))
            elif when:
                entry.added.append((self.moment(entry, line, when), None))
            else:
                entry.troubles.append("added")

    def _take_exdate(self, entry: Entry, line: Line) -> None:
        for each in filter(None, map(str.strip, line.value.split(","))):
            when = when_of(each, strict=True)
            known = len(entry.troubles)
            moment = None if when is None else self.moment(entry, line, when)
            if moment is None or len(entry.troubles) > known:
                entry.troubles.append("exception")
            else:
                entry.left_out.append(moment)

    def _take_recurrence_id(self, entry: Entry, line: Line) -> None:
        entry.is_change = True
        entry.onward = line.params.get("RANGE", "").upper() == "THISANDFUTURE"
        when = when_of(line.value, strict=True)
        known = len(entry.troubles)
        moment = None if when is None else self.moment(entry, line, when)
        if moment is None or len(entry.troubles) > known:
            entry.troubles.append("changed")
        else:
            entry.changes = moment


_UTC = dt.timezone.utc  # noqa: UP017 as a zone, not as a clock


def mark_of(part: Part) -> str:
    """By which an entry nobody can read is known again."""
    said = "\n".join(sorted(text for _name, text in part.lines)) + "\n".join(part.odd)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def title_of(value: str) -> str:
    plain = re.sub(r"\\[nN]", " ", value)
    plain = re.sub(r"\\(.)", r"\1", plain)
    return " ".join("".join(each if each.isprintable() else " " for each in plain).split())[:80]


def _is_free(name: str, value: str) -> bool:
    said = value.strip().upper()
    if name == "TRANSP":
        return said == "TRANSPARENT"
    return name == "X-MICROSOFT-CDO-BUSYSTATUS" and said in ("FREE", "WORKINGELSEWHERE")


def _misspelt(part: Part, entry: Entry) -> Iterator[tuple[str, str]]:
    """Lines whose name is nearly one that is about time. A rule is known by what it says."""
    for text in part.odd:
        head = re.split(r"[^A-Za-z-]", text.strip(), maxsplit=1)[0].upper()
        name = "RRULE" if "FREQ=" in text.upper() else next((each for each in TIMES if alike(head, each)), "")
        has = {each for each, _text in part.lines}
        if name and (name not in has or name in ("RRULE", "RDATE")):
            entry.troubles.append("shape")
            yield (
                name,
                text
                if re.match(r"\s*[A-Za-z-]+\s*[;:]", text)
                else name + ":" + text.strip()[len(head) + 1 :],
            )
