"""The quiet clock of a meeting: counted by the server's time, whatever the machine before one says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import MeetingShape
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now

from ...record.pages import said
from ...record.queries import Table
from ...record.shapes import shape_named, shape_of

LATEST_START = dt.timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is the server's time when the page was drawn. `marks`: where on its line, from 0 to 100, each part begins.

    `plan` is how many of its minutes are meant for the plan.
    """

    starts: str
    now: str
    minutes: int
    ends: str
    marks: tuple[int, ...] = ()
    plan: int = 0


def minutes_of(shape: MeetingShape, length: int) -> dict[str, int]:
    """Each part's share of the agreed length, in whole minutes."""
    whole = sum(part.minutes for part in shape.parts) or 1
    return {part.key: max(1, round(part.minutes * length / whole)) for part in shape.parts}


def clock_of(seat: Seat, table: Table) -> Clock | None:
    """Counts from the agreed time, or from when it was opened later the same day; None for one entered days later."""
    meeting, record = table.meeting, table.record
    starts = meeting.starts_at
    if record and dt.timedelta(0) < record.created_at - starts < LATEST_START:
        starts = record.created_at
    ends = starts + dt.timedelta(minutes=meeting.minutes)
    if now() - ends > LATEST_START:
        return None
    shares = minutes_of(shape_of(seat, record) if record else shape_named(seat, None), meeting.minutes)
    return Clock(
        starts=_moment(starts),
        now=_moment(now()),
        minutes=meeting.minutes,
        ends=_("until %(time)s") % {"time": said.clock_time(ends)},
        marks=_marks(list(shares.values())),
        plan=shares.get("plan", 0),
    )


def _moment(moment: dt.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _marks(shares: list[int]) -> tuple[int, ...]:
    whole, passed, found = sum(shares) or 1, 0, []
    for share in shares[:-1]:
        passed += share
        found.append(round(100 * passed / whole))
    return tuple(found)
