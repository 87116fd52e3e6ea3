"""When places are open: for who looks after them. Reading starts at the place a person was found to keep."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from alongside.people.models import Person

from ..models import OtherHours, Place, TimeAway, Window
from ..time_ranges import Minutes
from .hours import zone_named
from .meetings import place_for
from .protected import booked_between, week_in

Week = dict[int, list[Minutes]]


def week_of_place(place: Place) -> Week:
    return week_in(Window.objects.filter(place=place))


def weeks_by_place(places: Iterable[Place]) -> dict[UUID, Week]:
    """The opening hours of several places; one that isn't among them is always open. One query."""
    found: dict[UUID, Week] = defaultdict(lambda: defaultdict(list))
    rows = Window.objects.filter(place__in=list(places)).order_by("weekday", "begins")
    for place, weekday, begins, ends in rows.values_list("place_id", "weekday", "begins", "ends"):
        found[place][weekday].append((begins, ends))
    return found


def next_closures(places: Iterable[Place], today: dt.date) -> dict[UUID, tuple[dt.date, dt.date]]:
    """The closure of each place that is on, or comes next. One query."""
    rows = TimeAway.objects.filter(place__in=list(places), last_day__gte=today).order_by("-first_day", "id")
    return {
        place: (first, last) for place, first, last in rows.values_list("place_id", "first_day", "last_day")
    }


def days_of_place_ahead(place: Place, today: dt.date) -> list[OtherHours]:
    return list(OtherHours.objects.filter(place=place, day__gte=today).order_by("day", "begins"))


def closures_ahead(place: Place, today: dt.date) -> list[TimeAway]:
    return list(TimeAway.objects.filter(place=place, last_day__gte=today).order_by("first_day", "id"))


def booked_in(place: Place, first_day: dt.date, last_day: dt.date) -> int:
    """How many meetings are booked in a place on these days of its own clocks."""
    return booked_between(place.id, zone_named(place.time_zone), first_day, last_day)


def day_of_place_for(
    actor: Person, *, place_id: UUID, entry_id: UUID
) -> tuple[Person, Place, OtherHours] | None:
    """The door's find for what was said of one day of a place."""
    found = place_for(actor, place_id=place_id)
    said = OtherHours.objects.filter(id=entry_id, place=place_id).first() if found else None
    return (*found, said) if found and said else None


def closure_for(actor: Person, *, place_id: UUID, entry_id: UUID) -> tuple[Person, Place, TimeAway] | None:
    """The door's find for a closure."""
    found = place_for(actor, place_id=place_id)
    closure = TimeAway.objects.filter(id=entry_id, place=place_id).first() if found else None
    return (*found, closure) if found and closure else None
