"""The promise: every opening is known. Whatever shows somebody's words says so in the ledger, whose they were and to whom.

Secrets are planted in a journey with something in every room. Everybody with a part in it knocks at every door of the
product, each time in a login session of its own: what comes back is read to its last byte, PDFs unpacked and pictures
included. Where a secret is in it, an opening has been added; knocking again adds none. Forms that come back with a
mistake, and words that come back to a page that saves itself, are read like pages. An empty journey opens nothing.
"""

from __future__ import annotations

import html
import io
import re
import zlib
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alongside.goals.models import TargetWording
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey
from alongside.kernel import clock
from alongside.ledger.models import Opening
from alongside.people.models import Person
from alongside.people.openings import Journeys, Nothing, Words
from alongside.rooms.ending.tests.afterwards import DAY, come_round, ended, keepsake_link, on, opened
from alongside.rooms.environment.actions import calendars
from tests.addresses import Address, addresses
from tests.cast import Cast
from tests.furnish import GUIDES, NAMED, OURS, PARTICIPANTS, furnish_journey

from .test_no_one_reads_what_is_not_theirs import part_of

SECRETS = (OURS, GUIDES, PARTICIPANTS, NAMED)
ROLES = ("guide", "participant", "covering", "supporter", "lead", "administrator")
GUARDED = [address for address in addresses() if address.door]


# --- what comes back, read to its last byte ------------------------------------------------------------------


