"""The keyring beside the database is the one it was written with, or nothing starts."""

import base64

import pytest

from alongside.backups import own_keys
from alongside.backups.models import KeyCanary
from alongside.people.models import Person

pytestmark = pytest.mark.django_db
OLD, NEW = base64.b64encode(b"o" * 32).decode(), base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def ring(settings):
    def put(current: str, **keys: str) -> None:
        settings.ENCRYPTION_KEYRING = {"current": current, "keys": keys}

    put("k1", k1=OLD)
    return put


def planted() -> set[str]:
    return set(KeyCanary.objects.values_list("key_id", flat=True))


def test_each_key_has_a_canary_once(ring, cast):
    own_keys.plant()
    first = list(KeyCanary.objects.values_list())
    ring("k2", k1=OLD, k2=NEW)

    own_keys.check()
    own_keys.plant()

    assert planted() == {"k1", "k2"}
    assert list(KeyCanary.objects.filter(key_id="k1").values_list()) == first


def test_an_older_keyring_beside_a_newer_database_is_refused_in_one_sentence(ring, cast):
    ring("k2", k1=OLD, k2=NEW)
    own_keys.plant()
    cast.guide.name = "Sealed with the newer key"
    cast.guide.save()
    ring("k1", k1=OLD)

    with pytest.raises(own_keys.WrongKeyring) as refused:
        own_keys.check()

    assert "key k2 is missing" in str(refused.value) and "\n" not in str(refused.value)
    assert planted() == {"k1", "k2"}


def test_another_key_under_the_same_name_is_refused(ring, cast):
    own_keys.plant()
    ring("k1", k1=NEW)

    with pytest.raises(own_keys.WrongKeyring, match="key k1 is another one"):
        own_keys.check()


def test_a_key_that_seals_nothing_any_more_may_be_missing(ring, cast):
    ring("k2", k1=OLD, k2=NEW)
    own_keys.plant()
    Person.objects.all().update(name=b"")
    ring("k2", k2=NEW)

    own_keys.check()

    assert planted() == {"k2"}


def test_before_the_first_canary_the_newest_words_must_open(ring, cast):
    own_keys.check()
    ring("k1", k1=NEW)

    with pytest.raises(own_keys.WrongKeyring, match="newest words do not open"):
        own_keys.plant()

    assert planted() == set()
