"""Calendars kept elsewhere: add, read, note what is wrong, remove."""

from __future__ import annotations

import datetime as dt

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from ..models import BusyCalendar, BusySpan, Trouble
from ..rules.hours import may_keep_time, may_take_back
from ..spans import Span
from ..tasks.busy import read_calendar

AGAIN, AFTER_TROUBLE = dt.timedelta(minutes=30), dt.timedelta(hours=2)


@action("busy_calendar.added")
def add_calendar(*, name: str, address: str = "", by: Person) -> BusyCalendar:
    """Look at a calendar elsewhere from now on. With an address the worker reads it at once, and again and again."""
    demand(may_keep_time(by))
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


@action(unrecorded_because="the worker reads every half hour; the calendar itself says when")
def keep_busy(
    *, calendar: BusyCalendar, spans: list[Span] | None, tag: str, until: dt.datetime, by: None
) -> None:
    """Keep what was read. Only what changed is written; without `spans` nothing had changed."""
    if spans is not None:
        rows = BusySpan.objects.filter(calendar=calendar)
        known = {(starts, ends): one for one, starts, ends in rows.values_list("id", "starts_at", "ends_at")}
        gone = [known[span] for span in known.keys() - set(spans)]
        for first in range(0, len(gone), 500):
            BusySpan.objects.filter(id__in=gone[first : first + 500]).delete()
        fresh = [
            BusySpan(calendar=calendar, person_id=calendar.person_id, starts_at=starts, ends_at=ends)
            for starts, ends in sorted(set(spans) - known.keys())
        ]
        BusySpan.objects.bulk_create(fresh, batch_size=500)
        calendar.tag, calendar.read_until = tag, until  # type: ignore[assignment]
    calendar.read_at = calendar.tried_at = now()
    calendar.trouble, calendar.troubled_since = "", None
    calendar.try_next_at = None if calendar.is_file else now() + AGAIN
    calendar.save()


@action(unrecorded_because="the worker tries again by itself; the calendar itself says since when")
def note_trouble(*, calendar: BusyCalendar, trouble: Trouble, by: None) -> None:
    """Keep what was read last, and say what is wrong and since when."""
    calendar.tried_at = now()
    calendar.troubled_since = calendar.troubled_since or now()
    calendar.trouble = trouble
    calendar.try_next_at = now() + AFTER_TROUBLE
    calendar.save(update_fields=["tried_at", "troubled_since", "trouble", "try_next_at"])
