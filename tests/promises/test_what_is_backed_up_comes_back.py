"""What is backed up comes back: whole, into an empty home, with the right keys; else nothing changes and it says why.

Everything goes through the `alongside` command, as somebody at a keyboard would do it, on the database of this run.
"""

from __future__ import annotations

import base64
import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from alongside.backups import databases
from tests.homes import Home, killed_at_random, timed
from tests.served import own_database
from tests.sizes import many

KILLS = many(3, 200)


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
    for _ in killed_at_random(
        lambda: first.begin("backup"), times=KILLS, length=timed(first.begin("backup"))
    ):
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
    for _ in killed_at_random(lambda: second.begin(*words), times=KILLS, length=length):  # noqa: B023
        if not databases.is_empty(second.database):
            assert second.run("setup").returncode == 0
            assert second.rows() == before
            second = first.give_keys(homes())
    done = second.run("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert second.rows() == before


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
    another = base64.b64encode(b"a key that sealed nothing of it.").decode()
    older = {"current": "k1", "keys": {"k1": another}}
    file.write_text(json.dumps(older))
    try:
        refused = first.run("setup")
    finally:
        file.write_text(newest)

    assert refused.returncode == 1
    assert "The keyring is not the one this database was written with" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert first.run("setup").returncode == 0
