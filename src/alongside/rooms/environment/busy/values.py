"""Single values of a calendar: moments, lengths of time, periods (RFC 5545, 3.3). Generous, and never guessing a day.

What makes somebody busy is read generously: `2027-01-05T09:00`, an hour 24, a second 60, a space too many. What takes
busy time away, an exception, has to be written as it should be (`strict`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import get_close_matches

_DAY = dt.timedelta(days=1)
_FORM = re.compile(
    r"(?P<date>\d{8}|\d{4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2})"
    r"(?:(?:\s*T\s*|\s+|-|_)(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<half>[AP]\.?M\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_STRICT = re.compile(r"\d{8}(?:T\d{4}(?:\d{2})?Z?)?", re.IGNORECASE)
_A_DAY = re.compile(
    r"(?<!\d)(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?=T)", re.IGNORECASE
)
_LENGTH = re.compile(
    r"(?P<sign>[+-])?P?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?T?(?:(?P<h>\d+(?:[.,]\d+)?)H)?(?:(?P<m>\d+)M|(?<=H)(?P<rest>\d+)$)?(?:(?P<s>\d+)S)?",
    re.IGNORECASE,
)
_NAMES = ("TZID", "VALUE", "FBTYPE", "RANGE")


@dataclass(frozen=True, slots=True)
class When:
    """What one value says: a day, or a time on some wall, with how far that wall is ahead if it says so itself."""

    wall: dt.datetime
    is_day: bool = False
    offset: dt.timedelta | None = None
    tzid: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """Days follow the wall, hours are exact (RFC 5545, 3.3.6)."""

    days: int
    exact: dt.timedelta

    @property
    def is_nothing(self) -> bool:
        return self.days == 0 and not self.exact

    @property
    def is_negative(self) -> bool:
        return self.days < 0 or self.exact < dt.timedelta()


@dataclass(frozen=True, slots=True)
class Line:
    """A content line. `doubt` when one of its parameters was misspelt."""

    params: dict[str, str]
    value: str
    doubt: bool = False


def when_of(text: str, *, strict: bool = False) -> When | None:
    text = text.strip()
    if strict and not _STRICT.fullmatch(text):
        return None
    found = _FORM.fullmatch(text) or (None if strict else _FORM.fullmatch("".join(text.split())))
    if found is None:
        return None
    digits = (
        found["date"]
        if found["sep"] is None
        else "".join(each.zfill(2) for each in found["date"].split(found["sep"]))
    )
    try:
        day = dt.datetime(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        if found["hour"] is None:
            return When(day, is_day=True)
        return When(day + _time(found), offset=_offset(found["zone"]))
    except (ValueError, OverflowError):
        return None


def _time(found: re.Match[str]) -> dt.timedelta:
    """The time of day. Hour 24 is the midnight that ends it; second 60 is the next minute."""
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["half"] or "").upper()[:1]
    if half and not 1 <= hour <= 12:
        raise ValueError("no such hour")
    if half:
        hour = hour % 12 + (12 if half == "P" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time")
    return dt.timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(text: str | None) -> dt.timedelta | None:
    if not text:
        return None
    return dt.timedelta() if text[0] in "zZuUgG" else offset_of(text)


def offset_of(text: str) -> dt.timedelta | None:
    """How far a wall is ahead of UTC: `+0100`, `-05:30`, `+01`, `+001730`."""
    found = re.fullmatch(r"\s*([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?\s*", text)
    if found is None:
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    if hours > 15 or minutes > 59 or seconds > 59:
        return None
    ahead = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -ahead if found[1] == "-" else ahead


def day_in(text: str) -> dt.datetime | None:
    """A day somewhere in a text that can't be read otherwise."""
    for found in _A_DAY.finditer(text):
        year, month, day = (found[1], found[3], found[4]) if found[1] else found.group(5, 6, 7)
        try:
            return dt.datetime(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def length_of(text: str) -> Length | None:
    """How long: `P1D`, `PT1H30M`, also `1H`, `PT90`, `PT1H30` and `P1H`. None when it says nothing."""
    text = text.strip()
    found = _LENGTH.fullmatch(text)
    if found is None or not any(found[name] for name in "wdhms") or text.lstrip("+-").isdigit():
        return None
    sign = -1 if found["sign"] == "-" else 1
    try:
        days = 7 * int(found["w"] or 0) + int(found["d"] or 0)
        hours = float((found["h"] or "0").replace(",", "."))
        exact = dt.timedelta(
            hours=hours, minutes=int(found["m"] or found["rest"] or 0), seconds=int(found["s"] or 0)
        )
        dt.timedelta(days=days)
    except OverflowError:
        return None
    return Length(sign * days, sign * exact)


def period_of(text: str) -> tuple[When, When | Length] | None:
    begins, slash, ends = text.partition("/")
    first = when_of(begins)
    last = (when_of(ends) or length_of(ends)) if slash else None
    return (first, last) if first and last else None


def line_of(name: str, text: str) -> Line:
    """Parameters and value. A zone's name may hold colons that nobody quoted: the value is what reads as one."""
    reads = _READS.get(name)
    colons = [at for at, meeting_email in enumerate(text) if meeting_email == ":"]
    at = _unquoted_colon(text)
    if reads:
        at = next((one for one in colons[:20] if reads(text[one + 1 :])), at)
    if at < 0:
        head = re.match(r"\s*[A-Za-z-]+", text)
        return Line({}, text[head.end() + 1 :] if head else text, doubt=True)
    params, doubt = _params(text[:at])
    return Line(params, text[at + 1 :], doubt)


def _any(reads: object) -> object:
    return lambda text: any(reads(one) for one in text.split(","))  # type: ignore[operator]


_READS: dict[str, object] = {
    **dict.fromkeys(("DTSTART", "DTEND", "RECURRENCE-ID"), when_of),
    "DURATION": length_of,
    "EXDATE": _any(when_of),
    "RDATE": _any(lambda text: when_of(text) or period_of(text)),
    "FREEBUSY": _any(period_of),
}


def _unquoted_colon(text: str) -> int:
    quoted = False
    for at, meeting_email in enumerate(text):
        if meeting_email == '"':
            quoted = not quoted
        elif meeting_email == ":" and not quoted:
            return at
    return text.find(":")


def _params(head: str) -> tuple[dict[str, str], bool]:
    found: dict[str, str] = {}
    doubt = False
    for one in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', head)[1:]:
        name, equals, value = one.partition("=")
        name, value = name.strip().upper(), value.strip().strip('"').strip()
        if not equals:
            name, value, doubt = "TZID", one.strip(), True
        elif name not in _NAMES and not name.startswith("X-"):
            near = get_close_matches(name, _NAMES, 1, 0.7)
            name, doubt = (near[0], True) if near else (name, doubt)
        found.setdefault(name, value)
    return found, doubt
