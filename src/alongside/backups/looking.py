"""Looking at a database: is it of a version this one knows, and do its words open?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from alongside.kernel.encryption import Sealed, SealedTextField, Unreadable, unseal


class WordsDoNotOpen(Exception):
    """The keyring is not the one with which they were sealed; the sentence names the table."""


def applied_migrations() -> list[str]:
    """None where there are no tables yet."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def unknown_migrations(applied: Iterable[str]) -> list[str]:
    """Those of ours that this version does not know: a newer one made them."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    ours = {config.label for config in apps.get_app_configs()}
    return [name for name in applied if name.partition(".")[0] in ours and name not in known]


def open_a_word_of_each() -> int:
    """The oldest and the newest value of every sealed column opens; how many columns had one. Or `WordsDoNotOpen`."""
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
            raise WordsDoNotOpen(
                f"Words in {model._meta.db_table} do not open with the keyring that is here."
            ) from error
    return bool(found)
