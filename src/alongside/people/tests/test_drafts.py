"""The key to one's own drafts: the same each time, another for everybody else, and never for who is not signed in."""

import base64

import pytest
from django.urls import reverse

from alongside.people.drafts import draft_key
from tests.cast import Cast

KEYS = {"k1": base64.b64encode(b"a" * 32).decode(), "k2": base64.b64encode(b"b" * 32).decode()}


@pytest.fixture
def ring(settings):
    settings.ENCRYPTION_KEYRING = {"current": "k1", "keys": KEYS}
    return settings


def test_each_person_has_a_key_of_their_own_and_the_same_each_time(cast: Cast, ring):
    guide, participant = draft_key(cast.guide), draft_key(cast.participant)
    assert guide == draft_key(cast.guide)
    assert guide and participant
    assert len(base64.urlsafe_b64decode(guide.key)) == 32
    assert {guide.key, guide.owner}.isdisjoint({participant.key, participant.owner})
    assert str(cast.guide.id) not in guide.owner


def test_a_new_key_of_the_ring_makes_a_new_key_and_opens_older_drafts(cast: Cast, ring):
    before = draft_key(cast.guide)
    ring.ENCRYPTION_KEYRING = {"current": "k2", "keys": KEYS}
    after = draft_key(cast.guide)
    assert before and after
    assert after.epoch == "k2" and after.key != before.key and after.owner == before.owner
    assert draft_key(cast.guide, "k1") == before
    assert draft_key(cast.guide, "k7") is None


def test_the_door_gives_it_to_its_person_alone_and_nobody_stores_it(cast: Cast):
    answer = cast.client(cast.guide).get(reverse("people:draft_key"), headers={"accept": "application/json"})
    found = draft_key(cast.guide)
    assert found
    assert answer.json()["key"] == found.key and answer.json()["sentences"]["title"]
    assert "no-store" in answer["Cache-Control"]


def test_the_door_asks_no_more_than_who_it_is(cast: Cast, django_assert_num_queries):
    client = cast.client(cast.guide)
    client.get(reverse("people:draft_key"))
    with django_assert_num_queries(2):
        client.get(reverse("people:draft_key"))


def test_an_unknown_key_is_not_there(cast: Cast):
    assert cast.client(cast.guide).get(reverse("people:draft_key"), {"epoch": "k99"}).status_code == 404


def test_a_page_that_is_signed_out_is_told_so(client, db):
    answer = client.get(reverse("people:draft_key"), headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert client.post(reverse("people:draft_key")).status_code in (302, 405)
