"""How each database is spoken to, and that the tests speak to it as production does."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from alongside.backups import databases as copies
from alongside.config import databases

ADDRESS = "postgres://us:pw@db.example:5433/alongside?sslmode=verify-full&sslrootcert=/etc/ours.pem"
only_postgresql = pytest.mark.skipif("settings.DATABASES['default']['ENGINE'].endswith('sqlite3')")


def test_statements_are_prepared_and_values_go_beside_them():
    found = databases.postgresql(ADDRESS)

    assert found["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ours.pem",
        "server_side_binding": True,
        "prepare_threshold": 2,
    }
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (60, True)
    assert (found["ATOMIC_REQUESTS"], found["DISABLE_SERVER_SIDE_CURSORS"]) == (False, False)


def test_through_a_pooler_nothing_is_left_in_a_connection():
    found = databases.postgresql(ADDRESS, pooled=True)

    assert found["OPTIONS"]["prepare_threshold"] is None
    assert found["OPTIONS"]["server_side_binding"] is True
    assert found["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_the_tests_speak_to_the_database_as_production_does():
    used = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        assert used["OPTIONS"] == databases.sqlite(Path("x"))["OPTIONS"]
    else:
        meant = databases.postgresql("postgres://u@h/n")
        assert used["ENGINE"] == meant["ENGINE"]
        assert {**used["OPTIONS"], **meant["OPTIONS"]} == used["OPTIONS"]


def test_a_copy_is_fetched_as_safely_as_a_page():
    """Whose certificate the server must show holds for backups and drills, too."""
    found = databases.postgresql(ADDRESS)

    reach = copies._reach(found)

    assert (reach["sslmode"], reach["sslrootcert"]) == ("verify-full", "/etc/ours.pem")
    assert set(reach) == {"dbname", "host", "port", "user", "password", "sslmode", "sslrootcert"}
    assert databases.postgresql(copies.address_of(found)) == found


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_ended_is_seen_without_asking():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
    assert connection.is_usable()
    assert _asked(connection.is_usable) == 0

    given = connection.get_connection_params()
    with psycopg.connect(**{**given, "cursor_factory": psycopg.Cursor}, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
    time.sleep(0.5)

    assert not connection.is_usable()
    connection.close()


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_quiet_for_long_is_asked(monkeypatch):
    connection.ensure_connection()
    connection.is_usable()
    usual = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: usual() + 11)

    assert _asked(connection.is_usable) == 1


def _asked(what) -> int:
    """How many statements that sends, seen by the cursors psycopg opens for it."""
    opened = []
    line = connection.connection
    usual = line.cursor
    line.cursor = lambda *arguments, **more: opened.append(1) or usual(*arguments, **more)
    try:
        assert what()
    finally:
        del line.cursor
    return len(opened)
