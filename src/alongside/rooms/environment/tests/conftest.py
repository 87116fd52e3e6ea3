import pytest
from django.db import connection

from .factories import journey, place, seat  # noqa: F401
from .imap_server import box, imap_port  # noqa: F401


@pytest.fixture
def committed(transactional_db):
    """For tests that really commit: empties the ledger after them, which refuses that to everyone else.

    Django empties the tables by DELETE on SQLite, which the ledger forbids (on PostgreSQL by TRUNCATE).
    """
    yield
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in ("ledger_entry", "ledger_opening"):
            cursor.execute(f"DELETE FROM {table}")
        for _name, sql in triggers:
            cursor.execute(sql)