def everything_in(answer) -> str:
    """All that a person, or a program of theirs, can take out of an answer."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        return _unpacked(content)
    text = content.decode(errors="replace").replace("\r\n ", "")  # lines of a calendar are folded
    return html.unescape(text) + " " + html.unescape(re.sub(r"<[^>]*>", "", text)) + str(answer.headers)


def _unpacked(content: bytes) -> str:
    found = PdfReader(io.BytesIO(content))
    streams = []
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", content, re.S):
        try:
            streams.append(zlib.decompressobj().decompress(packed).decode("latin-1"))
        except zlib.error:
            streams.append(packed.decode("latin-1"))
    return "\n".join([*(page.extract_text() for page in found.pages), str(found.metadata), *streams])


def secrets_in(answer) -> list[str]:
    if answer.status_code in (301, 302, 404):
        return []
    said = everything_in(answer)
    return [secret for secret in SECRETS if secret in said]


def in_a_new_login_session(client: Client) -> str:
    session = client.session
    session["login_session"] = name = f"knock-{uuid4().hex[:12]}"
    session.save()
    return name


def openings_in(login_session: str) -> list[Opening]:
    return list(Opening.objects.filter(login_session=login_session))


def path_of(address: Address, journey: Journey) -> str:
    return reverse(address.name, kwargs={part: part_of(journey, part) for part in address.parts})


def somebody(cast: Cast, role: str, journey: Journey) -> Person:
    if role != "covering":
        return getattr(cast, role)
    today = clock.today("Europe/London")
    name_cover(person=cast.colleague, days=Days(today, today), by=cast.seat(cast.guide, journey))
    return cast.colleague


@pytest.fixture
def journey(cast: Cast) -> Journey:
    return furnish_journey(cast, "treatment")


# --- every door ----------------------------------------------------------------------------------------------

SHOWN_TO = {"guide": 25, "participant": 25, "covering": 20, "supporter": 1, "lead": 0, "administrator": 0}
"""At so many doors at least each of them reads a secret: a test that reads nothing would prove nothing."""


@pytest.mark.parametrize("role", ROLES)
def test_what_shows_words_adds_an_opening_once_in_a_login_session(cast, journey, role):
    who = somebody(cast, role, journey)
    client, showing = cast.client(who), set()
    for address in GUARDED:
        if "GET" not in address.door.methods:
            continue
        path, session = path_of(address, journey), in_a_new_login_session(client)
        shown = secrets_in(client.get(path))
        known = openings_in(session)
        if shown:
            showing.add(address.name)
            assert known, f"{role} reads {shown} at {address.name}, and nobody knows"
            assert {(one.journey_id, one.person_id) for one in known} == {(journey.id, who.id)}
        client.get(path)
        assert len(openings_in(session)) == len(known), f"{address.name} adds an opening each time"
    assert len(showing) >= SHOWN_TO[role], sorted(showing)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("role", ["guide", "participant"])
def test_what_comes_back_to_a_form_is_an_opening_too(cast, journey, role, accept):
    """Sent empty, so that most come back with a mistake, beside the words of the page."""
    client, showing = cast.client(getattr(cast, role)), set()
    for address in GUARDED:
        if "POST" not in address.door.methods:
            continue
        session = in_a_new_login_session(client)
        answer = client.post(path_of(address, journey), {"nothing": "typed"}, headers={"accept": accept})
        if shown := secrets_in(answer):
            showing.add(address.name)
            assert openings_in(session), f"{role} reads {shown} from {address.name}, and nobody knows"
    assert showing


def test_words_found_by_looking_for_them_are_opened(cast, journey):
    client = cast.client(cast.participant)
    session = in_a_new_login_session(client)
    assert OURS in secrets_in(client.post(reverse("overview:search"), {"words": OURS}))
    assert [one.journey_id for one in openings_in(session)] == [journey.id]


def test_a_picture_of_figures_is_an_opening_also_when_the_browser_has_it_still(cast, journey):
    client = cast.client(cast.participant)
    target = TargetWording.objects.filter(target__journey=journey, measure="rating-0-10")[0].target_id
    path = reverse("goals:target_chart", args=[journey.id, target])
    first = in_a_new_login_session(client)
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    again = in_a_new_login_session(client)
    kept = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
    assert kept.status_code == 304
    assert len(openings_in(first)) == len(openings_in(again)) == 1


# --- nothing where nothing is --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("role", ["guide", "participant", "supporter"])
def test_opening_an_empty_journey_is_no_opening(cast, kind, role):
    journey, client, seen = cast.journey(kind), cast.client(getattr(cast, role)), 0
    for address in GUARDED:
        if "GET" not in address.door.methods:
            continue
        parts = {part: _part_of_an_empty_one(journey, part) for part in address.parts}
        seen += client.get(reverse(address.name, kwargs=parts)).status_code == 200
    assert seen >= 10
    assert not Opening.objects.exists(), list(Opening.objects.values("subject_kind"))


def _part_of_an_empty_one(journey: Journey, part: str) -> object:
    return uuid4() if part.endswith("_id") and part != "journey_id" else part_of(journey, part)


# --- mail, feeds, links --------------------------------------------------------------------------------------


def test_no_part_of_an_email_shows_words(cast, journey):
    """An email is read where nobody can record it: so it holds none."""
    assert mail.outbox
    for message in mail.outbox:
        parts = [part.get_payload(decode=True) or b"" for part in message.message().walk()]
        said = " ".join(part.decode(errors="replace") for part in parts) + str(message.message())
        assert not [secret for secret in SECRETS if secret in said], message.subject


def test_a_feed_of_one_s_meetings_holds_no_words(cast, journey, client):
    for who in (cast.guide, cast.participant):
        _feed, token = calendars.make_feed(with_own=True, by=who)
        answer = client.get(reverse("environment_emails:feed", args=[token]))
        assert answer.status_code == 200 and b"BEGIN:VEVENT" in answer.content
        assert not secrets_in(answer)


def test_what_is_shown_behind_a_link_is_an_opening_of_whose_link_it_is(cast):
    journey, _made = ended(cast)
    come_round()
    link = keepsake_link(cast, journey)
    with on(DAY, 10):
        before = Opening.objects.count()
        assert Client().get(link).status_code == 200, "the question whom one met"
        assert Opening.objects.count() == before
        browser = opened(link)
        assert browser.get(link).status_code == 200
    (known,) = Opening.objects.all()
    assert (known.journey_id, known.person_id) == (journey.id, cast.participant.id)
    assert known.login_session.startswith("link-")


# --- the declarations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_every_door_declares_what_it_opens_or_why_nothing(address):
    if address.view.__module__ == "alongside.ui.views":
        return  # the page of examples lies below people, and holds made-up words
    opens = address.door.opens if address.door else getattr(address.view, "opens", None)
    assert isinstance(opens, Words | Journeys | Nothing), f"{address.name} declares nothing"
    if isinstance(opens, Nothing):
        assert len(opens.because.split()) >= 3, f"{address.name} says no reason"
