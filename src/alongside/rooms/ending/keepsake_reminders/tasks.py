"""Reminding on the days that were chosen."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from .actions import remind_of_keepsake
from .queries import due_now


@every(dt.timedelta(minutes=30))
@task()
def keepsake_reminders() -> None:
    """Write what is due. Run twice, or by two workers at once, each email is written once."""
    for due in due_now():
        remind_of_keepsake(journey_id=due.journey_id, on=due.on, by=None)
