"""The real product, served for a test: its own home, its own database, granian and the worker, as `alongside serve` does."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

PATIENCE = 180
"""Seconds until a fresh house, its tables made and its demo furnished, answers on a busy machine."""


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


@contextmanager
def own_database(home: Path):
    """The environment for a fresh database of the same sort the tests run on; dropped afterwards."""
    given = settings.DATABASES["default"]
    if given["ENGINE"].endswith("sqlite3"):
        yield {"ALONGSIDE_HOME": str(home)}
        return
    import psycopg

    name = f"alongside_{uuid4().hex}"
    reach = {
        "host": given["HOST"],
        "port": given["PORT"] or 5432,
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **reach) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    user = ":".join(urllib.parse.quote(reach[key], safe="") for key in ("user", "password") if reach[key])
    where = f"{urllib.parse.quote(reach['host'], safe='')}:{reach['port']}"
    try:
        yield {"ALONGSIDE_HOME": str(home), "DATABASE_URL": f"postgres://{user}@{where}/{name}"}
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True, **reach) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class Served:
    """A running product that can be killed and started again."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("ALONGSIDE_", "DJANGO_"))
            },
            "ALONGSIDE_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev",
            **self.environment,
        }
        if "DATABASE_URL" not in self.environment:
            environment.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alongside.config.command", "serve", "--port", str(self.port)],
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if os.environ.get("SERVED_QUIET") else None,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, "the server ended by itself"
                time.sleep(0.1)
        self.kill()
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
                self.process.wait(20)
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
        with self.opener.open(self.served.address + path, timeout=20) as answer:
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
        with self.opener.open(request, timeout=20) as answer:
            body = answer.read().decode()
        return json.loads(body) if as_json else body
