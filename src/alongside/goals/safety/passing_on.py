"""Passing on, every minute, what nobody has answered in time."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from .actions import pass_on
from .queries import due_to_pass_on
from .tasks import URGENT


@every(dt.timedelta(minutes=1))
@task(priority=URGENT)
def pass_on_notices() -> None:
    """Pass on what nobody has answered in time."""
    for notice_id in due_to_pass_on():
        pass_on(notice_id=notice_id, by=None)
