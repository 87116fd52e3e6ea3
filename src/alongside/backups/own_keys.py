"""Whether the keyring beside the database is the one it was written with: for each key a known word lies sealed in it.

An older keyring, put back beside a newer database, would open some words and not others, and seal new ones with a key
that is on its way out. So every start looks at the canaries first. A key that seals nothing any more may be missing.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from alongside.kernel.encryption import Unreadable
from alongside.kernel.key_use import values_sealed_with
from alongside.people.models import Person

from .keys import canary, missing_from
from .models import KeyCanary

NOT_THE_ONE = "The keyring is not the one this database was written with:"
WHAT_HELPS = (
    "Put back the newest copy of keyring.json. Until then nothing is started, so that nothing is lost."
)


class WrongKeyring(ImproperlyConfigured):
    """The keys do not belong to the database; the message is the one sentence about it."""


def check() -> None:
    """Refuse a keyring that is not the database's. Before tables are brought up to date, as that may seal words."""
    if KeyCanary._meta.db_table not in connection.introspection.table_names():
        return
    ring = settings.ENCRYPTION_KEYRING
    for key_id in missing_from(ring, dict(KeyCanary.objects.values_list("key_id", "sealed"))):
        if key_id in ring["keys"] or _seals_something(key_id):
            raise WrongKeyring(_sentence(key_id, "another one" if key_id in ring["keys"] else "missing"))
        forget(key_id)


def plant() -> None:
    """A canary for each key that has none."""
    ring = settings.ENCRYPTION_KEYRING
    planted = set(KeyCanary.objects.values_list("key_id", flat=True))
    if not planted:
        _refuse_unless_words_open()
    for key_id in set(ring["keys"]) - planted:
        KeyCanary.objects.get_or_create(key_id=key_id, defaults={"sealed": canary(ring["keys"][key_id])})


def forget(key_id: str) -> None:
    """The key is retired: nothing is sealed with it, and it may be missing from now on."""
    KeyCanary.objects.filter(key_id=key_id).delete()


def _seals_something(key_id: str) -> bool:
    try:
        return values_sealed_with(key_id) > 0
    except DatabaseError:
        return True  # tables of an older version cannot all be looked through: rather refuse


def _refuse_unless_words_open() -> None:
    """Before the first canary: the newest name must open, or the keyring is an older one already."""
    newest = Person.objects.order_by("-created_at").first()
    try:
        _opened = newest and newest.name
    except Unreadable as error:
        raise WrongKeyring(f"{NOT_THE_ONE} its newest words do not open. {WHAT_HELPS}") from error


def _sentence(key_id: str, how: str) -> str:
    return f"{NOT_THE_ONE} key {key_id} is {how}. {WHAT_HELPS}"
