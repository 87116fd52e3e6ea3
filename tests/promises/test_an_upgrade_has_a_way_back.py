"""An upgrade has a way back: nothing is changed before a backup was proved, and killed at any moment it can be gone on with.

Everything goes through the `alongside` command, on the database of this run. An older home is one whose last migrations
were taken back.
"""

from __future__ import annotations

import fcntl
import re
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from alongside.backups import archive, databases, keys, upgrades
from alongside.config.upgrade import only_adds
from tests.homes import Home, killed_at_random, timed
from tests.served import free_port, own_database
from tests.sizes import many

KILLS = many(2, 200)
ADDS_TABLES, NOT_BESIDE_A_SERVER = ("retention", "0001"), ("room_ending", "0008")


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
    home = homes()
    who = ("--organisation", "Riverside House", "--name", "Ada Admin", "--email", "ada@example.org")
    for words in (("setup",), ("manage", "createadmin", *who)):
        made = home.run(*words)
        assert made.returncode == 0, made.stderr
    return home


def make_older(home: Home, *to: tuple[str, str]) -> Home:
    """As the version before left it: by default with a change to come beside which it could not go on."""
    for app, name in to or (NOT_BESIDE_A_SERVER,):
        done = home.run("manage", "migrate", app, name)
        assert done.returncode == 0, done.stderr
    (home.folder / "stamps" / "version").write_text("0.0.9")
    return home


def only_adding() -> tuple[str, str]:
    """The app of a last migration that only adds, and the one before it in that app."""
    loader = MigrationLoader(None)
    for app, name in sorted(loader.graph.leaf_nodes()):
        before = [one for one in loader.graph.node_map[app, name].parents if one.key[0] == app]
        if before and only_adds([loader.get_migration(app, name)]):
            return before[0].key
    raise AssertionError("no last migration only adds")


def applied(home: Home) -> set[str]:
    with closing(home.connect()) as connection:
        return {
            f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")
        }


def words_of(home: Home) -> dict[str, list[str]]:
    """What people have written and who they are: the same before and after, whatever is noted beside it."""
    return {table: rows for table, rows in home.rows().items() if table.startswith("people_") and rows}


def named_in(output: str) -> Path:
    found = re.search(r"alongside restore (\S+)", output)
    assert found, output
    return Path(found[1])


