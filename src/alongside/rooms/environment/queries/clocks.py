"""Which meetings a change of the rules of time zones has left at another time than was agreed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alongside.journeys.restriction import looked_over
from alongside.kernel.clock import now

from ..local_time import after_the_gap, moments
from ..models import Meeting
from ..states import MeetingState
from .meetings import _with_state


def moved_by_the_clocks() -> list[Meeting]:
    """Planned meetings to come whose moment is not the one their time on the wall names."""
    ahead = Meeting.objects.filter(looked_over(), starts_at__gt=now(), number__isnull=False)
    rows = ahead.values_list("id", "starts_at", "wall_date", "wall_time", "zone")
    wrong = [row[0] for row in rows.iterator() if agreed_moment(*row[1:]) != row[1]]
    found = _with_state(Meeting.objects.filter(id__in=wrong)).select_related("place", "guide")
    return [meeting for meeting in found if meeting.state == MeetingState.PLANNED]  # type: ignore[attr-defined]


def agreed_moment(starts_at: dt.datetime, day: dt.date, wall: dt.time, zone: str) -> dt.datetime:
    """What the agreed time on the wall names now; of an hour that comes twice the one it has."""
    try:
        known = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return starts_at
    at = dt.datetime.combine(day, wall)
    named = moments(at, known) or moments(after_the_gap(at, known), known)
    return starts_at if starts_at in named else named[0]
