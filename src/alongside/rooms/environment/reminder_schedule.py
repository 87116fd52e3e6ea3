"""When a reminder is due: pure, in the reader's own zone, outside their quiet hours if it can be before or after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from .local_time import after_the_gap, moments

LEADS = (10_080, 2_880, 1_440, 240, 120, 60, 30)
"""How many minutes before a meeting one can be reminded: a week at most."""
FURTHEST = dt.timedelta(minutes=max(LEADS), days=1)
BEFORE_QUIET = dt.timedelta(minutes=10)
"""So long before the quiet hours begin: a letter is a moment on its way."""

Quiet = tuple[dt.time, dt.time]


def quiet_range(
    at: dt.datetime, zone: ZoneInfo, quiet: Quiet | None
) -> tuple[dt.datetime, dt.datetime] | None:
    """The quiet hours this moment lies in, as moments; None outside of them."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    local = at.astimezone(zone)
    for back in (0, 1):
        day = local.date() - dt.timedelta(days=back)
        until = day + dt.timedelta(days=quiet[1] <= quiet[0])
        time_range = _moment(day, quiet[0], zone), _moment(until, quiet[1], zone)
        if time_range[0] <= at < time_range[1]:
            return time_range
    return None


def due_at(
    starts_at: dt.datetime, lead: int, zone: ZoneInfo, quiet: Quiet | None, since: dt.datetime | None = None
) -> dt.datetime:
    """So many minutes before it starts; when that is within the quiet hours, shortly before they begin.

    Before that the reader may not have known of the meeting yet, or not have wished for the reminder (`since`): then as
    they end, or in them where they last until it starts.
    """
    due = starts_at - dt.timedelta(minutes=lead)
    time_range = quiet_range(due, zone, quiet)
    if time_range is None or (since and due <= since):
        return due
    before = time_range[0] - BEFORE_QUIET
    if since is None or before > since:
        return before
    return time_range[1] if time_range[1] < starts_at else due


def lead_due(
    now: dt.datetime,
    starts_at: dt.datetime,
    leads: Iterable[int],
    zone: ZoneInfo,
    quiet: Quiet | None,
    since: Mapping[int, dt.datetime | None] | None = None,
) -> tuple[int, dt.datetime] | None:
    """The reminder that is due now, with when it fell due: of several the last, as one letter says it all.

    One that had fallen due before its reader knew of the meeting, or wished for it (`since`, by lead), is none. What
    fell due while nobody worked waits until the quiet hours are over, unless the meeting comes first.
    """
    if now >= starts_at:
        return None
    time_range = quiet_range(now, zone, quiet)
    if time_range and time_range[1] < starts_at:
        return None
    for lead in sorted(leads):
        known = since.get(lead) if since else None
        due = due_at(starts_at, lead, zone, quiet, known)
        if due <= now and (known is None or due > known):
            return lead, due
    return None


def _moment(day: dt.date, wall: dt.time, zone: ZoneInfo) -> dt.datetime:
    at = dt.datetime.combine(day, wall)
    return (moments(at, zone) or moments(after_the_gap(at, zone), zone))[0]
