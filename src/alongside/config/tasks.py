"""What the worker does for the house itself."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command
from django_tasks import task

from alongside.kernel.periodic import every


@every(dt.timedelta(days=1))
@task()
def forget_finished_work() -> None:
    """Work that is done is of no use for longer than a look back at a bad week."""
    call_command("prune_db_task_results", verbosity=0, min_age_days=7, failed_min_age_days=30)
