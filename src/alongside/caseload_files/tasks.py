"""What comes round again and again: lists nobody brought in go."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from .actions import forget_old_files


@every(dt.timedelta(hours=1))
@task()
def forget_lists() -> None:
    """A list that was only looked at is kept for a day."""
    forget_old_files(by=None)
