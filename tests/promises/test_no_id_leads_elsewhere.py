"""The promise: an id of another journey opens nothing and changes nothing, wherever it is put.

Two journeys of two guides stand in one organisation. Those of the first put the ids of the second into addresses, into
what links ask for, and into every field of every form that holds an id. No word of the second is shown, and no row that
belongs to it is changed or gains a row that points at it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.states import Part
from alongside.people.models import KeptForm, LoginSession, Organisation, Person, User
from alongside.retention.models import Erasure
from alongside.rooms.ending.record.models import Ending
from alongside.rooms.environment.models import Meeting, OtherHours, Place, TimeAway
from alongside.rooms.sessions.record.models import MeetingRecord
from tests import furnish
from tests.addresses import addresses
from tests.any_row import any_row
from tests.cast import Cast, person
from tests.html_forms import read
from tests.promises.forms_everywhere import LINK, situations, walk

from .test_no_form_is_lost import Sitting
from .test_no_one_reads_what_is_not_theirs import part_of

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
THEIRS = b"of-the-other-journey"
SECRETS = ("OURS", "GUIDES", "PARTICIPANTS", "NAMED")
ROLES = ("guide", "participant")
NO_ROWS_OF_IT = {"ledger", "sessions", "django_tasks_db", "contenttypes", "auth"}
"""Apps in which something is noted about what was tried."""


@dataclass(frozen=True)
class Two:
    """One's own journey with its people, and the other one."""

    cast: Cast
    own: Journey
    other: Journey


@pytest.fixture
def other(cast, monkeypatch) -> Journey:
    """A journey of two others in the same organisation, with secrets of its own."""
    theirs = replace(
        cast,
        guide=person(cast.organisation, "Greta Guide", is_guide=True),
        participant=person(cast.organisation, "Pia Participant"),
        supporter=person(cast.organisation, "Sol Supporter"),
        clients={},
    )
    with monkeypatch.context() as patched:
        for name in SECRETS:
            patched.setattr(furnish, name, f"{name.lower()}-{THEIRS.decode()}")
        return furnish.furnish_journey(theirs, "treatment")


@pytest.fixture
def two(cast, other) -> Two:
    return Two(cast, furnish.furnish_journey(cast, "treatment"), other)


Rows = dict[type[models.Model], set[Any]]


def rows() -> dict[type[models.Model], dict[Any, dict[str, Any]]]:
    """Every row there is, as it lies in the database."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in NO_ROWS_OF_IT:
            found[model] = {row["pk"]: row for row in model.objects.values("pk", *_columns(model))}
    return found


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def belongs(journey: Journey) -> Rows:
    """The rows that hang on a journey, however far down, and its guide's private places: not its people."""
    found: dict[type[models.Model], set[Any]] = defaultdict(set, {Journey: {journey.id}})
    grows = True
    while grows:
        grows = False
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if (
                    not field.is_relation
                    or model._meta.app_label in NO_ROWS_OF_IT
                    or model in (Person, Journey)
                ):
                    continue
                above = found.get(field.related_model)  # type: ignore[arg-type]
                if not above:
                    continue
                here = set(model.objects.filter(**{f"{field.name}__in": above}).values_list("pk", flat=True))
                grows = grows or not here <= found[model]
                found[model] |= here
    guide = JourneyMember.objects.get(journey=journey, part=Part.GUIDE).person
    found[Place] = set(Place.objects.filter(owner=guide).values_list("pk", flat=True))
    return dict(found)


def counterparts(theirs: Rows) -> dict[str, list[str]]:
    """For each id that is not of the other journey, those of the same sort that are."""
    found = {}
    for model, beside in theirs.items():
        ids = [str(each) for each in sorted(beside, key=str) if isinstance(each, UUID)][:2]
        for each in model._default_manager.exclude(pk__in=beside).values_list("pk", flat=True):
            found[str(each)] = ids
    return found


