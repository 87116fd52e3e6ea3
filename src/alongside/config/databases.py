"""Which database there is, and how it is spoken to; for the settings. See decisions 3 and 66."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

KEPT_OPEN = 60
"""Seconds: opening a database for each page took a third of its time, so that each thread of the server keeps it."""

PREPARED_AFTER = 2
"""A statement that a connection has sent so often is prepared: PostgreSQL reads and plans it no more."""


def sqlite(file: Path) -> dict[str, Any]:
    """One writer at a time, so that transactions belong to actions, not to requests."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def postgresql(address: str, *, pooled: bool = False) -> dict[str, Any]:
    """`pooled`: between us and the server stands a pooler that lends its connections for one transaction each.

    What is said in one transaction is forgotten in the next, where another connection may answer: no statement can be
    prepared there, and no cursor left open. Values go beside the statement in either case, never within it.
    """
    found: dict[str, Any] = dict(
        dj_database_url.parse(
            address,
            engine="alongside.kernel.postgresql",
            conn_max_age=KEPT_OPEN,
            conn_health_checks=True,
            disable_server_side_cursors=pooled,
        )
    )
    found["ATOMIC_REQUESTS"] = False
    found["OPTIONS"] = {
        **found.pop("OPTIONS", {}),
        "server_side_binding": True,
        "prepare_threshold": None if pooled else PREPARED_AFTER,
    }
    return found
