"""Calendars kept elsewhere: add, have them read, remove."""

from __future__ import annotations

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from ..models import BusyCalendar
from ..rules.hours import may_add_calendar, may_take_back
from ..tasks.busy import read_calendar


@action("busy_calendar.added")
def add_calendar(*, name: str, address: str = "", by: Person) -> BusyCalendar:
    """Look at a calendar elsewhere from now on. With an address the worker reads it at once, and again and again.

    Who adds two at once waits here, so that there are never more than a person may have.
    """
    list(Person.objects.select_for_update().filter(id=by.id).values_list("id"))
    demand(may_add_calendar(by, BusyCalendar.objects.filter(person=by).count()))
    made = BusyCalendar.objects.create(
        person=by,
        name=name.strip(),
        address=address,
        is_file=not address,
        try_next_at=now() if address else None,
    )
    record("busy_calendar.added", subject=made, by=by, is_file=made.is_file)
    if address:
        read_calendar.enqueue(calendar_id=str(made.id))
    return made


@action("busy_calendar.asked_again")
def ask_again(*, calendar: BusyCalendar, by: Person) -> None:
    """Have it read now instead of at its next turn."""
    demand(may_take_back(by, calendar))
    read_calendar.enqueue(calendar_id=str(calendar.id))
    record("busy_calendar.asked_again", subject=calendar, by=by)


@action("busy_calendar.removed")
def remove_calendar(*, calendar: BusyCalendar, by: Person) -> None:
    """Look at it no longer; the times read from it go, too."""
    demand(may_take_back(by, calendar))
    record("busy_calendar.removed", subject=calendar, by=by)
    calendar.delete()