def test_one_command_backs_up_proves_upgrades_checks_and_its_way_back_leads_back(first, homes):
    newest = applied(first)
    make_older(first, ADDS_TABLES, NOT_BESIDE_A_SERVER)
    before, words = applied(first), words_of(first)

    done = first.run("upgrade")

    assert done.returncode == 0, done.stderr
    assert [line[:6] for line in done.stdout.splitlines()[:4]] == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    changes = len(newest - before)
    assert f"was brought from 0.0.9 to Alongside 0.1.0, with {changes} changes" in done.stdout
    assert "install version 0.0.9" in done.stdout
    assert applied(first) == newest and changes >= 2
    assert words_of(first) == words
    assert not (first.folder / upgrades.WORKING).exists()

    file = named_in(done.stdout)
    assert file.parent == first.folder / "backups" / upgrades.FOLDER
    assert file.stat().st_mode & 0o777 == 0o600
    identity = keys.identity_from((first.folder / "keys" / "backup_key").read_text())
    (first.folder / "looked-at").mkdir()
    manifest = archive.unpack(file, first.folder / "looked-at", identity)
    assert (set(manifest.migrations), manifest.version) == (before, "0.0.9")

    back = first.give_keys(homes())
    restored = back.run("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert words_of(back) == words

    again = first.run("upgrade")
    assert again.returncode == 0 and "nothing had to be changed" in again.stdout, again.stderr
    assert "of 4" not in again.stdout


@pytest.mark.one_database
def test_killed_at_any_moment_it_changed_nothing_or_can_be_gone_on_with(first):
    words = words_of(make_older(first))
    older = applied(first)
    length = timed(first.begin("upgrade"))
    make_older(first)
    assert applied(first) == older

    for _ in killed_at_random(lambda: first.begin("upgrade"), times=KILLS, length=length):
        assert words_of(first) == words
        if "room_ending.0009_much_worse" in applied(first):
            ended = first.run("upgrade")
            assert ended.returncode == 0, ended.stderr
            make_older(first)

    done = first.run("upgrade")
    assert done.returncode == 0, done.stderr
    assert words_of(first) == words
    assert not (first.folder / upgrades.WORKING).exists()


@pytest.mark.one_database
def test_killed_half_way_it_goes_on_from_the_backup_it_began_with(first):
    make_older(first, ADDS_TABLES, NOT_BESIDE_A_SERVER)
    assert first.run("upgrade").returncode == 0
    made = sorted((first.folder / "backups" / upgrades.FOLDER).iterdir())
    journal = first.folder / "stamps" / "upgrade.json"
    journal.write_text(journal.read_text().replace('"done": true', '"done": false'))
    assert first.run("manage", "migrate", "room_ending", "0008").returncode == 0

    done = first.run("upgrade")

    assert done.returncode == 0, done.stderr
    assert f"Going on with the upgrade that was begun with the backup {made[-1]}" in done.stdout
    assert "1 of 4" not in done.stdout and named_in(done.stdout) == made[-1]
    assert sorted((first.folder / "backups" / upgrades.FOLDER).iterdir()) == made


@pytest.mark.one_database
def test_what_would_fail_fails_on_the_copy_and_nothing_is_changed(first):
    make_older(first, ADDS_TABLES)
    with closing(first.connect()) as connection:
        connection.execute("CREATE TABLE retention_keepingrule (in_the_way integer)")
        connection.commit()
    before, rows = applied(first), first.rows()
    try:
        refused = first.run("upgrade")
        assert refused.returncode == 1
        assert refused.stderr.startswith("Nothing was changed. The restored database could not be brought")
        assert "Traceback" not in refused.stderr.splitlines()[0]
        assert (applied(first), first.rows()) == (before, rows)
    finally:
        with closing(first.connect()) as connection:
            connection.execute("DROP TABLE retention_keepingrule")
            connection.commit()
    assert first.run("upgrade").returncode == 0


@pytest.mark.one_database
def test_beside_a_running_server_only_what_adds_is_done(first):
    make_older(first, only_adding(), NOT_BESIDE_A_SERVER)
    before = applied(first)
    with open(first.folder / "stamps" / "serving.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = first.run("upgrade")
        assert refused.returncode == 1
        assert refused.stderr == (
            "Nothing was changed. Alongside is running, and an older version must not go on beside these changes. "
            "Stop it first, on every machine: systemctl stop alongside\n"
        )
        assert applied(first) == before

        assert first.run("manage", "migrate", "room_ending").returncode == 0
        added = first.run("upgrade")
        assert added.returncode == 0, added.stderr
        assert "It can go on: this upgrade only adds" in added.stdout


def test_a_home_of_a_newer_version_is_refused_in_one_sentence_by_every_command(first):
    with closing(first.connect()) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('people', '9999_from_tomorrow', '2030-01-01')"
        )
        connection.commit()
    (first.folder / "stamps" / "setup.json").unlink(missing_ok=True)
    before = first.rows()
    try:
        for words in (("upgrade",), ("serve", "--port", str(free_port()))):
            refused = first.run(*words)
            assert refused.returncode == 1
            assert "was last used by a newer version of Alongside than this one (0.1.0)" in refused.stderr
            assert len(refused.stderr.strip().splitlines()) == 1
        assert first.rows() == before
    finally:
        with closing(first.connect()) as connection:
            connection.execute("DELETE FROM django_migrations WHERE name = '9999_from_tomorrow'")
            connection.commit()


@pytest.mark.one_database
def test_without_data_or_without_keys_there_is_nothing_to_upgrade(homes):
    bare = homes()
    refused = bare.run("upgrade")
    assert refused.returncode == 1 and "The keys are missing" in refused.stderr
    assert databases.is_empty(bare.database)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("operation", "adds"),
    [
        (migrations.CreateModel("Thing", []), True),
        (migrations.AddField("thing", "word", models.TextField(null=True)), True),
        (migrations.AddField("thing", "word", models.TextField(db_default="")), True),
        (migrations.AddField("thing", "word", models.TextField(default="")), False),
        (migrations.AlterField("thing", "word", models.TextField(null=True)), False),
        (migrations.RemoveField("thing", "word"), False),
        (migrations.RenameField("thing", "word", "words"), False),
        (migrations.DeleteModel("Thing"), False),
        (migrations.RunSQL("SELECT 1"), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
    ],
)
def test_only_what_old_code_does_not_notice_is_said_to_add(operation, adds):
    migration = migrations.Migration("0001", "app")
    migration.operations = [migrations.CreateModel("Other", []), operation]
    assert only_adds([migration]) is adds