def harm(before: dict, theirs: Rows) -> list[str]:
    """What was changed of the other journey, and what points at it that did not."""
    after, wrong = rows(), []
    ids = {each for model, found in theirs.items() for each in found}
    for model, known in before.items():
        for pk in theirs.get(model, ()):
            if after[model].get(pk) != known[pk]:
                wrong.append(f"{model._meta.label} {pk} is changed")
        for pk, row in after[model].items():
            if pk not in known and ids & {value for value in row.values() if isinstance(value, UUID)}:
                wrong.append(f"a new {model._meta.label} points at the other journey")
    return wrong


def crossed(two: Two) -> Iterator[tuple[Any, str]]:
    """Addresses of one's own journey with an id of the other in it, and the other way round."""
    for address in addresses():
        ids = [part for part in address.parts if part.endswith("_id") and part != "journey_id"]
        if "journey_id" not in address.parts or not ids or not address.door:
            continue
        for journey, beside in ((two.own, two.other), (two.other, two.own)):
            parts = {part: part_of(journey, part) for part in address.parts}
            yield (
                address,
                reverse(address.name, kwargs={**parts, **{part: part_of(beside, part) for part in ids}}),
            )


@pytest.mark.parametrize("role", ROLES)
def test_an_id_of_another_journey_in_an_address_is_not_found(two, role):
    client, tried = two.cast.client(getattr(two.cast, role)), 0
    theirs, before = belongs(two.other), rows()
    for address, path in crossed(two):
        for method in address.door.methods:
            answer = client.generic(method, path)
            assert answer.status_code == 404, f"{method} {address.name}: {answer.status_code}"
            assert THEIRS not in answer.content, address.name
            tried += 1
    assert tried > 50
    assert not harm(before, theirs)


