"""Installations of their own, on which the `alongside` command is tried as somebody at a keyboard would, and killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from alongside.backups import databases
from alongside.config.serving import end_with_parent


class Home:
    """An installation of its own."""

    def __init__(self, folder: Path, given: dict[str, str]) -> None:
        self.folder, self.given = folder, given

    @property
    def environment(self) -> dict[str, str]:
        clean = {
            key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DJANGO_"))
        }
        clean.pop("DATABASE_URL", None)
        return {**clean, "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev", **self.given}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "alongside.config.command", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*words),
            env=self.environment,
            start_new_session=True,
            preexec_fn=end_with_parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def database(self) -> dict[str, object]:
        import dj_database_url

        if "DATABASE_URL" in self.given:
            return dict(dj_database_url.parse(self.given["DATABASE_URL"]))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": self.folder / "alongside.sqlite3"}

    def connect(self) -> Any:
        if "DATABASE_URL" in self.given:
            import psycopg

            return psycopg.connect(**databases._reach(self.database))
        import sqlite3

        return sqlite3.connect(self.folder / "alongside.sqlite3")

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table of ours that a backup promises to bring back."""
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if "DATABASE_URL" in self.given:
            tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        with closing(self.connect()) as connection:
            names = [name for (name,) in connection.execute(tables).fetchall()]
            kept = set(names) - {"people_loginsession", "django_cache"}
            return {
                name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall()))
                for name in sorted(kept)
            }

    def give_keys(self, other: Home) -> Home:
        shutil.copytree(self.folder / "keys", other.folder / "keys")
        return other


def timed(process: subprocess.Popen[bytes]) -> float:
    """How many seconds it takes when nobody kills it."""
    began = time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - began


def killed_at_random(
    begin: Callable[[], subprocess.Popen[bytes]], *, times: int, length: float
) -> Iterator[None]:
    """Begun so many times, and each time killed at a moment of it."""
    chance = random.Random(7)
    for _ in range(times):
        process = begin()
        time.sleep(chance.uniform(0, length))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        yield
