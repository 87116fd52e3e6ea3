"""Holds a restored database against its manifest, brings it up to date, and opens a word of each kind."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from alongside.kernel.encryption import Sealed, SealedTextField, Unreadable, unseal

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
            opened = _open_a_word_of_each()
            _leave_behind()
        except Wrong as wrong:
            self.stdout.write(json.dumps({"refused": str(wrong)}))
        else:
            self.stdout.write(json.dumps({"opened": opened}))


def _demand_known(applied: list[str]) -> None:
    """Every migration of ours that the backup has seen must be one that this version knows."""
    loader = MigrationLoader(connection)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    ours = {config.label for config in apps.get_app_configs()}
    newer = [name for name in applied if name.partition(".")[0] in ours and name not in known]
    if newer:
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


def _open_a_word_of_each() -> int:
    """The oldest and the newest value of every sealed column opens; how many columns had one."""
    opened = 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                opened += _opens(model, field)
    return opened


def _opens(model: Any, field: SealedTextField) -> bool:
    filled = model._base_manager.exclude(**{field.attname: Sealed(b"")}).exclude(
        **{f"{field.attname}__isnull": True}
    )
    values = filled.values_list("pk", field.attname)
    found = [row for row in (values.order_by("pk").first(), values.order_by("-pk").first()) if row]
    for key, value in found:
        try:
            unseal(model, field.column, key, value)
        except Unreadable as error:
            raise Wrong(
                f"Words in {model._meta.db_table} do not open with the keyring that is here."
            ) from error
    return bool(found)


def _leave_behind() -> None:
    with connection.cursor() as cursor:
        for table in LEFT_BEHIND:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
