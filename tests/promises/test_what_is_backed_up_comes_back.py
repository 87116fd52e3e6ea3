"""What is backed up comes back: whole, into an empty home, with the right keys; else nothing changes and it says why.

Everything goes through the `alongside` command, as somebody at a keyboard would do it, on the database of this run.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from alongside.backups import databases
from alongside.config.serving import end_with_parent
from tests.served import own_database
from tests.sizes import many

KILLS = many(3, 200)


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

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table of ours that a backup promises to bring back."""
        if "DATABASE_URL" in self.given:
            import psycopg

            connection = psycopg.connect(**databases._reach(self.database))
            tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        else:
            import sqlite3

            connection = sqlite3.connect(self.folder / "alongside.sqlite3")
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        with closing(connection):
            names = [name for (name,) in connection.execute(tables).fetchall()]
            kept = set(names) - {"people_loginsession", "django_cache"}
            return {
                name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall()))
                for name in sorted(kept)
            }

    def give_keys(self, other: Home) -> Home:
        shutil.copytree(self.folder / "keys", other.folder / "keys")
        return other


@pytest.fixture(scope="module")
def homes(tmp_path_factory, django_db_setup):
    """`homes()`: one more empty home, with a database of its own."""
    with ExitStack() as stack:

        def one_more() -> Home:
            folder = tmp_path_factory.mktemp("home")
            return Home(folder, stack.enter_context(own_database(folder)))

        yield one_more


@pytest.fixture(scope="module")
def first(homes):
    """A home with an organisation and an administrator in it, and a file. Made once: nobody takes anything out of it."""
    home = homes()
    who = ("--organisation", "Riverside House", "--name", "Ada Admin", "--email", "ada@example.org")
    for words in (("setup",), ("manage", "createadmin", *who)):
        made = home.run(*words)
        assert made.returncode == 0, made.stderr
    (home.folder / "files").mkdir(exist_ok=True)
    (home.folder / "files" / "logo.svg").write_text("<svg/>")
    return home


def backed_up(home: Home) -> Path:
    done = home.run("backup")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip().rpartition(" into ")[2])


