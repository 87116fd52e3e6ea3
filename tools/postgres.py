"""A PostgreSQL server for the length of a test run: from the machine, or else from a PyPI package.

It listens on a socket in a folder of its own, never on a port, and forgets everything when it ends.
"""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def server(*, durable: bool = False):
    """Yield the DATABASE_URL of a fresh server. `durable`: what it has acknowledged is on the disk, as in production."""
    place = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    programs = _within_reach(_programs(), place)
    who = _unprivileged()
    if who:
        os.chown(place, who["user"], who["group"])
    data = place / "data"
    process = None
    try:
        _quietly(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "alongside",
                "-E",
                "UTF8",
                "--locale=C",
                "-A",
                "trust",
                "-N",
            ],
            who,
            place,
        )
        with open(place / "log", "wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *_settings(place, durable=durable)],
                stdout=log,
                stderr=log,
                cwd=place,
                **who,
            )
        _wait(process, programs, place)
        yield f"postgres://alongside@{quote(str(place), safe='')}/postgres"
    finally:
        if process is not None and process.poll() is None:
            process.send_signal(2)
            process.wait(20)
        shutil.rmtree(place, ignore_errors=True)


def _settings(place: Path, *, durable: bool) -> list[str]:
    """Quick rather than safe: the data is thrown away. Promises about crashes kill our server, not this one."""
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(place),
        **({} if durable else dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), "off")),
        "max_connections": "100",
        "timezone": "UTC",
    }
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]


def _programs() -> Path:
    """The folder with initdb and postgres."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=_version, reverse=True)
    for found in (shutil.which("initdb"), *(f"{folder}/initdb" for folder in folders)):
        if found and os.path.exists(found):
            folder = Path(found).resolve().parent
            if (folder / "postgres").exists():
                return folder
    return _from_package()


def _version(folder: str) -> int:
    number = Path(folder).parent.name
    return int(number) if number.isdigit() else 0


def _from_package() -> Path:
    sys.path.insert(0, str(ROOT / "tools"))
    import prepare

    found = glob.glob(f"{prepare.postgres()}/**/bin/initdb", recursive=True)
    if not found:
        raise SystemExit("There is no PostgreSQL here. On Debian and Ubuntu: apt-get install postgresql")
    return Path(found[0]).parent


def _unprivileged() -> dict:
    """PostgreSQL refuses to run as root, so root lends it to a user without rights."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, place: Path) -> Path:
    """A package in the clone is copied to where the other user can run it: only root may enter the clone."""
    if os.geteuid() != 0 or not programs.is_relative_to(ROOT):
        return programs
    package = ROOT / ".venv" / "postgres"
    shutil.copytree(package, place / "programs", symlinks=True)
    return place / "programs" / programs.relative_to(package)


def _quietly(command: list, who: dict, place: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd=place, **who)
    if done.returncode != 0:
        raise SystemExit(f"PostgreSQL could not be made ready:\n{done.stdout}\n{done.stderr}")


def _wait(process: subprocess.Popen, programs: Path, place: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if (place / ".s.PGSQL.5432").exists():
            with contextlib.suppress(OSError), contextlib.closing(_dial(place)):
                return
        time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start:\n" + (place / "log").read_text(errors="replace"))


def _dial(place: Path):
    import psycopg

    try:
        return psycopg.connect(host=str(place), user="alongside", dbname="postgres")
    except psycopg.OperationalError as error:
        raise OSError(str(error)) from error


if __name__ == "__main__":
    with server() as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(1)
