"""Holds a restored database against its manifest, brings it up to date, and opens a word of each kind."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from alongside.backups import looking

LEFT_BEHIND = ("people_loginsession", "django_cache")
"""Nobody is signed in after a restore, and what was remembered for a moment is old."""


class Wrong(Exception):
    """What was restored is not what it should be."""


class Command(BaseCommand):
    help = "Checks a database that was just restored; `alongside restore` calls it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manifest", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = json.loads(options["manifest"].read_text())
        try:
            _demand_known(manifest["migrations"])
            _demand_counts(manifest["counts"])
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            opened = looking.open_a_word_of_each()
            _leave_behind()
        except (Wrong, looking.WordsDoNotOpen) as wrong:
            self.stdout.write(json.dumps({"refused": str(wrong)}))
        else:
            self.stdout.write(json.dumps({"opened": opened}))


def _demand_known(applied: list[str]) -> None:
    """Every migration of ours that the backup has seen must be one that this version knows."""
    if looking.unknown_migrations(applied):
        raise Wrong(
            "This backup was made by a newer Alongside. Install that version, or a later one, and restore again."
        )


def _demand_counts(counts: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for table, rows in counts.items():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found = cursor.fetchone()[0]
            if found != rows:
                raise Wrong(f"The table {table} has {found} rows, and the backup says {rows}.")


def _leave_behind() -> None:
    with connection.cursor() as cursor:
        for table in LEFT_BEHIND:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
