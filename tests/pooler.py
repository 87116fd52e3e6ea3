"""PgBouncer in front of the tests' PostgreSQL, lending each connection for one transaction, as organisations run it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from alongside.config.serving import end_with_parent

MISSING = "pgbouncer is not on this machine. On Debian and Ubuntu: apt-get install pgbouncer"
PATIENCE = 60

INI = """
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {connections}
server_reset_query_always = 0
logfile = {folder}/log
pidfile = {folder}/pid
"""


@contextmanager
def pooled(address: str, folder: Path, *, connections: int = 2) -> Iterator[str]:
    """The same database as `address`, reached by a pooler that has so many connections to the server."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
    if not program:
        pytest.skip(MISSING)
    parts = urlsplit(address)
    folder.mkdir()
    who = _unprivileged(folder)
    file = folder / "pgbouncer.ini"
    where = {"host": unquote(parts.hostname or ""), "port": parts.port or 5432}
    file.write_text(INI.format(folder=folder, connections=connections, **where))
    (folder / "users").write_text(f'"{unquote(parts.username or "")}" "{unquote(parts.password or "")}"\n')
    with open(folder / "said", "wb") as said:
        process = subprocess.Popen(
            [program, str(file)], stdout=said, stderr=said, preexec_fn=end_with_parent, **who
        )
    try:
        _wait(process, folder)
        user = quote(unquote(parts.username or ""), safe="")
        yield f"postgres://{user}@{quote(str(folder), safe='')}:6432{parts.path}"
    finally:
        process.kill()
        process.wait()


def _unprivileged(folder: Path) -> dict[str, int]:
    """PgBouncer refuses to run as root, as PostgreSQL does."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(folder / ".s.PGSQL.6432"))
                return
            except OSError:
                time.sleep(0.05)
    raise AssertionError("the pooler did not open: " + (folder / "said").read_text(errors="replace"))
