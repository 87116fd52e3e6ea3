"""The promise: a case taken to supervision never says who it is about.

Names of the people of a journey are planted in many spellings, and days, places and addresses beside them: nothing of it
leaves. Then the supervisor knocks at every door they have, and no page they read holds anything of the journey the case
came from: not a name, not a word that was agreed there, not an id, not a way back.
"""

from __future__ import annotations

import io

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people.models import Organisation
from alongside.rooms.environment.models import Place
from alongside.rooms.sessions.record.tests.factories import booked, opened
from alongside.rooms.sessions.supervision_cases import actions
from alongside.rooms.sessions.supervision_cases.models import Case, TakenCase
from alongside.rooms.sessions.supervision_cases.queries import case_of, outcomes_of
from alongside.rooms.sessions.supervision_cases.tests.factories import AGREED, Practice, practice
from tests.addresses import addresses

pytestmark = pytest.mark.django_db

# Margarethe Whitlöck-Petrov, called Gretchen; her sister Sue Supporter has a part; they meet at Room 3, 9 Tannery Row
SPELLINGS = {
    "case": "mARGARETHE",
    "accents": "Whitlock",
    "umlaut spelled out": "Whitloeck",
    "hyphen left out": "Whitlöck Petrov",
    "run together": "whitlöckpetrov",
    "reversed": "Petrov, Margarethe",
    "back to front": "ehteragram",
    "dots": "M.a.r.g.a.r.e.t.h.e",
    "letter by letter": "M a r g a r e t h e",
    "leet": "M4rg4r3th3",
    "short form": "Maggie",
    "beginning": "Marg",
    "possessive": "Margarethe's",
    "zero width": "Mar\u200bgar\u2060ethe",
    "homoglyphs": "Mаrgаrеthе",
    "another alphabet": "Маргарет",
    "wide": "Ｐｅｔｒｏｖ",
    "initials": "M.W.P.",
    "initial and surname": "M. Petrov",
    "nickname": "gretchen",
    "address, first half": "grannymags",
    "e-mail": "grannymags62@example.org",
    "somebody else's name": "Susie",
    "meeting date": "on {day:%-d %B}",
    "date of birth": "12.03.1962",
    "telephone": "07700 900 123",
    "place": "in Tannery Row",
    "place in leet": "T4nn3ry",
    "service": "Riverside",
    "postcode": "LK3 4QT",
}


@pytest.fixture
def here(cast) -> Practice:
    found = practice(cast)
    found.patient.email = "grannymags62@example.org"
    found.patient.save(update_fields=["email"])
    JourneyMember.objects.create(journey=found.treatment, person=cast.supporter, part=Part.SUPPORTER)
    meeting = booked(cast, found.treatment, 2)
    meeting.place = Place.objects.create(
        organisation=cast.organisation,
        owner=cast.guide,
        kind="address",
        name="The Tannery",
        details="9 Tannery Row, Larkfield LK3 4QT",
    )
    meeting.save(update_fields=["place"])
    found.meeting = meeting  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("where", ["question", "target"])
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_nothing_planted_leaves_in_any_spelling(cast, here, spelling, where):
    planted = spelling.format(day=here.meeting.starts_at)
    text = f"I am stuck with {planted} and wonder why."
    draft = (
        here.draft(question=text) if where == "question" else here.draft(targets={str(here.target.id): text})
    )
    here.keep(draft, also_called="Gretchen, Alfie")

    with pytest.raises(Refused):
        here.put()

    assert (
        not Case.objects.exists()
        and not Entry.objects.filter(event__in=["case.taken", "case.brought"]).exists()
    )
    # on the page it is shown where it stands, and what was typed is still there
    client = cast.client(cast.guide)
    data = {
        "question": draft.question,
        "also_called": "Gretchen, Alfie",
        here.own: draft.targets[str(here.target.id)],
    }
    answer = client.post(reverse("taken:write", args=[here.treatment.id]), data)
    assert answer.status_code == 422
    assert b"<mark>" in answer.content and "wonder why." in answer.content.decode()


