"""Work that comes round again and again: reminders, calendars read afresh.

    @every(dt.timedelta(minutes=5))
    @task()
    def send_what_is_due() -> None: ...

Time is cut into turns of that length, numbered from the epoch. The worker calls `enqueue_due` every few seconds; whoever
raises a task's row to the turn of this moment hands the task to the queue, in one transaction. So each turn is taken
at most once, however many workers do so; and a worker killed at any point leaves either the turn untaken or the task in
the queue, from where it is taken up again. Turns that nobody was there for are not made up for: the next one sees all
that is due. A turn whose predecessor is still at work waits for it.
"""

from __future__ import annotations

import datetime as dt
import logging
import pkgutil
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import transaction
from django_tasks.exceptions import TaskResultDoesNotExist

from .clock import now
from .models import PeriodicRun

logger = logging.getLogger("alongside.periodic")


@dataclass(frozen=True)
class PeriodicTask:
    """A task and how often it comes round."""

    task: Any
    length: dt.timedelta

    @property
    def name(self) -> str:
        return f"{self.task.func.__module__.removeprefix('alongside.')}.{self.task.func.__name__}"

    def number_at(self, moment: dt.datetime) -> int:
        return int(moment.timestamp() // self.length.total_seconds())


PERIODIC_TASKS: dict[str, PeriodicTask] = {}


def every(length: dt.timedelta) -> Any:
    """Put a task without arguments among the periodic tasks. It has to bear being run twice, as every task of a queue."""
    if length < dt.timedelta(seconds=1):
        raise ValueError("a turn takes a second at least")

    def put(task: Any) -> Any:
        entry = PeriodicTask(task, length)
        if len(entry.name) > 64:
            raise ValueError(f"{entry.name} is too long a name for a periodic task")
        PERIODIC_TASKS[entry.name] = entry
        return task

    return put


def load() -> None:
    """Import what registers itself: `tasks.py` of each of our apps, or all that lies in its folder `tasks/`."""
    for config in apps.get_app_configs():
        name = f"{config.name}.tasks"
        if not config.name.startswith("alongside.") or find_spec(name) is None:
            continue
        shelf = import_module(name)
        for found in pkgutil.iter_modules(getattr(shelf, "__path__", [])):
            import_module(f"{name}.{found.name}")


def enqueue_due() -> list[str]:
    """Hand to the queue what is due in this moment; the names of what was. One query when nothing is."""
    moment = now()
    known = {name: (number, task_id) for name, number, task_id in PeriodicRun.objects.values_list()}
    taken = []
    for name, entry in PERIODIC_TASKS.items():
        number, task_id = known.get(name, (-1, ""))
        number_now = entry.number_at(moment)
        if number < number_now and not _is_at_work(entry, task_id) and _take(entry, number_now):
            taken.append(name)
    return taken


def _take(entry: PeriodicTask, number_now: int) -> bool:
    """Raise the row and enqueue, both or neither. Of several that try at once one succeeds."""
    with transaction.atomic():
        PeriodicRun.objects.bulk_create([PeriodicRun(name=entry.name, number=-1)], ignore_conflicts=True)
        mine = PeriodicRun.objects.filter(name=entry.name, number__lt=number_now)
        if not mine.update(number=number_now):
            return False
        result = entry.task.enqueue()
        PeriodicRun.objects.filter(name=entry.name).update(task_id=str(result.id))
    return True


def _is_at_work(entry: PeriodicTask, task_id: str) -> bool:
    if not task_id or not entry.task.get_backend().supports_get_result:
        return False
    try:
        return not entry.task.get_result(task_id).is_finished
    except TaskResultDoesNotExist:
        return False
