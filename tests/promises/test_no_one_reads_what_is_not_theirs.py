"""The promise: no one reads what is not theirs.

Every role knocks at every door of every journey. The doors come from the URL map, so that a new one is in it by itself;
the parts of an address are filled in from the journey's own rows. Three secrets are planted in every journey: words of
the two, words of the guide alone, words of the participant alone. Whoever may not read one must not see it anywhere.
"""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from alongside.journeys.covering import Days, name_cover
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, WordsVersion
from alongside.kernel import clock
from tests.addresses import addresses
from tests.cast import Cast
from tests.furnish import furnish_journey

ROLES = ("guide", "participant", "supporter", "colleague", "lead", "administrator", "stranger")
OUTSIDE = ("colleague", "lead", "administrator", "stranger")
DOORS = [address for address in addresses() if "journey_id" in address.parts]


@pytest.fixture
def journey(cast: Cast, request: pytest.FixtureRequest) -> Journey:
    return furnish_journey(cast, request.param)


def paths(journey: Journey):
    """Every address of this journey that can be filled in, with its methods."""
    for address in DOORS:
        try:
            yield (
                address,
                reverse(address.name, kwargs={part: part_of(journey, part) for part in address.parts}),
            )
        except NoReverseMatch as error:
            raise AssertionError(f"{address.name}: {error}") from error


def part_of(journey: Journey, part: str) -> object:
    """A real row of this journey for each part of an address; every new part must be known here."""
    if part == "journey_id":
        return journey.id
    if part in ("number", "version_number"):
        return max(journey.first_number, 2) if part == "number" else 1
    if part in ("box", "part", "voice", "moment"):
        return {"box": "shared", "part": "review", "voice": "participant", "moment": "now"}[part]
    if part == "matter":
        return "remains"
    if part == "level":
        return "describe"
    if part == "token":
        return "not-a-token"
    if part == "instrument":
        return "phq-9"
    names = {
        "need_id": "goals.Need",
        "target_id": "goals.Target",
        "step_id": "goals.Step",
        "reading_id": "goals.Reading",
        "member_id": "journeys.JourneyMember",
        "meeting_id": "room_environment.Meeting",
        "place_id": "room_environment.Place",
        "person_id": "people.Person",
        "focusing_id": "room_sessions.Focusing",
        "cover_id": "journeys.Cover",
        "words_id": "journeys.Words",
    }
    if part not in names:
        return uuid4()
    rows = apps.get_model(names[part]).objects.all()
    fields = {field.name for field in rows.model._meta.get_fields()}
    if "journey" in fields:
        rows = rows.filter(journey=journey)
    elif "member" in fields:
        rows = rows.filter(member__journey=journey)
    elif "target" in fields:
        rows = rows.filter(target__journey=journey)
    row = rows.first()
    assert row, f"furnish_journey made no {names[part]}"
    return row.pk


@pytest.mark.parametrize("journey", list(KINDS), indirect=True)
def test_whoever_has_no_part_in_a_journey_reads_404_at_every_door(cast, journey):
    knocked = 0
    for role in OUTSIDE:
        client = cast.client(getattr(cast, role))
        for address, path in paths(journey):
            for method in address.door.methods:
                answer = client.generic(method, path)
                assert answer.status_code == 404, f"{role} {method} {address.name}: {answer.status_code}"
                assert all(secret not in answer.content for secret in SECRETS.values())
                knocked += 1
    assert knocked >= 4 * len(DOORS) > 0


SECRETS = {
    "ours": b"secret-of-the-two",
    "guide": b"secret-of-the-guide",
    "participant": b"secret-of-the-participant",
    "named": b"secret-for-the-supporter",
}
MAY_READ = {
    "guide": {"ours", "guide", "named"},
    "participant": {"ours", "participant", "named"},
    "supporter": {"named"},
    "covering": {"ours", "named"},
}


@pytest.mark.parametrize("journey", list(KINDS), indirect=True)
@pytest.mark.parametrize("role", sorted(MAY_READ))
def test_those_with_a_part_read_only_what_is_theirs_at_every_door(cast, journey, role):
    if role == "covering":
        days = Days(clock.today("Europe/London"), clock.today("Europe/London"))
        name_cover(person=cast.colleague, days=days, by=cast.seat(cast.guide, journey))
    client = cast.client(cast.colleague if role == "covering" else getattr(cast, role))
    seen: set[str] = set()
    for address, path in paths(journey):
        if "GET" not in address.door.methods:
            continue
        answer = client.get(path)
        assert answer.status_code < 500, f"{role} {address.name}: {answer.status_code}"
        shown = {name for name, secret in SECRETS.items() if secret in answer.content}
        assert shown <= MAY_READ[role], f"{role} reads {shown - MAY_READ[role]} at {address.name}"
        if answer.status_code == 200:
            # a picture may lie in the browser's own cache, which asks anew each time; a page may not lie anywhere
            kept = "private, no-cache" if answer.headers["Content-Type"].startswith("image/") else "no-store"
            assert kept in answer["Cache-Control"], f"{address.name} may be stored"
        seen |= shown
    if role != "supporter":
        assert {"ours", role} & SECRETS.keys() <= seen, (
            f"the secrets of {role} are shown nowhere, so the test would prove nothing"
        )


@pytest.mark.parametrize("journey", list(KINDS), indirect=True)
@pytest.mark.parametrize("role", sorted(MAY_READ))
def test_no_earlier_version_tells_more_than_the_words_themselves(cast, journey, role):
    if role == "covering":
        days = Days(clock.today("Europe/London"), clock.today("Europe/London"))
        name_cover(person=cast.colleague, days=days, by=cast.seat(cast.guide, journey))
    client = cast.client(cast.colleague if role == "covering" else getattr(cast, role))
    seen: set[str] = set()
    for version in WordsVersion.objects.filter(words__journey=journey).select_related("words"):
        for name, parts in (("history", ()), ("version", (version.version,))):
            answer = client.get(reverse(f"overview:{name}", args=[journey.id, version.words_id, *parts]))
            assert answer.status_code in (200, 403, 404)
            seen |= {name for name, secret in SECRETS.items() if secret in answer.content}
    # a named person reads what is marked for them, and not how it came to be
    assert seen <= (set() if role == "supporter" else MAY_READ[role])
    assert role == "supporter" or {"ours", role} & SECRETS.keys() <= seen


def test_nobody_signed_in_is_sent_to_sign_in_at_every_door(cast, client):
    journey = furnish_journey(cast, "supervision")
    for address, path in paths(journey):
        for method in address.door.methods:
            answer = client.generic(method, path)
            assert answer.status_code == 302 and "/accounts/login/" in answer["Location"], address.name


def test_a_journey_that_does_not_exist_answers_like_one_of_others(cast):
    journey = furnish_journey(cast, "supervision")
    client = cast.client(cast.colleague)
    theirs = client.get(reverse("overview:journey", args=[journey.id]))
    nowhere = client.get(reverse("overview:journey", args=[uuid4()]))
    assert theirs.status_code == nowhere.status_code == 404
    assert _without_token(theirs.content) == _without_token(nowhere.content)


def _without_token(page: bytes) -> bytes:
    """A page without what is new in each answer: its form token."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)
