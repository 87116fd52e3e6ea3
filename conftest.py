"""What holds for every test: no network, the database that was asked for, a throw-away home."""

import os
import socket
import sys

import hypothesis
import pytest

from tests import moment, sizes

# A machine may keep Python from keeping what it compiled: then every process of a run compiles the whole house anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Playwright's synchronous interface runs an event loop in the thread of the test; Django would refuse to work there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long one example takes says how busy the machine is, not whether the product is right.
hypothesis.settings.register_profile("alongside", deadline=None, max_examples=sizes.many(100, 1000))
hypothesis.settings.load_profile("alongside")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "django_db_reset_sequences"}
_connect = socket.socket.connect
_clock = moment.Clock()


def pytest_configure(config):
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        _clock.starts()
    socket.socket.connect = _connect_on_this_machine_only


def pytest_unconfigure(config):
    socket.socket.connect = _connect


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    _clock.begins_anew()


def _connect_on_this_machine_only(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise PermissionError(f"Tests stay on this machine; one wanted to reach {address[0]}.")
    return _connect(self, address)


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, run again what touches the database; the rest has been seen on SQLite."""
    if os.environ.get("ALONGSIDE_TEST_DB") != "postgres":
        return
    again = [item for item in items if _touches_database(item)]
    if len(again) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again


def _touches_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(scope="session", autouse=True)
def the_database_asked_for():
    """A PostgreSQL half that quietly ran on SQLite would prove nothing."""
    from django.db import connection

    asked = os.environ.get("ALONGSIDE_TEST_DB")
    if asked:
        assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[asked]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Where pytest-django asks what is to be different about the test databases: they are copied, not migrated."""
    from tests import template_database

    template_database.make_test_databases_from_it()


@pytest.fixture
def cast(db):
    """The same few people in every test, wherever it lies."""
    from tests.cast import gather

    return gather()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """The test itself, without its furnishing: so an action is tried where the test has come to."""
    marks = list(pyfuncitem.iter_markers("without_ledger"))
    if not marks:
        return (yield)
    from tests.without_ledger import each_tried

    with each_tried({name for mark in marks for name in mark.args}):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def the_ledger_can_be_emptied_between_tests():
    """Django empties the tables by DELETE on SQLite, by TRUNCATE on PostgreSQL. The ledger refuses both to everyone."""
    from django.db.backends.postgresql.base import DatabaseOperations as Postgresql
    from django.db.backends.sqlite3.base import DatabaseOperations as Sqlite

    flushes = {Sqlite: Sqlite.sql_flush, Postgresql: Postgresql.sql_flush}

    def flush_on_sqlite(self, *arguments, **more):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'"
            )
            triggers = cursor.fetchall()
        aside = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return [*aside, *flushes[Sqlite](self, *arguments, **more), *(sql for _name, sql in triggers)]

    def flush_on_postgresql(self, *arguments, **more):
        with self.connection.cursor() as cursor:
            tables = self.connection.introspection.table_names(cursor)
        ours = [table for table in tables if table.startswith("ledger_")]
        aside, back = (
            [f"ALTER TABLE {table} {what} TRIGGER {table}_no_truncate" for table in ours]
            for what in ("DISABLE", "ENABLE")
        )
        return [*aside, *flushes[Postgresql](self, *arguments, **more), *back]

    Sqlite.sql_flush, Postgresql.sql_flush = flush_on_sqlite, flush_on_postgresql
    yield
    for backend, flush in flushes.items():
        backend.sql_flush = flush
