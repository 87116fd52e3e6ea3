"""From the bytes of a calendar to its components, line by line (RFC 5545, 3.1 and 3.4).

Calendars come in many states: in another encoding, with old line ends, unfolded, with a line that is damaged. So nothing
here gives up on a file for one line. What begins is closed where it must have ended; lines that belong to nothing are
kept for whoever can make sense of them. Only a calendar that breaks off is refused: what follows is not there to be read.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

CALENDAR = "VCALENDAR"
PARTS = ("VEVENT", "VFREEBUSY", "VTIMEZONE", "VTODO", "VJOURNAL", "VAVAILABILITY")
_INNER = ("VALARM", "STANDARD", "DAYLIGHT", "AVAILABLE", "PARTICIPANT", "VLOCATION", "VRESOURCE")
TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
WANTED = frozenset(
    (
        *TIMES,
        "UID",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
        "SUMMARY",
        "FREEBUSY",
        "FBTYPE",
        "METHOD",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
    )
)
_OTHERS = frozenset(
    [
        "ACKNOWLEDGED",
        "ACTION",
        "AALARM",
        "ATTACH",
        "ATTENDEE",
        "BUSYTYPE",
        "CALSCALE",
        "CATEGORIES",
        "CLASS",
        "COLOR",
        "COMMENT",
        "COMPLETED",
        "CONFERENCE",
        "CONTACT",
        "CREATED",
        "DALARM",
        "DCREATED",
        "DESCRIPTION",
        "DTSTAMP",
        "DUE",
        "GEO",
        "IMAGE",
        "LAST-MODIFIED",
        "LOCATION",
        "NAME",
        "ORGANIZER",
        "PERCENT-COMPLETE",
        "PRIORITY",
        "PRODID",
        "PROXIMITY",
        "REFRESH-INTERVAL",
        "RELATED-TO",
        "REPEAT",
        "REQUEST-STATUS",
        "RESOURCES",
        "SOURCE",
        "TRIGGER",
        "TZNAME",
        "TZURL",
        "TZUNTIL",
        "URL",
        "VERSION",
    ]
)
LONGEST_LINE = 64 * 1024
"""Bytes of one line that are looked at. Only a text is longer."""

_NAME = re.compile(rb"\s*([A-Za-z0-9-]+)\s*[:;]")
_MARKER = re.compile(r"\s*(BEGIN|END)\s*:\s*([A-Z0-9-]+)\s*", re.IGNORECASE)
_DAMAGED = re.compile(r"\s*([A-Z0-9-]{0,8}?)\W{0,2}(V(?:EVENT|FREEBUSY|CALENDAR))\s*", re.IGNORECASE)
_INDENTED = re.compile(rb"^[ \t]+BEGIN:V(?:EVENT|FREEBUSY)\s*$", re.IGNORECASE | re.MULTILINE)
_BEGINS = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCALENDAR\b", re.IGNORECASE | re.MULTILINE)
_GZIP, _UTF8_MARK = b"\x1f\x8b", b"\xef\xbb\xbf"


class CutOff(ValueError):
    """It breaks off in the middle."""


class TooBig(ValueError):
    """Unpacked it is bigger than anything anybody reads."""


@dataclass(slots=True)
class Part:
    """One component: the lines that are about time, those nobody knows, and whether it came whole."""

    name: str
    number: int = 0
    method: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    inner: list[Part] = field(default_factory=list)
    whole: bool = True


def is_calendar(content: bytes) -> bool:
    return _BEGINS.search(content) is not None


def as_plain(content: bytes, biggest: int) -> bytes:
    """The same in UTF-8 or something close enough to it, unpacked, with one kind of line end and without NUL."""
    if content[:2] == _GZIP:
        content = unpacked(content, biggest)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode()
    elif content[1:2] == b"\0" and content[3:4] == b"\0":
        content = content.decode("utf-16-le", "replace").encode()
    elif content[:1] == b"\0" and content[2:3] == b"\0":
        content = content.decode("utf-16-be", "replace").encode()
    if content[:3] == _UTF8_MARK:
        content = content[3:]
    if b"\0" in content:
        content = content.replace(b"\0", b"")
    if b"\r" in content and content.count(b"\n") < content.count(b"\r"):
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def unpacked(content: bytes, biggest: int) -> bytes:
    """What gzip packed; raises `TooBig` as soon as it is, and `CutOff` when it breaks off."""
    found, rest = bytearray(), content
    while rest[:2] == _GZIP:
        packed = zlib.decompressobj(wbits=31)
        try:
            found += packed.decompress(rest, biggest + 1 - len(found))
        except zlib.error as broken:
            raise CutOff("packed, and broken") from broken
        if len(found) > biggest:
            raise TooBig
        if not packed.eof:
            raise CutOff("packed, and cut off")
        rest = packed.unused_data
    return bytes(found)


def whole_lines(content: bytes) -> Iterator[bytes]:
    """Lines as they were before they were folded, without blank ones."""
    indented = _INDENTED.search(content) is not None
    here, length = [b""], 0
    for raw in io.BytesIO(content):
        line = raw.rstrip(b"\r\n")
        if not line:
            continue
        if line[0] in b" \t" and not (indented and _NAME.match(line)):
            if length < LONGEST_LINE:
                here.append(line[1:])
                length += len(line)
            continue
        if length:
            yield b"".join(here) if len(here) > 1 else here[0]
        here, length = [line], len(line)
    if length:
        yield b"".join(here)


class Splitter:
    """Takes lines and hands out the components they make up."""

    def __init__(self) -> None:
        self.calendars = 0
        self.inside = False
        self.method = ""
        self.part: Part | None = None
        self.inner: list[Part] = []
        self.loose = Part("VEVENT", whole=False)
        self.count = 0

    def parts(self, content: bytes) -> Iterator[Part]:
        """Every component of every calendar in the stream; raises `CutOff`."""
        for raw in whole_lines(content):
            found = _NAME.match(raw)
            name = found[1].decode().upper() if found else ""
            if name in _OTHERS or (name[:2] == "X-" and name not in WANTED):
                continue
            line = raw.decode("utf-8", "replace")
            marker = _marker(name, line)
            if marker:
                yield from self._mark(*marker)
            elif self.inside:
                self._keep(name, line)
        if self.inside:
            raise CutOff("no end")

    def _keep(self, name: str, line: str) -> None:
        part = self.part or self.loose
        if self.inner and not (self.inner[-1].name == "VALARM" and name in TIMES and name != "DURATION"):
            part = self.inner[-1]
        if not name:
            _rejoin(part, line)
        elif name not in WANTED:
            part.odd.append(line)
        elif self.part is not None or name != "METHOD":
            part.lines.append((name, line))
        else:
            self.method = line.partition(":")[2].strip().upper()

    def _mark(self, which: str, name: str) -> Iterator[Part]:
        if which == "BEGIN":
            yield from self._begin(name)
        elif self.inner and self.inner[-1].name == name:
            self.inner.pop()
        elif self.part is not None and name == self.part.name:
            yield self._closed()
        elif name == CALENDAR:
            yield from self._end_calendar()
        elif self.part is None:
            yield from self._from_loose()
        elif name not in _INNER and (alike(name, self.part.name) or self.part.name not in PARTS):
            self.part.name = name if self.part.name not in PARTS and name in PARTS else self.part.name
            self.part.whole = False
            yield self._closed()
        elif self.inner:
            self.inner.pop()

    def _begin(self, name: str) -> Iterator[Part]:
        if name == CALENDAR or name in PARTS or not (self.part or self.inner):
            if self.part is not None:
                self.part.whole = False
                yield self._closed()
            yield from self._from_loose()
        if name == CALENDAR:
            if self.inside:
                yield Part("BROKEN", whole=False)
            self.calendars, self.inside, self.method = self.calendars + 1, True, ""
        elif self.inside and self.part is None:
            self.count += 1
            self.part = Part(name, self.count, self.method)
        elif self.part is not None:
            inner = Part(name)
            self.part.inner.append(inner)
            self.inner.append(inner)

    def _closed(self) -> Part:
        part = self.part
        self.part, self.inner = None, []
        assert part is not None
        return part

    def _from_loose(self) -> Iterator[Part]:
        """Lines that stand in no component: of one whose beginning was damaged."""
        loose, self.loose = self.loose, Part("VEVENT", whole=False)
        if any(name in TIMES for name, _line in loose.lines):
            self.count += 1
            loose.number, loose.method = self.count, self.method
            yield loose

    def _end_calendar(self) -> Iterator[Part]:
        if not self.inside:
            return
        if self.part is not None and self.part.name not in ("VTODO", "VJOURNAL"):
            raise CutOff("an entry without an end")
        self.part, self.inner, self.inside = None, [], False
        yield from self._from_loose()


def _rejoin(part: Part, line: str) -> None:
    """A line without a name is the rest of the one before: folded, and its space lost."""
    if _looks_like_time(line):
        part.odd.append(line)
    elif part.lines:
        name, before = part.lines[-1]
        part.lines[-1] = (name, (before + line)[:LONGEST_LINE])


def _looks_like_time(line: str) -> bool:
    head = re.split(r"[^A-Za-z-]", line.strip(), maxsplit=1)[0].upper()
    return any(head and alike(head, name) for name in TIMES) or "FREQ=" in line.upper()


def _marker(name: str, line: str) -> tuple[str, str] | None:
    """BEGIN or END, and of what. Also where a letter of it is wrong, as far as one can tell."""
    if name in ("BEGIN", "END"):
        found = _MARKER.fullmatch(line)
        return (found[1].upper(), _component(found[2].upper())) if found else None
    if (name in WANTED and name) or len(line) > 24:
        return None
    damaged = _DAMAGED.fullmatch(line)
    if damaged is None:
        return None
    return "END" if _likeness(damaged[1], "END") > _likeness(damaged[1], "BEGIN") else "BEGIN", damaged[
        2
    ].upper()


def _component(name: str) -> str:
    if name == CALENDAR or name in PARTS or name in _INNER or name.startswith("X-"):
        return name
    return next((one for one in (*PARTS[:3], CALENDAR) if alike(name, one)), name)


def alike(one: str, other: str) -> bool:
    return one == other or (abs(len(one) - len(other)) <= 2 and _likeness(one, other) >= 0.8)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.upper(), other, autojunk=False).ratio()
