"""Asking on the days that were agreed, once more a week later, and recording silence after that."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from .actions import ask, note_silence, remind
from .queries import due_now


@every(dt.timedelta(minutes=30))
@task()
def follow_up() -> None:
    """Do what is due. Run twice, or by two workers at once, it does each thing once."""
    due = due_now()
    for day_id in due.ask:
        ask(day_id=day_id, by=None)
    for day_id in due.remind:
        remind(day_id=day_id, by=None)
    for day_id in due.silent:
        note_silence(day_id=day_id, by=None)
