"""On which databases it is measured, and where they lie."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import postgres

from .servers import DatabaseCluster


def databases(asked: str) -> list[str]:
    return {"sqlite": ["sqlite"], "postgres": ["postgresql"], "both": ["sqlite", "postgresql"]}[asked]


@contextmanager
def cluster_on(database: str) -> Iterator[DatabaseCluster]:
    """On PostgreSQL in the server of DATABASE_URL, where databases are made and dropped again; else in one of its own."""
    url = os.environ.get("DATABASE_URL", "")
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    if database != "postgresql" or url.startswith("postgres"):
        with DatabaseCluster(database, folder, server_url=url) as cluster:
            yield cluster
        return
    with (
        postgres.server(durable=True) as own,
        DatabaseCluster(database, folder, server_url=own) as cluster,
    ):
        yield cluster
