"""What somebody has said about their own time, for the page on which they say it. Reading starts at that person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..models import BusyCalendar, Claim, OtherHours, Protection, TimeAway, UnreadEntry, Window
from ..time_ranges import Minutes


def protection_of(actor: Person) -> Protection | None:
    return Protection.objects.filter(person=actor).first()


def week_of(actor: Person) -> dict[int, list[Minutes]]:
    return week_in(Window.objects.filter(person=actor))


def week_in(windows: QuerySet[Window]) -> dict[int, list[Minutes]]:
    """The hours of each weekday that has any."""
    week: dict[int, list[Minutes]] = defaultdict(list)
    rows = windows.order_by("weekday", "begins")
    for weekday, begins, ends in rows.values_list("weekday", "begins", "ends"):
        week[weekday].append((begins, ends))
    return week


def days_ahead(actor: Person, today: dt.date) -> list[OtherHours]:
    return list(OtherHours.objects.filter(person=actor, day__gte=today).order_by("day", "begins"))


def away_ahead(actor: Person, today: dt.date) -> list[TimeAway]:
    return list(TimeAway.objects.filter(person=actor, last_day__gte=today).order_by("first_day", "id"))


def calendars_of(actor: Person) -> list[BusyCalendar]:
    return list(BusyCalendar.objects.filter(person=actor).order_by("created_at", "id"))


def unread_in(calendars: list[BusyCalendar]) -> dict[UUID, list[UnreadEntry]]:
    """The entries of each of these calendars that could not be read, the next first, those of no known time last."""
    found: dict[UUID, list[UnreadEntry]] = defaultdict(list)
    rows = UnreadEntry.objects.filter(calendar__in=[one.id for one in calendars if one.unread_count])
    for entry in rows.order_by(F("at").asc(nulls_last=True), "id"):
        found[entry.calendar_id].append(entry)
    return found


def booked_on(actor: Person, first_day: dt.date, last_day: dt.date) -> int:
    """How many meetings are booked already on these days of the person's own zone."""
    return booked_between(actor.id, zone_of(actor), first_day, last_day)


def booked_between(subject: UUID, zone: ZoneInfo, first_day: dt.date, last_day: dt.date) -> int:
    since = dt.datetime.combine(first_day, dt.time(), tzinfo=zone)
    until = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    return Claim.objects.filter(subject=subject, starts_at__lt=until, ends_at__gt=since).count()


def _own(rows: QuerySet, actor: Person, entry_id: UUID) -> tuple | None:
    found = rows.filter(person=actor, id=entry_id).first()
    return (actor, found) if found else None


def day_for(actor: Person, *, entry_id: UUID) -> tuple[Person, OtherHours] | None:
    """The door's find for one day's hours of one's own."""
    return _own(OtherHours.objects.all(), actor, entry_id)


def away_for(actor: Person, *, entry_id: UUID) -> tuple[Person, TimeAway] | None:
    return _own(TimeAway.objects.all(), actor, entry_id)


def calendar_for(actor: Person, *, entry_id: UUID) -> tuple[Person, BusyCalendar] | None:
    return _own(BusyCalendar.objects.all(), actor, entry_id)