def test_an_id_of_another_journey_in_a_link_or_a_form_shows_and_changes_nothing(cast, other):
    """Every link and every form on these pages, with each id in its query or its fields exchanged, one at a time."""
    walked = [(who, starts) for who, starts in situations(cast) if who in (cast.guide, cast.participant)]
    theirs = belongs(other)
    known, before, wrong, tried = counterparts(theirs), rows(), [], set()
    for who, starts in walked:
        client = Sitting(who).client
        links, sent = _with_other_ids(client, starts, known)
        for link in links:
            answer = client.get(link)
            if answer.status_code >= 500 or THEIRS in answer.content:
                wrong.append(f"{who.name} {link}: {answer.status_code}")
        for (_shape, name), (action, fields) in sent.items():
            tried.add(name)
            with transaction.atomic():
                answer = client.post(action, fields)
                wrong += [f"{who.name} {action} {name}: {each}" for each in harm(before, theirs)]
                if answer.status_code >= 500 or THEIRS in answer.content:
                    wrong.append(f"{who.name} {action} {name}: {answer.status_code}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert tried >= {"place", "step_id"}, f"only {sorted(tried)} held an id"


def _with_other_ids(client: Client, starts: list[str], known: dict[str, list[str]]):
    """The links and the forms of all pages one reaches, with an id of the other journey in each."""
    links: dict[str, None] = {}
    sent: dict[tuple[str, str], tuple[str, dict[str, list[str]]]] = {}
    for path, page in walk(client, starts):
        assert THEIRS not in page.encode(), path
        for link in LINK.findall(page):
            bare, _mark, query = link.replace("&amp;", "&").partition("?")
            links |= {f"{bare}?{query.replace(own, other)}": None for own, other in _exchanges(query, known)}
        for form in read(page, path):
            if form.method == "post":
                _exchange_fields(form, known, sent)
    return links, sent


def _exchanges(text: str, known: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for own in ID.findall(text):
        for other in known.get(own, ()):
            yield own, other


def _exchange_fields(form, known, sent) -> None:
    for name in {**form.fields, **form.choices}:
        values = [*form.fields.get(name, []), *form.choices.get(name, [])]
        for value in values:
            for own, other in _exchanges(value, known):
                key = (re.sub(ID, "#", form.action), name)
                sent.setdefault(key, (form.action, {**form.fields, name: [value.replace(own, other)]}))


REAL = {
    "handover_id": "room_ending.Handover",
    "entry_id": "room_environment.OtherHours room_environment.TimeAway room_environment.BusyCalendar"
    " room_ending.EndingEntry room_sessions.Issue",
    "suggested_id": "room_sessions.Reflection",
    "possible_id": "room_environment.PossibleAnswer",
    "offer_id": "room_environment.Offer",
    "day_id": "room_ending.FollowUp",
    "change_id": "people.AddressChange",
    "reset_id": "people.FactorReset",
    "login_session_id": "people.LoginSession",
    "programme_id": "programmes.Programme",
    "wish_id": "room_ending.WayBack",
    "notice_id": "goals.SafetyNotice",
    "test_id": "goals.SafetyTest",
    "instrument_id": "goals.ServiceInstrument",
    "case_id": "room_sessions.Case",
    "taken_id": "room_sessions.TakenCase",
    "erasure_id": "retention.Erasure",
    "request_id": "retention.AccessRequest",
    "hold_id": "retention.LegalHold",
}
"""Of each part of an address that `part_of` does not know: rows of which it may be."""


def test_somebody_of_another_organisation_finds_nothing_by_the_real_ids(cast, other):
    """Every door there is, also those without a journey: an administrator, lead and guide elsewhere knocks at it."""
    rows_made, knocked = _a_row_of_each(cast, other), 0
    before = rows()
    for address in (each for each in addresses() if each.door):
        for parts in _real_parts(address, other, rows_made):
            for method in address.door.methods:
                # one of these doors signs out whoever knocks
                client = Sitting(cast.stranger).client
                answer = client.generic(method, reverse(address.name, kwargs=parts))
                named = [part for part in parts if part.endswith("_id")]
                assert not named or answer.status_code == 404, (
                    f"{method} {address.name}: {answer.status_code}"
                )
                assert THEIRS not in answer.content, f"{method} {address.name}"
                knocked += 1
    assert knocked > 250
    # signing in to knock writes to these
    own = (KeptForm, LoginSession, User)
    theirs = {model: set(found) for model, found in before.items() if model not in own}
    assert [each for each in harm(before, theirs) if "is changed" in each] == []


def _a_row_of_each(cast: Cast, journey: Journey) -> dict[str, list[Any]]:
    meeting = Meeting.objects.filter(journey=journey).first()
    guide = JourneyMember.objects.get(journey=journey, part=Part.GUIDE).person
    known = {
        Organisation: cast.organisation,
        Person: guide,
        Journey: journey,
        Meeting: meeting,
        User: guide.user,
    }
    known |= {model: model.objects.filter(journey=journey).first() for model in (MeetingRecord, Ending)}

    def made(label: str) -> Any:
        model = apps.get_model(label)
        facts = {"person": guide} if model in (OtherHours, TimeAway, Erasure) else {}
        return any_row(model, known, THEIRS.decode(), **facts).pk

    found = {part: [made(label) for label in labels.split()] for part, labels in REAL.items()}
    return {"left_id": [guide.pk], **found}


def _real_parts(address: Any, journey: Journey, made: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """The parts of an address with real ids, once for each sort of row one of them may be."""
    several = next((part for part in address.parts if len(made.get(part, ())) > 1), None)
    for choice in made[several] if several else [None]:
        yield {
            part: choice if part == several else made[part][0] if part in made else part_of(journey, part)
            for part in address.parts
        }


def test_more_roles_open_no_more_of_a_journey(two):
    """A guide who is a lead and an administrator as well, and a participant elsewhere, has no part in this journey."""
    cast = two.cast
    Person.objects.filter(id=cast.guide.id).update(is_lead=True, is_administrator=True)
    elsewhere = replace(cast, guide=cast.colleague, participant=cast.guide).journey("mentoring")
    assert cast.seat(cast.guide, elsewhere)
    client = cast.client(cast.guide)
    for address in addresses():
        if "journey_id" not in address.parts or not address.door:
            continue
        path = reverse(address.name, kwargs={part: part_of(two.other, part) for part in address.parts})
        for method in address.door.methods:
            answer = client.generic(method, path)
            assert answer.status_code == 404, f"{method} {address.name}: {answer.status_code}"