def test_the_words_that_were_agreed_are_never_taken(cast, here):
    client = cast.client(cast.guide)
    path = reverse("taken:write", args=[here.treatment.id])
    answer = client.post(path, {"question": "Am I in a hurry?", here.own: "tends her allotment again"})
    assert answer.status_code == 422
    assert "Please use words of your own" in answer.content.decode()


def test_a_copied_wording_cannot_be_put_on_an_agenda_either(here):
    here.keep(here.draft(targets={str(here.target.id): "tends her allotment again"}))
    with pytest.raises(Refused):
        here.put()
    assert not Case.objects.exists()


@pytest.fixture
def brought(cast, here):
    """A case that was taken up in the supervision, and something came of it."""
    case = here.brought()
    table_of = opened(cast, here.supervision, 2)
    assert table_of
    return case


def forbidden(here: Practice) -> set[bytes]:
    """Whatever would lead back: names and words, and every id of a row of the treatment in each way it is written."""
    words = {
        here.patient.name,
        "Margarethe",
        "Whitl",
        "Petrov",
        AGREED,
        "allotment",
        "Alfie",
        "Tannery",
        here.patient.email,
    }
    ids = {here.treatment.id, here.target.id, here.patient.id, here.meeting.id}
    ids |= set(TakenCase.objects.values_list("id", flat=True))
    ids |= {
        row.id for row in JourneyMember.objects.filter(journey=here.treatment).exclude(person=here.cast.guide)
    }
    return (
        {str(word).encode() for word in words}
        | {str(one).encode() for one in ids}
        | {one.hex.encode() for one in ids}
    )


def _said(answer) -> bytes:
    """What an answer says: of a PDF its text."""
    if not answer.content.startswith(b"%PDF"):
        return answer.content
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "\n".join(page.extract_text() for page in pages).encode()


def test_no_page_the_supervisor_reads_leads_back(cast, here, brought):
    """Every door of the supervision, as supervisor, and every door of the treatment, which is not there for them."""
    actions.settle_case(case=brought, word="Ask what the bracing is for.", by=here.supervisor)
    client, secrets = cast.client(cast.colleague), forbidden(here)
    read = 0
    for address in addresses():
        if "GET" not in (address.door.methods if address.door else ()):
            continue
        parts = {"journey_id": here.supervision.id, "number": 2, "case_id": brought.id}
        if "journey_id" in address.parts and set(address.parts) <= set(parts):
            answer = client.get(reverse(address.name, kwargs={part: parts[part] for part in address.parts}))
            assert answer.status_code < 500
            shown = [secret for secret in secrets if secret in _said(answer)]
            assert not shown, f"{address.name} shows {shown}"
            read += answer.status_code == 200 and brought.id.hex.encode() in _said(answer).replace(b"-", b"")
            theirs = {**parts, "journey_id": here.treatment.id}
            answer = client.get(reverse(address.name, kwargs={part: theirs[part] for part in address.parts}))
            assert answer.status_code == 404, f"{address.name} of the treatment: {answer.status_code}"
    assert read >= 2, "the case is shown nowhere, so the test would prove nothing"
    for path in ("/", "/journeys/"):
        assert not [secret for secret in secrets if secret in client.get(path).content]


def test_no_row_of_the_supervision_leads_back(cast, here, brought):
    """Every column of every row that belongs to the supervision, opened where it is sealed."""
    actions.take_up_case(table=_table(here), case=brought, by=here.supervisor)
    actions.settle_case(case=brought, word="Ask what the bracing is for.", by=here.supervisor)
    secrets = {secret.decode() for secret in forbidden(here)}
    looked = 0
    for model in apps.get_models():
        if not model.__module__.startswith("alongside.") or model is TakenCase:
            continue
        names = {field.name for field in model._meta.concrete_fields}
        through = next(
            (
                way
                for way in ("journey", "case__journey", "issue__journey", "record__journey")
                if way.split("__")[0] in names
            ),
            None,
        )
        if through is None:
            continue
        try:
            rows = list(model._default_manager.filter(**{through: here.supervision.id}))
        except Exception:  # a key of the same name that leads elsewhere
            continue
        for row in rows:
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                text = str(value) if not isinstance(field, SealedTextField) else value
                shown = [secret for secret in secrets if secret and secret in text]
                assert not shown, f"{model._meta.label}.{field.name} holds {shown}"
                looked += 1
    assert looked > 20
    details = [str(entry.detail) for entry in Entry.objects.filter(journey_id=here.supervision.id)]
    assert details and not [one for one in details for secret in secrets if secret in one]


