"""The ledger can be added to, and nothing else: the database itself refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.ledger.models import Entry, Opening
from alongside.ledger.openings import openings_of
from alongside.ledger.record import record, record_opening
from alongside.ledger.sealing import seal


def test_an_entry_can_be_neither_changed_nor_deleted(cast):
    entry = record("test.done", subject=cast.guide, by=cast.guide, count=1)

    for attempt in (
        lambda: Entry.objects.filter(id=entry.id).update(event="other"),
        lambda: Entry.objects.filter(id=entry.id).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()

    assert Entry.objects.get(id=entry.id).event == "test.done"


def test_an_entry_names_who_where_and_what(cast):
    journey = cast.journey()

    entry = record("test.done", subject=journey, by=cast.seat(cast.guide, journey), count=3)

    assert entry.person_id == cast.guide.id
    assert entry.user_id == cast.guide.user_id
    assert entry.journey_id == journey.id
    assert entry.organisation_id == cast.organisation.id
    assert (entry.subject_kind, entry.subject_id, entry.detail) == (
        "journeys.journey",
        journey.id,
        {"count": 3},
    )


def test_an_opening_is_recorded_once_per_login_session(cast):
    journey = cast.journey()
    opened = {"subject_kind": "meeting", "subject_id": journey.id, "journey_id": journey.id, "by": cast.guide}

    for login_session in ("monday", "monday", "tuesday"):
        record_opening(login_session=login_session, **opened)

    assert Opening.objects.count() == 2
    assert [opening.person_id for opening in openings_of(journey.id)] == [cast.guide.id]


SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's own")
POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's own")
TABLES = ("ledger_entry", "ledger_opening", "ledger_block", "ledger_sealedrow")
OPENED = {"subject_kind": "meeting", "login_session": "monday"}


@pytest.fixture
def full(cast):
    """One row in each table of the ledger."""
    journey = cast.journey()
    record("test.made", subject=cast.guide, by=cast.guide)
    record_opening(subject_id=journey.id, journey_id=journey.id, by=cast.guide, **OPENED)
    seal()
    assert all(count(table) for table in TABLES)


def count(table: str) -> int:
    return len(rows(table))


def rows(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return cursor.fetchall()


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {0} SET id = id", "DELETE FROM {0}"])
def test_no_row_of_any_table_is_changed_or_deleted(full, table, change):
    before = rows(table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(table))
    assert rows(table) == before


@POSTGRESQL
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied_at_once(full, table):
    before = rows(table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.check_constraints()  # what is still to be checked would refuse it as well
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")
    assert rows(table) == before


def replaced(table: str, **others: str) -> str:
    """A statement that puts a row over one that is there, with some of its columns different."""
    names = ["rowid", *columns(table)] if "rowid" in others else columns(table)
    values = ", ".join(others.get(name, f'"{name}"') for name in names)
    named = ", ".join(f'"{name}"' for name in names)
    return f"INSERT OR REPLACE INTO {table} ({named}) SELECT {values} FROM {table} LIMIT 1"


NEW_ID = "'" + "f" * 32 + "'"
OVER = [
    ("ledger_entry", {"event": "'test.rewritten'"}),
    ("ledger_entry", {"event": "'test.rewritten'", "id": NEW_ID, "rowid": "rowid"}),
    ("ledger_opening", {"created_at": "'2001-01-01'"}),
    ("ledger_opening", {"created_at": "'2001-01-01'", "id": NEW_ID, "rowid": "rowid", "journey_id": NEW_ID}),
    ("ledger_block", {"hash": "'another'"}),
    ("ledger_block", {"hash": "'another'", "id": NEW_ID}),
    ("ledger_block", {"hash": "'another'", "id": NEW_ID, "number": "7", "rowid": "rowid"}),
    ("ledger_sealedrow", {"digest": "x'00'"}),
    ("ledger_sealedrow", {"digest": "x'00'", "id": "NULL"}),
]


@SQLITE
@pytest.mark.parametrize(("table", "others"), OVER)
def test_no_row_is_written_over_by_any_value_that_is_unique(full, table, others):
    before = rows(table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(replaced(table, **others))
    assert rows(table) == before


@SQLITE
def test_an_opening_that_is_there_stays_as_it_was_recorded(full):
    before = rows("ledger_opening")
    with transaction.atomic():
        connection.cursor().execute(
            replaced("ledger_opening", id=NEW_ID, created_at="'2001-01-01'", user_id="NULL")
        )
    assert rows("ledger_opening") == before


@SQLITE
def test_every_guard_is_there_after_all_migrations(db):
    """A migration that makes a table of the ledger anew, as SQLite does for some, would lose what guards it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'")
        there = {name for (name,) in cursor.fetchall()}
    guards = {f"{table}_no_{what}" for table in TABLES for what in ("update", "delete", "replace", "rowid")}
    assert there == guards | {f"{table}_no_second" for table in TABLES[1:]}


def test_the_same_opening_twice_at_once_is_one_and_no_error(cast):
    journey = cast.journey()
    one = {"person_id": cast.guide.id, "journey_id": journey.id, "subject_id": journey.id, **OPENED}
    Opening.objects.bulk_create([Opening(**one), Opening(**one)], ignore_conflicts=True)
    assert Opening.objects.count() == 1
