"""No two claims of one person or place overlap: held by the database itself, whatever the code above it does."""

from django.db import migrations

# A range type over uuid gives GiST the equality it lacks without the btree_gist extension, which may not be there.
POSTGRESQL = [
    "CREATE TYPE environment_uuidrange AS RANGE (subtype = uuid)",
    """
    ALTER TABLE room_environment_claim ADD CONSTRAINT environment_claims_apart EXCLUDE USING gist (
      environment_uuidrange(subject, subject, '[]') WITH &&, tstzrange(starts_at, ends_at, '[)') WITH &&
    )
    """,
]
POSTGRESQL_BACK = [
    "ALTER TABLE room_environment_claim DROP CONSTRAINT environment_claims_apart",
    "DROP TYPE environment_uuidrange",
]

_OVERLAPS = """
  WHEN EXISTS (
    SELECT 1 FROM room_environment_claim other
    WHERE other.subject = NEW.subject AND other.id <> NEW.id
      AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at
  )
  BEGIN SELECT RAISE(ABORT, 'environment_claims_apart'); END
"""
SQLITE = [
    f"CREATE TRIGGER environment_claims_apart_insert BEFORE INSERT ON room_environment_claim {_OVERLAPS}",
    f"CREATE TRIGGER environment_claims_apart_update BEFORE UPDATE ON room_environment_claim {_OVERLAPS}",
]
SQLITE_BACK = [
    "DROP TRIGGER environment_claims_apart_insert",
    "DROP TRIGGER environment_claims_apart_update",
]


def keep_apart(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("room_environment", "0001_initial")]

    operations = [migrations.RunPython(keep_apart, let_go)]
