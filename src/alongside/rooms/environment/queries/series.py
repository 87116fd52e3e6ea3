"""Questions about series: which dates would fit, and which meetings follow in one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.models import Person

from .. import local_time, recurrence, slots
from ..models import Meeting, Place, SeriesMeeting
from ..states import MeetingState
from .meetings import meetings_with_state
from .slots import Diary, Obstacle, diary_of

AROUND = dt.timedelta(days=3)
OTHERS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What a series is asked to be: `first` is its first time on the wall of `zone`."""

    place: Place
    first: dt.datetime
    minutes: int
    recurrence: str
    count: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Occasion:
    """One date of a series. `starts_at` is None when the clocks skip it; `others` are free times around it."""

    wall: dt.datetime
    starts_at: dt.datetime | None
    is_past: bool
    obstacles: tuple[Obstacle, ...]
    others: tuple[dt.datetime, ...]

    @property
    def fits(self) -> bool:
        return self.starts_at is not None and not self.is_past and not self.obstacles


def occasions(people: Sequence[Person], asked: Asked) -> list[Occasion]:
    """Every date of a series with whatever stands in its way. The calendars are asked once for all of them."""
    days = recurrence.days_of(asked.first.date(), asked.recurrence, asked.count)
    begins = asked.first.replace(tzinfo=asked.zone).astimezone(dt.UTC) - AROUND
    ends = begins + (days[-1] - days[0]) + 3 * AROUND
    diary = diary_of(people, [asked.place], begins, ends)
    return [_occasion(diary, asked, dt.datetime.combine(day, asked.first.time())) for day in days]


def _occasion(diary: Diary, asked: Asked, wall: dt.datetime) -> Occasion:
    named = local_time.moments(wall, asked.zone)
    start = named[0] if named else None
    is_past = start is not None and start <= now()
    found: tuple[Obstacle, ...] = ()
    if start is not None:
        found = tuple(diary.obstacles(start, start + dt.timedelta(minutes=asked.minutes)))
    fits = start is not None and not is_past and not found
    return Occasion(wall, start, is_past, found, () if fits else _others(diary, asked, wall))


def _others(diary: Diary, asked: Asked, wall: dt.datetime) -> tuple[dt.datetime, ...]:
    """Up to four free times within three days of it, on different days where that can be, closest first."""
    meant = wall.replace(tzinfo=asked.zone).astimezone(dt.UTC)
    since, until = max(meant - AROUND, now()), meant + AROUND
    found = slots.find(
        people=[diary.calendar(one) for one in diary.people],
        places=[diary.calendar(one) for one in diary.places],
        since=int(since.timestamp()) + 1,
        until=int(until.timestamp()),
        minutes=asked.minutes,
        zone=asked.zone,
        step=30,
        count=400,
    )
    moments = [dt.datetime.fromtimestamp(one.start, dt.UTC) for one in found]
    closest = sorted(moments, key=lambda moment: abs(moment - meant))
    by_day: dict[dt.date, dt.datetime] = {}
    for moment in closest:
        by_day.setdefault(moment.astimezone(asked.zone).date(), moment)
    first = list(by_day.values())[:OTHERS]
    return tuple(sorted([*first, *[one for one in closest if one not in first][: OTHERS - len(first)]]))


def series_of(meeting: Meeting) -> UUID | None:
    return SeriesMeeting.objects.filter(meeting=meeting).values_list("series_id", flat=True).first()


def following(seat: Seat, meeting: Meeting) -> list[Meeting]:
    """This meeting and the planned ones of its series behind it, by time; it alone when it is in none."""
    series = series_of(meeting)
    if series is None:
        return [meeting]
    ids = SeriesMeeting.objects.filter(series=series).exclude(meeting=meeting).values("meeting")
    rows = meetings_with_state(seat).filter(
        id__in=ids, starts_at__gte=meeting.starts_at, starts_at__gt=now(), state=MeetingState.PLANNED
    )
    return [meeting, *rows.order_by("starts_at", "id")]
