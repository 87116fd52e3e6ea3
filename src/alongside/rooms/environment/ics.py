"""Calendar files (RFC 5545): an invitation for one person (RFC 5546), and a feed. Pure: facts in, bytes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from alongside.kernel.one_line import one_line

from .vtimezone import vtimezone

PRODUCT = "-//Alongside//Meetings//EN"
Method = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting as one person's calendar may know it. `uid` is for life, `sequence` that of the meeting."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    title: str
    place: str = ""
    note: str = ""


def uid_of(meeting_uid: object) -> str:
    """Random and for life: it holds no name of a server, which may change."""
    return f"{meeting_uid}@alongside"


def meeting_uid_in(uid: str) -> UUID | None:
    """Of which meeting an object speaks; None when its UID is not one of ours."""
    name, _at, ours = uid.strip().partition("@")
    try:
        return UUID(name) if ours == "alongside" else None
    except ValueError:
        return None


def invitation(
    entry: Entry,
    method: Method,
    *,
    organiser: str,
    attendee: str,
    stamp: dt.datetime,
    for_all: bool = True,
    asks_for_reply: bool = False,
) -> bytes:
    """One object for one recipient. A CANCEL that takes one attendee off a meeting that stays has no STATUS.

    `asks_for_reply` is for those whose calendar program can answer to the organiser by mail.
    """
    event = _event(entry, stamp)
    if method == "REQUEST":
        event.add("status", "CONFIRMED")
    elif for_all:
        event.add("status", "CANCELLED")
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    guest = vCalAddress(f"mailto:{attendee}")
    rsvp = "TRUE" if asks_for_reply and method == "REQUEST" else "FALSE"
    guest.params.update({"PARTSTAT": "NEEDS-ACTION", "RSVP": rsvp})
    event.add("attendee", guest)
    return _calendar([event], [entry], method)


def feed(entries: Iterable[tuple[Entry, dt.datetime]], *, name: str) -> bytes:
    """A calendar to subscribe to. Each entry with when it was last changed, so that the same stays the same."""
    rows = list(entries)
    events = []
    for entry, changed_at in rows:
        event = _event(entry, changed_at)
        event.add("status", "CONFIRMED")
        event.add("last-modified", changed_at.astimezone(dt.UTC))
        events.append(event)
    return _calendar(events, [entry for entry, _changed_at in rows], "", name)


def _event(entry: Entry, stamp: dt.datetime) -> Event:
    zone, event = ZoneInfo(entry.zone), Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", _printable(entry.title))
    if entry.place:
        event.add("location", _printable(entry.place))
    if entry.note:
        event.add("description", _printable(entry.note))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _printable(text: str) -> str:
    """Lines of text: whatever else steers a terminal or a parser is left out."""
    return "\n".join(one_line(line) for line in text.splitlines())


def _calendar(events: list[Event], entries: list[Entry], method: str, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", one_line(name))
    if entries:
        years = [each.year for entry in entries for each in (entry.starts_at, entry.ends_at)]
        for name in sorted({str(event["DTSTART"].params.get("TZID", "")) for event in events} - {""}):
            calendar.add_component(vtimezone(name, min(years) - 1, max(years) + 1))
    for event in events:
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found
