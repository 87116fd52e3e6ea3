"""A week and an agenda of one's own: meetings to open, protected time, and what is busy elsewhere as grey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.addresses import address
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..queries.week import OwnMeeting, Weeks, weeks_of
from ..time_ranges import TimeRange
from .said import hours

QUARTERS = 96
Rows = Callable[[dt.datetime, dt.datetime], str]
FIRST_HOUR, LAST_HOUR = 8, 18
DAYS_OF_AGENDA = 28


@dataclass(frozen=True)
class Entry:
    """Something in a day. `rows` are classes that put it beside its hours where there is room for that."""

    shape: str
    hours: str
    title: str
    place: str
    url: str
    rows: str
    starts_at: dt.datetime


@dataclass(frozen=True)
class Day:
    name: str
    iso: str
    is_today: bool
    entries: tuple[Entry, ...]

    @property
    def has_meetings(self) -> bool:
        return any(entry.shape == "meeting" for entry in self.entries)


@dataclass(frozen=True)
class Hour:
    label: str
    rows: str


@dataclass(frozen=True)
class WeekPage:
    title: str
    lead: str
    days: tuple[Day, ...]
    hours: tuple[Hour, ...]
    height: str
    previous: str
    following: str
    this: str
    other_view: str
    is_agenda: bool
    says_nothing: bool


def week_page(actor: Person, day: dt.date) -> WeekPage:
    """The week in which this day lies, from Monday, by the clocks of the person's own zone."""
    monday = min(max(day, dt.date(2000, 1, 3)), dt.date(2100, 1, 4))
    monday -= dt.timedelta(days=monday.weekday())
    last = monday + dt.timedelta(days=6)
    here = reverse("environment_week:week")
    facts = {"first": formats.date_format(monday, _("j F")), "last": formats.date_format(last, _("j F Y"))}
    return _page(
        actor,
        monday,
        days=7,
        title=_("%(first)s to %(last)s") % facts,
        here=here,
        step=7,
        other=reverse("environment_week:agenda"),
    )


def agenda_page(actor: Person, day: dt.date) -> WeekPage:
    """Four weeks from this day on, as a list of the days on which there is something."""
    first = min(max(day, dt.date(2000, 1, 3)), dt.date(2100, 1, 4))
    title = _("From %(day)s") % {"day": formats.date_format(first, _("l j F"))}
    here = reverse("environment_week:agenda")
    other = reverse("environment_week:week")
    return _page(actor, first, days=DAYS_OF_AGENDA, title=title, here=here, step=DAYS_OF_AGENDA, other=other)


def _page(
    actor: Person, first: dt.date, *, days: int, title: str, here: str, step: int, other: str
) -> WeekPage:
    zone = zone_of(actor)
    dates = [first + dt.timedelta(days=number) for number in range(days)]
    since, until = (_midnight(date, zone) for date in (dates[0], dates[-1] + dt.timedelta(days=1)))
    weeks = weeks_of(actor, since, until)
    agenda = days > 7
    time_range = _hours_shown(weeks, zone)
    shown = tuple(_day(date, weeks, zone, time_range[0], whole=not agenda) for date in dates)
    return WeekPage(
        title=title,
        lead=_("Times are shown in %(zone)s time. No one else sees this page.") % {"zone": zone.key},
        days=tuple(day for day in shown if day.entries) if agenda else shown,
        hours=tuple(
            Hour(f"{hour:02d}", _rows((hour - time_range[0]) * 4, 4))
            for hour in range(time_range[0], time_range[1])
        ),
        height=f"diary-{time_range[1] - time_range[0]}",
        previous=f"{here}?of={first - dt.timedelta(days=step)}",
        following=f"{here}?of={first + dt.timedelta(days=step)}",
        this=here,
        other_view=f"{other}?of={first}",
        is_agenda=agenda,
        says_nothing=not weeks.has_said,
    )


def _day(date: dt.date, weeks: Weeks, zone: ZoneInfo, first_hour: int, *, whole: bool) -> Day:
    begins, ends = _midnight(date, zone), _midnight(date + dt.timedelta(days=1), zone)

    def within(start: dt.datetime, end: dt.datetime) -> bool:
        return start < ends and end > begins

    def rows(start: dt.datetime, end: dt.datetime) -> str:
        first, last = (_quarter(moment, date, zone) for moment in (start, end))
        return _rows(first - first_hour * 4, max(last - first, 1))

    entries = [
        _meeting(one, rows(one.starts_at, one.ends_at))
        for one in weeks.meetings
        if within(one.starts_at, one.ends_at)
    ]
    entries += _stretches("busy", _("busy"), weeks.busy, begins, ends, rows)
    if whole:
        entries += _stretches("protected", _("protected time"), weeks.protected, begins, ends, rows)
    order = {"protected": 0, "busy": 1, "meeting": 2}
    entries.sort(key=lambda entry: (entry.starts_at, order[entry.shape]))
    name = formats.date_format(date, _("D j M") if whole else _("l j F"))
    return Day(name, date.isoformat(), date == clock.today(), tuple(entries))


def _stretches(
    shape: str,
    title: str,
    time_ranges: Iterable[TimeRange],
    begins: dt.datetime,
    ends: dt.datetime,
    rows: Rows,
) -> list[Entry]:
    """The part of each that lies in this day."""
    found = []
    for start, end in time_ranges:
        start, end = max(start, begins), min(end, ends)
        if start < end:
            found.append(Entry(shape, hours(start, end), title, "", "", rows(start, end), start))
    return found


def _meeting(one: OwnMeeting, rows: str) -> Entry:
    when = hours(one.starts_at, one.ends_at)
    if one.seat is None:
        return Entry("busy", when, _("busy"), "", "", rows, one.starts_at)
    link = address("environment:room", one.seat.journey.id)
    return Entry("meeting", when, one.seat.other.name, one.place, link, rows, one.starts_at)


def _hours_shown(weeks: Weeks, zone: ZoneInfo) -> tuple[int, int]:
    """Eight to eighteen, and whatever lies outside of it: the whole day when something goes over midnight."""
    time_ranges = [*((one.starts_at, one.ends_at) for one in weeks.meetings), *weeks.busy, *weeks.protected]
    first, last = FIRST_HOUR, LAST_HOUR
    for start, end in time_ranges:
        begins, ends = start.astimezone(zone), (end - dt.timedelta(seconds=1)).astimezone(zone)
        if begins.date() != ends.date():
            return 0, 24
        first, last = min(first, begins.hour), max(last, ends.hour + 1)
    return first, last


def _quarter(moment: dt.datetime, date: dt.date, zone: ZoneInfo) -> int:
    """Which quarter of an hour of this day's wall it is, within the day."""
    wall = moment.astimezone(zone)
    if wall.date() != date:
        return 0 if wall.date() < date else QUARTERS
    return -(-(wall.hour * 60 + wall.minute) // 15)


def _rows(first: int, count: int) -> str:
    return f"from-{max(first, 0)} long-{min(count, QUARTERS)}"


def _midnight(date: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), tzinfo=zone).astimezone(dt.UTC)
