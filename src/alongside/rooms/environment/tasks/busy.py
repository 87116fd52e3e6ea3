"""Reading calendars kept elsewhere, again and again."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.clock import now
from alongside.kernel.periodic import every

from ..actions.busy_times import keep_busy, note_trouble
from ..busy.expanding import Reading, reading_of
from ..busy.fetching import Failed, fetch
from ..models import BusyCalendar
from ..queries.hours import zone_named

HORIZON = dt.timedelta(days=760)
"""How far ahead busy times are kept: a month further than anybody can be booked."""

BEHIND = dt.timedelta(days=1)
FRESH = dt.timedelta(days=735)
AT_ONCE = 50

CALENDARS = "calendars"
"""A queue of its own: however slow a calendar is, no mail waits for it."""


@every(dt.timedelta(minutes=5))
@task()
def look_at_calendars() -> None:
    """Hand to the queue what is due, the longest waiting first."""
    due = BusyCalendar.objects.filter(is_file=False, try_next_at__lte=now()).order_by("try_next_at")
    for one in due.values_list("id", flat=True)[:AT_ONCE]:
        read_calendar.enqueue(calendar_id=str(one))


@task(queue_name=CALENDARS)
def read_calendar(calendar_id: str) -> None:
    """Fetch one, work out its busy times, and keep them; or keep the last good ones and say what is wrong."""
    calendar = BusyCalendar.objects.select_related("person").filter(id=calendar_id).first()
    if calendar is None or calendar.is_file:
        return
    moment = now()
    reaches = calendar.read_until is not None and calendar.read_until > moment + FRESH
    try:
        got = fetch(str(calendar.address), tag=str(calendar.tag) if reaches and not calendar.trouble else "")
        reading = None if got.body is None else read_file(got.body, calendar.person.time_zone, moment)
    except Failed as failed:
        note_trouble(calendar=calendar, trouble=failed.trouble, by=None)
        return
    keep_busy(calendar=calendar, reading=reading, tag=got.tag, until=moment + HORIZON, by=None)


def read_file(content: bytes, zone: str, moment: dt.datetime) -> Reading:
    """What a file says of the time from yesterday on, as far as it is kept. A zone nobody knows is read as UTC."""
    return reading_of(content, zone=zone_named(zone).key, since=moment - BEHIND, until=moment + HORIZON)
