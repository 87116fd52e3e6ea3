"""What comes round: reminders that are due."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from ..actions.reminders import write_reminder
from ..queries.calendars import reminders_due


@every(dt.timedelta(minutes=1))
@task()
def remind() -> None:
    """Write the reminders that are due. Run twice, or by two workers at once, it writes each one once."""
    for due in reminders_due():
        write_reminder(due=due, by=None)
