"""What the database says for the metrics: work that waits, emails, backups, its size. Counts over the whole installation."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from alongside.backups.models import BackupRecord
from alongside.backups.states import Event
from alongside.config import heartbeat
from alongside.kernel import clock
from alongside.people.models import FailedEmail

OF_AN_EMAIL = r"\.post_[a-z_]+$"
"""How the tasks are named that send one email each; a test holds them to it."""


class Facts(Collector):
    """Asked anew each time: nothing of it is kept in a process."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _gauge(
            "alongside_info", "The version that answers.", {"version": metadata.version("alongside")}, 1
        )
        yield _gauge("alongside_worker_alive", "1 while a background worker works.", {}, heartbeat.is_alive())
        yield from _tasks()
        yield from _emails()
        yield from _backups()
        yield _gauge("alongside_database_bytes", "The size of the database.", {}, _database_bytes())


def _tasks() -> Iterator[GaugeMetricFamily]:
    waiting = GaugeMetricFamily("alongside_tasks_waiting", "Background tasks that are due.", labels=["queue"])
    oldest = GaugeMetricFamily(
        "alongside_task_oldest_waiting_seconds",
        "How long the oldest task that is due has been waiting.",
        labels=["queue"],
    )
    due = {row["queue_name"]: row for row in _due()}
    for queue in settings.QUEUES:
        row = due.get(queue)
        waiting.add_metric([queue], row["number"] if row else 0)
        oldest.add_metric([queue], _age(row["since"]) if row else 0)
    yield waiting
    yield oldest
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    yield _gauge("alongside_tasks_failed", "Background tasks that failed in the last 30 days.", {}, failed)


def _due() -> list[dict]:
    """A task that was put off waits since the moment it was put off to."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by()
    found: dict[str, dict] = {}
    for rows, since in (
        (ready.filter(run_after=get_date_max()), "enqueued_at"),
        (ready.filter(run_after__lte=clock.now()), "run_after"),
    ):
        for row in rows.values("queue_name").annotate(number=Count("id"), since=Min(since)):
            known = found.setdefault(row["queue_name"], {**row, "number": 0})
            known["number"] += row["number"]
            known["since"] = min(known["since"], row["since"])
    return list(found.values())


def _emails() -> Iterator[GaugeMetricFamily]:
    under_way = DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING), task_path__regex=OF_AN_EMAIL
    )
    yield _gauge(
        "alongside_emails_waiting",
        "Emails that are still to be sent, those tried again later with them.",
        {},
        under_way.count(),
    )
    failed = FailedEmail.objects.filter(settled_at=None).count()
    yield _gauge(
        "alongside_emails_failed", "Emails that were given up, and none got through since.", {}, failed
    )


def _backups() -> Iterator[GaugeMetricFamily]:
    """An age is left out until there is one: nothing would be read as no age at all."""
    for name, event, what in (
        ("backup", Event.MADE, "backup was made"),
        ("drill", Event.PROVED, "backup was restored as a test"),
    ):
        noted = BackupRecord.objects.filter(event=event).order_by("-created_at")
        latest, well = noted.first(), noted.filter(went_well=True).first()
        if well:
            yield _gauge(
                f"alongside_{name}_age_seconds",
                f"Since a {what}, and it went well.",
                {},
                _age(well.created_at),
            )
        if latest:
            yield _gauge(
                f"alongside_{name}_went_well", f"1 if it went well when last a {what}.", {}, latest.went_well
            )


def _age(since: dt.datetime) -> float:
    return max(0.0, (clock.now() - since).total_seconds())


def _database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    file = Path(settings.DATABASES["default"]["NAME"])
    return sum(os.path.getsize(one) for one in (file, Path(f"{file}-wal")) if one.exists())


def _gauge(name: str, text: str, labels: dict[str, str], value: float) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=list(labels))
    family.add_metric(list(labels.values()), float(value))
    return family
