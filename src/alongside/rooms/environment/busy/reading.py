"""From a calendar file to the times at which its owner is busy. Run as a program of its own:

    python -m alongside.rooms.environment.busy.reading ZONE SINCE UNTIL < calendar.ics

A rule of recurrence can be written so that working it out takes years, or all memory. So this runs beside the product,
with a limit on its time and memory set by `expanding.py`; what it says is JSON, and it knows neither database nor words.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from alongside.rooms.environment.spans import Span, clipped, merged

MOST = 20_000
"""Appointments in two years. Twenty-seven a day."""

_TOO_OFTEN = ("SECONDLY", "MINUTELY")


class TooMany(Exception):
    """More appointments than anybody has."""


def busy_spans_in(content: bytes, zone: ZoneInfo, since: dt.datetime, until: dt.datetime) -> list[Span]:
    """When the calendar says *busy*, in UTC, sorted and merged; raises ValueError, TooMany.

    Times without a zone, and whole days, are those of `zone`. What is cancelled, or marked as free, is left out (RFC 5545,
    3.8.1.11 STATUS and 3.8.2.7 TRANSP; Outlook's X-MICROSOFT-CDO-BUSYSTATUS).
    """
    calendars = icalendar.Calendar.from_ical(content, multiple=True)
    found: list[Span] = []
    for calendar in calendars:
        if calendar.name != "VCALENDAR":
            raise ValueError("not a calendar")
        for span in (*_events(calendar, zone, since, until), *_free_busy(calendar, zone)):
            found.append(span)
            if len(found) > MOST:
                raise TooMany
    if not calendars:
        raise ValueError("empty")
    return merged(clipped(found, since, until))


def _events(calendar: Any, zone: ZoneInfo, since: dt.datetime, until: dt.datetime) -> Iterator[Span]:
    for event in calendar.walk("VEVENT"):
        rule = event.get("RRULE")
        for one in rule if isinstance(rule, list) else [rule] if rule else []:
            if any(str(often).upper() in _TOO_OFTEN for often in one.get("FREQ", [])):
                raise TooMany
    expanded = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
    for event in expanded.between(since, until):
        if _is_busy(event):
            yield _moment(event["DTSTART"].dt, zone), _end_of(event, zone)


def _end_of(event: Any, zone: ZoneInfo) -> dt.datetime:
    begins = event["DTSTART"].dt
    if "DTEND" in event:
        return _moment(event["DTEND"].dt, zone)
    if "DURATION" in event:
        return _moment(begins + event["DURATION"].dt, zone)
    return _moment(begins if isinstance(begins, dt.datetime) else begins + dt.timedelta(days=1), zone)


def _is_busy(event: Any) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    outlook = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return outlook != "FREE" and str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT"


def _free_busy(calendar: Any, zone: ZoneInfo) -> Iterator[Span]:
    """What is published as free and busy times alone (RFC 5545, 3.6.4)."""
    for component in calendar.walk("VFREEBUSY"):
        periods = component.get("FREEBUSY", [])
        for period in periods if isinstance(periods, list) else [periods]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield _moment(period.start, zone), _moment(period.end, zone)


def _moment(when: dt.date | dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The moment in UTC. A day begins at its midnight on the wall; a time without a zone is on the wall, too."""
    if not isinstance(when, dt.datetime):
        when = dt.datetime.combine(when, dt.time())
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(dt.UTC)


def main(zone: str, since: str, until: str) -> None:
    moments = dt.datetime.fromisoformat(since), dt.datetime.fromisoformat(until)
    try:
        spans = busy_spans_in(sys.stdin.buffer.read(), ZoneInfo(zone), *moments)
        answer: dict[str, Any] = {"busy": [[int(a.timestamp()), int(b.timestamp())] for a, b in spans]}
    except TooMany:
        answer = {"trouble": "too_many"}
    except Exception:
        answer = {"trouble": "broken"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
