"""Brings an installation up to date: keys, tables, static files, and in the demo its people.

What has been done is noted in a stamp, so that the next start can skip it and be quick.
"""

import hashlib
import json
import os
import sqlite3
import sys
from contextlib import closing
from importlib import metadata
from pathlib import Path

from alongside.backups.keys import missing_from
from alongside.config import home, surroundings


def set_up() -> None:
    """Once at a time: of two commands that begin together, the second waits and finds it done."""
    with home.claimed("setup", wait=True):
        set_up_alone()


def set_up_alone() -> None:
    """For who has claimed it already."""
    made = home.make_missing_keys()
    if _is_stamped("setup") and _canaries_open():
        return
    start_django()
    _refuse_new_keys_over_old_words(made)
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Tables, canaries and static files. Ended at any moment, it can be begun again: each change of the tables is whole."""
    from django.core.management import call_command

    from alongside.backups import databases, own_keys

    with databases.alone_on_the_server(databases.ours()):
        refuse_what_is_newer()
        own_keys.check()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        own_keys.plant()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    home.remember_version(metadata.version("alongside"))
    _stamp("setup")


def refuse_what_is_newer() -> None:
    """An older version would write into tables it does not know."""
    from alongside.backups import looking

    if looking.unknown_migrations(looking.applied_migrations()):
        raise surroundings.Wrong(
            f"The data in {home.home()} was last used by a newer version of Alongside than this one "
            f"({metadata.version('alongside')}). Install that version, or a later one. Nothing was changed."
        )


def furnish_demo() -> None:
    """In demo mode, furnish an empty house. A house with people in it is left as it is."""
    if os.environ.get("ALONGSIDE_DEMO") != "1" or _is_stamped("demo"):
        return
    start_django()
    from django.core.management import call_command

    call_command("furnish", "--if-empty")
    _stamp("demo")


def start_django() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _refuse_new_keys_over_old_words(made: list[Path]) -> None:
    """Keys made a moment ago cannot open words that are already there; better to stop than to mix the two."""
    if home.keyring_file() not in made:
        return
    from django.db import connection

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if "people_user" in tables:
        home.keyring_file().unlink()
        raise home.KeysMissing(
            f"The database is in use already, but its key file {home.keyring_file()} is missing. "
            "Put it back from your backup: without it nobody can read the words in the database."
        )


def _canaries_open() -> bool:
    """Whether the file's canaries and the keyring belong together, seen without Django; else it is looked at closely."""
    try:
        file = sqlite3.connect(f"file:{home.home() / 'alongside.sqlite3'}?mode=ro", uri=True)
        with closing(file):
            planted = dict(file.execute("SELECT key_id, sealed FROM backups_keycanary"))
    except sqlite3.Error:
        return False
    ring = home.read_keyring() or {"keys": {}}
    return set(planted) == set(ring["keys"]) and not missing_from(ring, planted)


def _stamp_file(name: str) -> Path:
    return home.home() / "stamps" / f"{name}.json"


def _is_stamped(name: str) -> bool:
    """Only SQLite is trusted to be as we left it: its file is here. A database server is asked every time."""
    if "DATABASE_URL" in os.environ or not (home.home() / "alongside.sqlite3").exists():
        return False
    try:
        return json.loads(_stamp_file(name).read_text()) == _state()
    except (OSError, ValueError):
        return False


def _stamp(name: str) -> None:
    if "DATABASE_URL" in os.environ:
        return
    _stamp_file(name).parent.mkdir(parents=True, exist_ok=True)
    _stamp_file(name).write_text(json.dumps(_state()))


def _state() -> dict:
    """What setup depends on: our migrations and static files as they are on disk, and some packages."""
    digest = hashlib.sha256()
    for file in sorted([*home.PACKAGE.glob("**/migrations/*.py"), *home.PACKAGE.glob("**/static/**/*")]):
        about = file.stat()
        digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    names = ["django", "django-allauth", "django-tasks-db", "whitenoise"]
    database = (home.home() / "alongside.sqlite3").stat()
    return {
        "files": digest.hexdigest(),
        "packages": {name: metadata.version(name) for name in names},
        "database": database.st_ino,
        "settings": os.environ["DJANGO_SETTINGS_MODULE"],
        "python": sys.version,
    }
