"""What is said about the hours of a place: the week, one day that is different, when it is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from ..models import OtherHours, Place, TimeAway
from ..rules import may_change_place
from ..rules.hours import may_forget_of_place
from ..time_ranges import Minutes
from .hours import keep_day, keep_week


@action("place.hours_said")
def say_opening_hours(
    *, place: Place, week: Mapping[int, Sequence[Minutes]], time_zone: str, by: Person
) -> Place:
    """Say when a place can be booked, by the clocks of its zone. No hours at all: it is always open."""
    demand(may_change_place(by, place))
    place.time_zone = time_zone
    place.save(update_fields=["time_zone"])
    keep_week(week, place=place)
    record("place.hours_said", subject=place, by=by, days=sum(bool(stretches) for stretches in week.values()))
    return place


@action("place.day_said")
def say_day_of_place(*, place: Place, day: dt.date, hours: Sequence[Minutes], by: Person) -> list[OtherHours]:
    """Say the hours of one day that isn't like its weekday; none means closed. It replaces what was said of it."""
    demand(may_change_place(by, place))
    rows = keep_day(day, hours, place=place)
    record("place.day_said", subject=place, by=by, day=day.isoformat(), open=bool(hours))
    return rows


@action("place.day_forgotten")
def forget_day_of_place(*, place: Place, said: OtherHours, by: Person) -> dt.date:
    """Let a day of a place be like its weekday again."""
    demand(may_forget_of_place(by, place, said))
    OtherHours.objects.filter(place=place, day=said.day).delete()
    record("place.day_forgotten", subject=place, by=by, day=said.day.isoformat())
    return said.day


@action("place.closed")
def close_place(
    *, place: Place, first_day: dt.date, last_day: dt.date, word: str = "", by: Person
) -> TimeAway:
    """Close a place for some days. Both days belong to it; what is booked there stays, to be moved by the two."""
    demand(may_change_place(by, place))
    closure = TimeAway.objects.create(place=place, first_day=first_day, last_day=last_day, word=word.strip())
    record("place.closed", subject=place, by=by, days=(last_day - first_day).days + 1)
    return closure


@action("place.opened_again")
def open_again(*, place: Place, closure: TimeAway, by: Person) -> None:
    """Open a place on days on which it was to be closed."""
    demand(may_forget_of_place(by, place, closure))
    record("place.opened_again", subject=place, by=by)
    closure.delete()
