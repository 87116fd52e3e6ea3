"""Nor does SQLite write over a row that is there: its INSERT OR REPLACE asks no trigger that refuses to delete."""

from django.db import migrations

TABLES = ("ledger_entry", "ledger_opening")


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - names of our own
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_renames")]
    operations = [migrations.RunPython(guard, unguard)]
