"""Work that comes round again and again: reminders, calendars read afresh.

    @every(dt.timedelta(minutes=5))
    @task()
    def send_what_is_due() -> None: ...

Time is cut into turns of that length, numbered from the epoch. The worker calls `tick` every few seconds; whoever
raises a task's row to the turn of this moment hands the task to the queue, in one transaction. So each turn is taken
at most once, however many workers tick; and a worker killed at any point leaves either the turn untaken or the task in
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
from .models import Turn

logger = logging.getLogger("alongside.timetable")


@dataclass(frozen=True)
class Round:
    """A task and how often it comes round."""

    task: Any
    length: dt.timedelta

    @property
    def name(self) -> str:
        return f"{self.task.func.__module__.removeprefix('alongside.')}.{self.task.func.__name__}"

    def turn_at(self, moment: dt.datetime) -> int:
        return int(moment.timestamp() // self.length.total_seconds())


ROUNDS: dict[str, Round] = {}


def every(length: dt.timedelta) -> Any:
    """Put a task without arguments on the timetable. It has to bear being run twice, as every task of a queue."""
    if length < dt.timedelta(seconds=1):
        raise ValueError("a turn takes a second at least")

    def put(task: Any) -> Any:
        entry = Round(task, length)
        if len(entry.name) > 64:
            raise ValueError(f"{entry.name} is too long a name for the timetable")
        ROUNDS[entry.name] = entry
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


def tick() -> list[str]:
    """Hand to the queue what is due in this moment; the names of what was. One query when nothing is."""
    moment = now()
    known = {name: (number, task_id) for name, number, task_id in Turn.objects.values_list()}
    taken = []
    for name, entry in ROUNDS.items():
        number, task_id = known.get(name, (-1, ""))
        turn = entry.turn_at(moment)
        if number < turn and not _is_at_work(entry, task_id) and _take(entry, turn):
            taken.append(name)
    return taken


def _take(entry: Round, turn: int) -> bool:
    """Raise the row and enqueue, both or neither. Of several that try at once one succeeds."""
    with transaction.atomic():
        Turn.objects.bulk_create([Turn(name=entry.name, number=-1)], ignore_conflicts=True)
        mine = Turn.objects.filter(name=entry.name, number__lt=turn)
        if not mine.update(number=turn):
            return False
        result = entry.task.enqueue()
        Turn.objects.filter(name=entry.name).update(task_id=str(result.id))
    return True


def _is_at_work(entry: Round, task_id: str) -> bool:
    if not task_id or not entry.task.get_backend().supports_get_result:
        return False
    try:
        return not entry.task.get_result(task_id).is_finished
    except TaskResultDoesNotExist:
        return False