def test_everything_comes_back_and_is_proved_before(first, homes):
    before = first.rows()
    file = backed_up(first)
    assert file.parent == first.folder / "backups" and file.stat().st_mode & 0o777 == 0o600
    assert b"Riverside House" not in file.read_bytes()

    drilled = first.run("drill")
    assert drilled.returncode == 0 and "all of it is there" in drilled.stdout, drilled.stderr

    second = first.give_keys(homes())
    restored = second.run("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "words of" in restored.stdout
    assert second.rows() == before
    assert (second.folder / "files" / "logo.svg").read_text() == "<svg/>"
    assert {each.name for each in second.folder.iterdir() if each.name.startswith(".")} <= {".lock"}

    again = second.run("restore", str(file))
    assert again.returncode == 1 and "There is data here already" in again.stderr
    assert second.rows() == before


def test_without_the_right_keys_nothing_is_restored(first, homes):
    file = backed_up(first)
    bare = homes()
    refused = bare.run("restore", str(file))
    assert refused.returncode == 1 and "The keys are missing" in refused.stderr

    stranger = homes()
    (stranger.folder / "keys").mkdir()
    for name in ("secret_key", "backup_key"):
        shutil.copy(first.folder / "keys" / name, stranger.folder / "keys" / name)
    ring = {"current": "k1", "keys": {"k1": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}
    (stranger.folder / "keys" / "keyring.json").write_text(json.dumps(ring))
    refused = stranger.run("restore", str(file))
    assert refused.returncode == 1 and "key k1 is missing or another" in refused.stderr
    assert databases.is_empty(stranger.database)

    (stranger.folder / "keys" / "backup_key").write_text(_another_backup_key())
    refused = stranger.run("restore", str(file))
    assert refused.returncode == 1 and "another backup key" in refused.stderr
    assert databases.is_empty(stranger.database)
    named = first.give_keys(homes())
    (named.folder / "keys" / "backup_key").unlink()
    given = named.run("restore", str(file), "--key", str(first.folder / "keys" / "backup_key"))
    assert given.returncode == 0, given.stderr


def _another_backup_key() -> str:
    from alongside.backups.keys import new_backup_key

    return new_backup_key()


def test_a_damaged_file_is_refused_with_a_sentence_and_the_home_stays_empty(first, homes):
    raw = backed_up(first).read_bytes()
    second = first.give_keys(homes())
    file = second.folder / "damaged.age"
    for damaged in (raw[: len(raw) // 2], raw[:-1], b"", b"not a backup"):
        file.write_bytes(damaged)
        refused = second.run("restore", str(file))
        assert refused.returncode == 1 and "Nothing was restored." in refused.stderr
        assert "Traceback" not in refused.stderr
        assert databases.is_empty(second.database)
    missing = second.run("restore", "/nowhere/at-all.age")
    assert missing.returncode == 1 and "There is no file" in missing.stderr


def test_killed_at_any_moment_a_backup_is_whole_or_not_there(first):
    for _ in killed_at_random(lambda: first.begin("backup"), length=timed(first.begin("backup"))):
        pass
    assert first.run("drill").returncode == 0
    backed_up(first)
    assert first.run("drill").returncode == 0
    assert not (first.folder / "backups" / ".working").exists()


def test_killed_at_any_moment_a_restore_has_happened_or_can_be_begun_again(first, homes):
    before = first.rows()
    file = backed_up(first)
    length = timed(first.give_keys(homes()).begin("restore", str(file)))
    second = first.give_keys(homes())
    words = ("restore", str(file))
    for _ in killed_at_random(lambda: second.begin(*words), length=length):  # noqa: B023
        if not databases.is_empty(second.database):
            assert second.run("setup").returncode == 0
            assert second.rows() == before
            second = first.give_keys(homes())
    done = second.run("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert second.rows() == before


def timed(process: subprocess.Popen[bytes]) -> float:
    """How many seconds it takes when nobody kills it."""
    began = time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - began


def killed_at_random(begin: Callable[[], subprocess.Popen[bytes]], *, length: float) -> Iterator[None]:
    chance = random.Random(7)
    for _ in range(KILLS):
        process = begin()
        time.sleep(chance.uniform(0, length))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        yield


def test_keys_are_printed_once_to_be_locked_away(first, tmp_path):
    target = tmp_path / "keys.pdf"
    printed = first.run("keys", "print", str(target))
    assert printed.returncode == 0, printed.stderr
    assert target.stat().st_mode & 0o777 == 0o600
    from pypdf import PdfReader

    text = (
        "".join(page.extract_text() for page in PdfReader(target).pages)
        .replace("\n", "")
        .replace("\u200b", "")
    )
    assert (first.folder / "keys" / "backup_key").read_text() in text
    assert first.run("keys", "print", str(target)).returncode == 1


def test_an_old_key_goes_once_nothing_is_sealed_with_it(first):
    assert "the one in use" in first.run("keys", "retire", "k1").stderr
    assert "no key k9" in first.run("keys", "retire", "k9").stderr
    assert first.run("rotatekeys").returncode == 0
    retired = first.run("keys", "retire", "k1")
    assert retired.returncode == 0, retired.stderr
    ring = json.loads((first.folder / "keys" / "keyring.json").read_text())
    assert list(ring["keys"]) == ["k2"] == [ring["current"]]
    assert first.run("check").returncode == 0


def test_an_older_keyring_beside_a_newer_database_starts_nothing(first):
    assert first.run("setup").returncode == 0
    file = first.folder / "keys" / "keyring.json"
    newest = file.read_text()
    older = {"current": "k1", "keys": {"k1": json.loads(newest)["keys"]["k2"]}}
    file.write_text(json.dumps(older))
    try:
        refused = first.run("setup")
    finally:
        file.write_text(newest)

    assert refused.returncode == 1
    assert "The keyring is not the one this database was written with" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert first.run("setup").returncode == 0
