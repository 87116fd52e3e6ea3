"""The real product, served for a test: its own home, its own database, granian and the worker, as `alongside serve` does.

A home is furnished once in a run, and copied for each who serves one. What is started here ends with the test, also when
the test fails, is interrupted or is killed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from alongside.config import home as keys
from alongside.config.serving import end_with_parent
from alongside.kernel import clock
from tests import moment, template_database

ROOT = Path(__file__).resolve().parent.parent
LOOKS = (ROOT / "src", ROOT)
PATIENCE = 900
"""Seconds until a house answers on a machine that is busy with everything else. It takes about four on a quiet one."""


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


# --- homes -------------------------------------------------------------------------------------------------------


@contextmanager
def own_database(home: Path) -> Iterator[dict[str, str]]:
    """The environment for a home in which nothing is yet, and on PostgreSQL an empty database of its own."""
    with _database_from("template1") as own:
        yield {"ALONGSIDE_HOME": str(home), **own}


@contextmanager
def own_home(home: Path) -> Iterator[dict[str, str]]:
    """The environment for a home with keys and empty tables, in a database of the same sort the tests run on."""
    template = _lay_out(home)
    with _database_from(template) as own:
        yield {"ALONGSIDE_HOME": str(home), **own}


@contextmanager
def furnished_home(home: Path) -> Iterator[dict[str, str]]:
    """The same with the people and journeys of the demo in it."""
    furnished, template = _furnished()
    shutil.copytree(furnished, home, dirs_exist_ok=True)
    _know_again(home)
    with _database_from(template) as own:
        yield {"ALONGSIDE_HOME": str(home), **own}


def _furnished() -> tuple[Path, str]:
    """The home, and on PostgreSQL the database, that every furnished home of this run is a copy of.

    The demo is told as of today, so that a run over midnight furnishes a second one. While the clock of the run is
    moved it stands still for that: each test begins at that moment, and nothing may have been done after it. The database
    goes with the server.
    """
    run = Path(os.environ["ALONGSIDE_TEST_HOME"])
    home = run / f"furnished-{clock.today('Europe/London')}"
    named = run / f"{home.name}.database"
    with template_database.one_at_a_time(run):
        if not named.exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            template = _lay_out(home)
            database = "" if _on_sqlite() else _copied(template)
            own = {"ALONGSIDE_HOME": str(home), **_reached_at(database)}
            own |= moment.told(*LOOKS, still=True)
            runs("alongside.config.command", "demo", environment=own)
            named.write_text(database)
    return home, named.read_text()


def _lay_out(home: Path) -> str:
    """Keys, and on SQLite the tables; otherwise the answer is the name of the database that has them."""
    _write_keys(home)
    tables = template_database.kept()
    if tables and _on_sqlite():
        shutil.copyfile(tables, home / "alongside.sqlite3")
    return str(tables or "template1")


def _write_keys(home: Path) -> None:
    keys_of = {"secret_key": "of-a-test-and-of-no-worth-" + uuid4().hex * 2}
    keys_of["keyring.json"] = json.dumps({"current": "k1", "keys": {"k1": keys.new_key()}})
    (home / "keys").mkdir()
    for name, content in keys_of.items():
        (home / "keys" / name).write_text(content)


def _know_again(home: Path) -> None:
    """A copied database is another file, but as well set up as the one it was copied from."""
    for stamp in (home / "stamps").glob("*.json"):
        state = json.loads(stamp.read_text())
        stamp.write_text(json.dumps({**state, "database": (home / "alongside.sqlite3").stat().st_ino}))


def _on_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


@contextmanager
def _database_from(template: str) -> Iterator[dict[str, str]]:
    """On PostgreSQL a copy of another database, dropped afterwards. On SQLite the home has it."""
    if _on_sqlite():
        yield {}
        return
    name = _copied(template)
    try:
        yield _reached_at(name)
    finally:
        _on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copied(template: str) -> str:
    name = f"alongside_{uuid4().hex}"
    with template_database.one_at_a_time(template_database.CACHE):
        _on_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _on_the_server(statement: str) -> None:
    import psycopg

    given = settings.DATABASES["default"]
    reach = {name: given[name.upper()] for name in ("host", "user", "password")}
    with psycopg.connect(dbname="postgres", port=given["PORT"] or 5432, autocommit=True, **reach) as server:
        server.execute(statement)


def _reached_at(name: str) -> dict[str, str]:
    """What says to a process which database is its own; nothing on SQLite, where its home does."""
    if not name:
        return {}
    given = settings.DATABASES["default"]
    user = ":".join(urllib.parse.quote(given[key], safe="") for key in ("USER", "PASSWORD") if given[key])
    where = f"{urllib.parse.quote(given['HOST'], safe='')}:{given['PORT'] or 5432}"
    return {"DATABASE_URL": f"postgres://{user}@{where}/{name}"}


# --- processes ---------------------------------------------------------------------------------------------------


def environment_of(own: dict[str, str]) -> dict[str, str]:
    """What a process of the product is told when a test starts it: nothing that was meant for the tests."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("ALONGSIDE_", "DJANGO_")) and key != "DATABASE_URL"
    }
    return {
        **kept,
        "ALONGSIDE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev",
        **moment.told(*LOOKS),
        **own,
    }


def runs(*words: str, environment: dict[str, str]) -> str:
    """Run a module of the product to its end, in the home of this environment; its output."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=environment_of(environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=end_with_parent,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served_home(home: Path) -> Iterator[Served]:
    """A furnished home that is open while the test goes on."""
    with furnished_home(home) as environment:
        served = Served(environment)
        try:
            served.start()
            yield served
        finally:
            served.stop()


@dataclass
class Served:
    """A running product that can be killed and started again."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None
    headers: dict[str, str] = field(default_factory=dict)
    """What a proxy in front would say, for a house that serves nobody without one."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alongside.config.command", "serve", "--port", str(self.port)],
            env=environment_of(self.environment),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            preexec_fn=end_with_parent,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                asked = urllib.request.Request(f"{self.address}/healthz", headers=self.headers)
                with urllib.request.urlopen(asked, timeout=60):
                    return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, "the server ended by itself"
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        """SIGKILL for the server, its workers and the background worker, all at once."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()


class Visitor:
    """A browser without pictures: keeps cookies, knows the page's form token."""

    def __init__(self, served: Served, persona: str) -> None:
        self.served = served
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token = ""
        self.post("/demo/sign-in", {"persona": persona})

    def get(self, path: str) -> str:
        with self.opener.open(self.served.address + path, timeout=120) as answer:
            page = answer.read().decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return str(page)

    def get_json(self, path: str) -> Any:
        return json.loads(self.get(path))

    def post(self, path: str, fields: dict[str, str], *, as_json: bool = False) -> Any:
        request = urllib.request.Request(self.served.address + path, urllib.parse.urlencode(fields).encode())
        request.add_header("X-CSRFToken", self.token)
        if as_json:
            request.add_header("Accept", "application/json")
        with self.opener.open(request, timeout=120) as answer:
            body = answer.read().decode()
        return json.loads(body) if as_json else body
