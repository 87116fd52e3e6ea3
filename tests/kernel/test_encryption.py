"""Words at rest: sealed, bound to their row, readable with an older key."""

import base64
import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from alongside.kernel.encryption import Sealed, Unreadable, seal, unseal
from alongside.people.models import Organisation, Person

pytestmark = pytest.mark.django_db

TEXTS = [
    "",
    "plain",
    "a" * 10_000,
    "🌱 émigré",
    "مرحبا بالعالم",
    "<script>alert(1)</script>",
    "line\nline\ttab",
]


@pytest.fixture
def organisation():
    return Organisation.objects.create(name="Organisation")


@pytest.mark.parametrize("text", TEXTS)
def test_words_survive_a_round_trip(organisation, text):
    person = Person.objects.create(organisation=organisation, name="Someone", pronouns=text)

    assert Person.objects.get(id=person.id).pronouns == text


def test_nothing_lies_in_clear_in_the_database(organisation):
    person = Person.objects.create(organisation=organisation, name="Margaret Hathaway")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person WHERE id = %s", [_key(person)])
        stored = bytes(cursor.fetchone()[0])

    assert b"Margaret" not in stored and b"Hathaway" not in stored


def test_the_same_words_are_sealed_differently_each_time(organisation):
    first = Person.objects.create(organisation=organisation, name="Same")
    second = Person.objects.create(organisation=organisation, name="Same")

    rows = dict(Person.objects.values_list("id", "name"))

    assert rows[first.id] != rows[second.id]


def test_a_value_moved_to_another_row_does_not_open(organisation):
    first = Person.objects.create(organisation=organisation, name="First")
    second = Person.objects.create(organisation=organisation, name="Second")
    moved = Person.objects.values_list("name", flat=True).get(id=first.id)

    Person.objects.filter(id=second.id).update(name=Sealed(moved))

    with pytest.raises(Unreadable):
        _ = Person.objects.get(id=second.id).name


def test_a_value_moved_to_another_column_does_not_open(organisation):
    person = Person.objects.create(organisation=organisation, name="First")
    moved = Person.objects.values_list("name", flat=True).get(id=person.id)

    Person.objects.filter(id=person.id).update(pronouns=Sealed(moved))

    with pytest.raises(Unreadable):
        _ = Person.objects.get(id=person.id).pronouns


def test_values_list_readers_unseal_by_row(organisation):
    person = Person.objects.create(organisation=organisation, name="Listed")

    key, sealed = Person.objects.values_list("id", "name").get(id=person.id)

    assert unseal(Person, "name", key, sealed) == "Listed"


def test_an_update_with_plain_text_is_refused(organisation):
    person = Person.objects.create(organisation=organisation, name="Before")

    with pytest.raises(TypeError, match="sealed words"), transaction.atomic():
        Person.objects.filter(id=person.id).update(name="After")

    Person.objects.filter(id=person.id).update(name=seal(Person, "name", person.id, "After"))
    assert Person.objects.get(id=person.id).name == "After"


def test_words_sealed_with_an_older_key_still_open(organisation, settings):
    person = Person.objects.create(organisation=organisation, name="Old key")
    keys = dict(settings.ENCRYPTION_KEYRING["keys"], k2=base64.b64encode(os.urandom(32)).decode())

    settings.ENCRYPTION_KEYRING = {"current": "k2", "keys": keys}

    assert Person.objects.get(id=person.id).name == "Old key"


def test_saving_seals_again_with_the_current_key_only_what_was_read(organisation, settings):
    person = Person.objects.create(organisation=organisation, name="Read", pronouns="unread")
    keys = dict(settings.ENCRYPTION_KEYRING["keys"], k2=base64.b64encode(os.urandom(32)).decode())
    settings.ENCRYPTION_KEYRING = {"current": "k2", "keys": keys}

    again = Person.objects.get(id=person.id)
    assert again.name == "Read"
    again.save()

    name, pronouns = Person.objects.values_list("name", "pronouns").get(id=person.id)
    assert (name[1:3], pronouns[1:3]) == (b"k2", b"k1")


def test_without_the_key_nothing_opens(organisation, settings):
    person = Person.objects.create(organisation=organisation, name="Locked")

    settings.ENCRYPTION_KEYRING = {"current": "k9", "keys": {"k9": base64.b64encode(os.urandom(32)).decode()}}

    with pytest.raises(Unreadable):
        _ = Person.objects.get(id=person.id).name


def _key(person: Person) -> object:
    return person.id.hex if connection.vendor == "sqlite" else person.id


def test_resealing_lets_an_older_key_be_laid_away(organisation, settings):
    people = [
        Person.objects.create(organisation=organisation, name=f"Person {n}", pronouns="") for n in range(3)
    ]
    new = base64.b64encode(os.urandom(32)).decode()
    settings.ENCRYPTION_KEYRING = {
        "current": "k2",
        "keys": {**settings.ENCRYPTION_KEYRING["keys"], "k2": new},
    }

    call_command("reseal", stdout=StringIO())

    settings.ENCRYPTION_KEYRING = {"current": "k2", "keys": {"k2": new}}
    assert sorted(Person.objects.get(id=p.id).name for p in people) == ["Person 0", "Person 1", "Person 2"]
    assert Person.objects.get(id=people[0].id).pronouns == ""