def test_the_ledger_knows_that_one_was_taken_and_nothing_of_what(here, brought):
    taken = Entry.objects.get(event="case.taken")
    assert (taken.journey_id, taken.detail) == (here.treatment.id, {})
    came = Entry.objects.get(event="case.brought")
    assert (came.journey_id, came.detail) == (here.supervision.id, {"number": 1})


def test_what_comes_of_it_returns_to_the_guide_alone(cast, here, brought):
    secret = "Ask what the bracing is for."
    actions.settle_case(case=brought, word=secret, by=here.supervisor)
    assert [(one.words, one.is_to_do) for one in outcomes_of(here.guide)] == [(secret, True)]
    readers: dict = {who.id: set() for who in (cast.guide, here.patient, cast.supporter)}
    for who in (cast.guide, here.patient, cast.supporter):
        client = cast.client(who)
        for address in addresses():
            reads = address.door and "GET" in address.door.methods and "journey_id" in address.parts
            if reads and set(address.parts) <= {"journey_id", "number"}:
                parts = {"journey_id": here.treatment.id, "number": 2}
                path = reverse(address.name, kwargs={part: parts[part] for part in address.parts})
                if secret.encode() in client.get(path).content:
                    readers[who.id].add(address.name)
    assert readers[here.patient.id] == set() and readers[cast.supporter.id] == set()
    assert readers[cast.guide.id] == {"taken:mine", "track:review"}


def test_a_withdrawn_case_is_read_by_nobody_and_stays_marked(cast, here, brought):
    question = str(here.draft().question)
    for who in (cast.colleague, cast.guide):
        path = reverse("taken:case", args=[here.supervision.id, brought.id])
        assert question.encode() in cast.client(who).get(path).content
    actions.withdraw_case(case=case_of(TakenCase.objects.get()), by=cast.guide)
    for who in (cast.colleague, cast.guide):
        page = cast.client(who).get(reverse("taken:case", args=[here.supervision.id, brought.id])).content
        assert question.encode() not in page and b"withdrawn" in page
        listed = cast.client(who).get(reverse("taken:cases", args=[here.supervision.id])).content
        assert question.encode() not in listed and b"withdrawn" in listed


def test_a_supervisor_with_a_part_in_the_journey_cannot_be_brought_its_case(cast, here):
    JourneyMember.objects.create(journey=here.treatment, person=cast.colleague, part=Part.CO_GUIDE)
    here.keep()
    with pytest.raises(Refused):
        here.put()


def test_what_a_service_calls_its_own_does_not_go_along(here):
    Organisation.objects.filter(id=here.cast.organisation.id).update(name="Alder & Ash")
    here.keep(here.draft(question="As we say at Alder, slow is fast."))
    with pytest.raises(Refused):
        here.put()


def test_the_link_back_lies_on_the_guides_side_alone():
    """The table of cases on the supervision's side has no column that could lead anywhere else."""
    with connection.cursor() as cursor:
        columns = {
            column.name
            for column in connection.introspection.get_table_description(cursor, Case._meta.db_table)
        }
    assert columns == {"id", "created_at", "journey_id", "number", "content", "brought_by_id"}


def _table(here: Practice):
    from alongside.rooms.sessions.record.queries import table_of

    found = table_of(here.supervisor, 2)
    assert found
    return found
