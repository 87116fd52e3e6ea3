"""On which databases it is measured, and where they lie."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .servers import DatabaseCluster


def databases(asked: str) -> list[str]:
    return {"sqlite": ["sqlite"], "postgres": ["postgresql"], "both": ["sqlite", "postgresql"]}[asked]


def cluster_on(database: str) -> DatabaseCluster:
    url = os.environ.get("DATABASE_URL", "")
    if database == "postgresql" and not url.startswith("postgres"):
        raise SystemExit(
            "Say in DATABASE_URL which PostgreSQL server to use; databases are made in it and dropped again."
        )
    return DatabaseCluster(database, Path(tempfile.mkdtemp(prefix="alongside-bench-")), server_url=url)
