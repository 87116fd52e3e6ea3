"""Blocks that seal the ledger, append-only themselves; and what was left by which a row could be written over.

SQLite's INSERT OR REPLACE deletes whatever stands in the way of any unique value, and asks no trigger that refuses to
delete: so each unique value is asked for before the row goes in, the hidden row number too. An opening that is there
already is left out, as two windows of one login session may record it in the same moment. PostgreSQL empties a whole
table by TRUNCATE, which asks no trigger for rows.
"""

import django.db.models.deletion
from django.db import migrations, models

import alongside.kernel.clock
import alongside.kernel.ids

REFUSED = "SELECT RAISE(ABORT, 'the ledger is append-only')"
OLDER = ("ledger_entry", "ledger_opening")
NEWER = ("ledger_block", "ledger_sealedrow")
UNIQUE = {
    "ledger_block": ("number",),
    "ledger_sealedrow": ("row_id", "table"),
}
ONCE = ("journey_id", "person_id", "login_session", "subject_id", "subject_kind")


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _guard_postgresql(schema_editor)
    elif schema_editor.connection.vendor == "sqlite":
        _guard_sqlite(schema_editor)


def _guard_postgresql(schema_editor):
    for table in NEWER:
        for change in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
            )
    for table in (*OLDER, *NEWER):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
        )


def _guard_sqlite(schema_editor):
    for table in NEWER:
        for change in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN {REFUSED}; END"
            )
        _no_insert_over(schema_editor, table, "replace", ("id",), REFUSED)
        _no_insert_over(schema_editor, table, "second", UNIQUE[table], REFUSED)
    _no_insert_over(schema_editor, "ledger_opening", "second", ONCE, "SELECT RAISE(IGNORE)")
    for table in (*OLDER, *NEWER):
        # -1 is what a row without a number of its own says here
        when = f"NEW.rowid <> -1 AND EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"  # noqa: S608
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_rowid BEFORE INSERT ON {table} WHEN {when} BEGIN {REFUSED}; END"
        )


def _no_insert_over(schema_editor, table, name, columns, answer):
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    if "id" not in columns:
        same += " AND id <> NEW.id"
    schema_editor.execute(
        f"CREATE TRIGGER {table}_no_{name} BEFORE INSERT ON {table} "  # noqa: S608 - names of our own
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {answer}; END"
    )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in OLDER:
            schema_editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER ledger_opening_no_second")
        for table in OLDER:
            schema_editor.execute(f"DROP TRIGGER {table}_no_rowid")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_no_rewriting")]

    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(default=alongside.kernel.clock.now, editable=False)),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SealedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=10)),
                ("row_id", models.UUIDField()),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.block",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("row_id", "table"), name="ledger_sealed_once")
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
