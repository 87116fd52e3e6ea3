"""What is kept of a calendar read elsewhere: its busy times, what could not be read, what went wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now

from ..busy.expanding import Reading
from ..models import BusyCalendar, BusyKind, BusyTimeRange, Placed, Trouble, UnreadEntry

UNREAD_KEPT = 200
"""Entries that are named one by one. Nobody reads more."""

AGAIN, AFTER_TROUBLE = dt.timedelta(minutes=30), dt.timedelta(hours=2)


@action(unrecorded_because="the worker reads every half hour; the calendar itself says when")
def keep_busy(
    *, calendar: BusyCalendar, reading: Reading | None, tag: str, until: dt.datetime, by: None
) -> None:
    """Keep what was read. Only what changed is written; without a `reading` nothing had changed.

    An entry of which nobody knows when it is may be any of those that vanished: what was busy before it came stays,
    as *held*, until it can be read or is gone.
    """
    if reading is not None:
        _keep_time_ranges(calendar, reading)
        _keep_unread(calendar, reading)
        calendar.tag, calendar.read_until = tag, until  # type: ignore[assignment]
        calendar.unread_count = reading.unread_count
    calendar.read_at = calendar.tried_at = now()
    calendar.trouble, calendar.troubled_since = "", None
    calendar.try_next_at = None if calendar.is_file else now() + AGAIN
    calendar.save()


def _keep_time_ranges(calendar: BusyCalendar, reading: Reading) -> None:
    rows = BusyTimeRange.objects.filter(calendar=calendar)
    nowhere = {one.mark for one in reading.unread if one.placed == Placed.NOWHERE}
    known = {
        (kind, start, end): one
        for one, kind, start, end in rows.values_list("id", "kind", "starts_at", "ends_at")
    }
    wanted = {(BusyKind.READ.value, *time_range) for time_range in reading.busy}
    wanted |= {(BusyKind.UNSURE.value, *time_range) for time_range in reading.unsure}
    gone = known.keys() - wanted
    if nowhere:
        before = UnreadEntry.objects.filter(calendar=calendar, placed=Placed.NOWHERE)
        stays = {each for each in gone if each[0] == BusyKind.HELD}
        if nowhere - set(before.values_list("mark", flat=True)):
            vanished = {each for each in gone if each[0] == BusyKind.READ}
            for some in _some([known[each] for each in vanished]):
                BusyTimeRange.objects.filter(id__in=some).update(kind=BusyKind.HELD)
            stays |= vanished
        gone -= stays
    for some in _some([known[each] for each in gone]):
        BusyTimeRange.objects.filter(id__in=some).delete()
    fresh = [
        BusyTimeRange(
            calendar=calendar, person_id=calendar.person_id, kind=kind, starts_at=start, ends_at=end
        )
        for kind, start, end in sorted(wanted - known.keys())
    ]
    BusyTimeRange.objects.bulk_create(fresh, batch_size=500)


def _some(ids: list[UUID]) -> Iterator[list[UUID]]:
    """No more at once than a database takes."""
    return (ids[first : first + 500] for first in range(0, len(ids), 500))


def _keep_unread(calendar: BusyCalendar, reading: Reading) -> None:
    UnreadEntry.objects.filter(calendar=calendar).delete()
    UnreadEntry.objects.bulk_create(
        UnreadEntry(
            calendar=calendar, mark=one.mark, title=one.title, why=one.why, placed=one.placed, at=one.at
        )
        for one in reading.unread[:UNREAD_KEPT]
    )


@action(unrecorded_because="the worker tries again by itself; the calendar itself says since when")
def note_trouble(*, calendar: BusyCalendar, trouble: Trouble, by: None) -> None:
    """Keep what was read last, and say what is wrong and since when."""
    calendar.tried_at = now()
    calendar.troubled_since = calendar.troubled_since or now()
    calendar.trouble = trouble
    calendar.try_next_at = now() + AFTER_TROUBLE
    calendar.save(update_fields=["tried_at", "troubled_since", "trouble", "try_next_at"])
