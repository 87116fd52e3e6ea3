"""Keys: the right ones are told from wrong ones, and old ones go only when nothing needs them."""

import base64
import os

import pytest
from django.test import override_settings

from alongside.backups.keys import canaries, identity_from, missing_from, new_backup_key
from alongside.kernel.key_use import values_sealed_with
from alongside.people.models import Person


def new_key():
    return base64.b64encode(os.urandom(32)).decode()


RING = {"current": "k2", "keys": {"k1": new_key(), "k2": new_key()}}


def test_the_ring_that_was_in_use_opens_every_canary_also_with_newer_keys_beside():
    later = {"current": "k3", "keys": {**RING["keys"], "k3": new_key()}}
    assert missing_from(RING, canaries(RING)) == missing_from(later, canaries(RING)) == []


def test_a_missing_key_and_another_key_of_the_same_name_are_named():
    older = {"current": "k1", "keys": {"k1": RING["keys"]["k1"]}}
    other = {"current": "k2", "keys": {"k1": new_key(), "k2": "not Base64 of anything"}}
    assert missing_from(older, canaries(RING)) == ["k2"]
    assert missing_from(other, canaries(RING)) == missing_from(None, canaries(RING)) == ["k1", "k2"]


def test_a_backup_key_is_read_from_its_file_with_remarks_or_without():
    key = new_backup_key()
    assert str(identity_from(f"# made today\n\n{key}\n")) == key
    for text in ("", "hello", key[:-4]):
        with pytest.raises(ValueError, match="not a backup key"):
            identity_from(text)


def test_what_is_still_sealed_with_a_key_is_counted(cast, settings):
    before = Person.objects.exclude(name=b"").count()
    old = settings.ENCRYPTION_KEYRING
    with override_settings(ENCRYPTION_KEYRING={"current": "k2", "keys": {**old["keys"], "k2": new_key()}}):
        cast.guide.name = "Gwen Newkey"
        cast.guide.save()
        assert values_sealed_with("k2") == 1
        assert values_sealed_with("k1") >= before - 1 > 0
        assert values_sealed_with("k") == 0, "a name that begins alike is another name"
