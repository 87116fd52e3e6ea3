"""A server: a home of its own with a database full of journeys, and the product's server in it."""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from alongside.config import serving

CLONE = Path(__file__).resolve().parent.parent
TABLES = os.environ.get("BENCH_TABLES", "")
"""A SQLite file that has the tables already; what is missing in it is migrated."""

WORKERS = 2
THREADS = 4
PATIENCE = 600
"""Seconds until a server answers on a machine that has much else to do."""


@dataclass
class BenchServer:
    """One seeded database. `facts` is what `bench.seed` said of it."""

    journeys: int
    environment: dict[str, str]
    facts: dict[str, Any]
    port: int = 0
    process: subprocess.Popen[bytes] | None = None


@dataclass
class DatabaseCluster:
    """The servers of one measurement, on one kind of database. Leaves nothing behind when it is left."""

    database: str
    folder: Path
    server_url: str = ""
    servers: list[BenchServer] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def __enter__(self) -> DatabaseCluster:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self.servers:
            stop(server)
        for name in self.made:
            _on_postgresql(self.server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    def build(self, journeys: int, *, check: bool = False, seeded_as: tuple[str, ...] = ()) -> BenchServer:
        """Migrate an empty database (the first time), copy it, seed the copy (`seeded_as`: further words for the seed)."""
        say(f"{self.database}: seeding {journeys:,} journeys")
        home = self.folder / f"server-{journeys}"
        home.mkdir()
        template_database = self._template_database()
        environment = self._environment(home)
        if self.database == "sqlite":
            shutil.copy(template_database, home / "alongside.sqlite3")
        else:
            name = self._new_database(str(journeys), template=template_database)
            environment["DATABASE_URL"] = _named(self.server_url, name)
        words = ["--journeys", str(journeys), *(["--check"] if check else []), *seeded_as]
        said = _python(environment, "-m", "bench.seed", *words)
        server = BenchServer(journeys, environment, json.loads(said))
        say(f"  {server.facts['rows']:,} rows in {server.facts['seed_seconds']} s")
        self.servers.append(server)
        return server

    def _template_database(self) -> str:
        """The file or the database that holds the tables and nothing else."""
        home = self.folder / "template_database"
        file = home / "alongside.sqlite3"
        if home.exists():
            return str(file) if self.database == "sqlite" else self.made[0]
        home.mkdir()
        if self.database == "sqlite" and TABLES:
            shutil.copy(TABLES, file)
        environment = self._environment(home)
        if self.database == "postgresql":
            environment["DATABASE_URL"] = _named(self.server_url, self._new_database("template_database"))
        _django(environment, "migrate", "--verbosity=0", "--skip-checks")
        _django(environment, "createcachetable", "--verbosity=0")
        _django(environment, "collectstatic", "--no-input", "--verbosity=0")
        return str(file) if self.database == "sqlite" else self.made[0]

    def _environment(self, home: Path) -> dict[str, str]:
        keep = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ALONGSIDE_", "DATABASE_"))
        }
        return keep | {
            "ALONGSIDE_HOME": str(home),
            "ALONGSIDE_SECRET_KEY": "the-bench-measures-and-keeps-no-secrets-from-anyone",
            "ALONGSIDE_KEYRING": json.dumps({"current": "k1", "keys": {"k1": _KEY}}),
            "BENCH_STATIC": str(self.folder / "static"),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": os.pathsep.join([str(CLONE / "src"), str(CLONE)]),
        }

    def _new_database(self, word: str, template: str = "template0") -> str:
        name = f"alongside_bench_{os.getpid()}_{word}"
        _on_postgresql(self.server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.append(name)
        return name


_KEY = base64.b64encode(secrets.token_bytes(32)).decode()


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(server: BenchServer) -> None:
    """Open the product's server on a free port of the loopback address, without the background worker."""
    server.port = free_port()
    command = serving._granian("127.0.0.1", server.port, WORKERS, THREADS)
    log = Path(server.environment["ALONGSIDE_HOME"]) / "server.log"
    with log.open("wb") as out:
        server.process = subprocess.Popen(
            [sys.executable, *command],
            env=server.environment,
            cwd=CLONE,
            stdout=out,
            stderr=out,
            preexec_fn=serving.end_with_parent,
        )
    until = time.monotonic() + PATIENCE
    while not _answers(server.port):
        if server.process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the server did not open:\n" + log.read_text()[-3000:])
        time.sleep(0.2)


def stop(server: BenchServer) -> None:
    if server.process is not None and server.process.poll() is None:
        server.process.terminate()
        try:
            server.process.wait(20)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()
    server.process = None


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/bench/which/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _python(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        env=environment,
        cwd=CLONE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=serving.end_with_parent,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed")
    return done.stdout


def _django(environment: dict[str, str], *words: str) -> None:
    _python(environment, "-m", "django", *words)


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/" + name))


def _on_postgresql(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
