"""How a service and its people are reached: what is said of them, who says it, and who reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from alongside.kernel.verdict import Denial
from alongside.ledger.models import Entry
from alongside.people import rules
from alongside.people.models import Organisation, Person, User
from alongside.people.organisation_actions import change_contact, change_organisation
from alongside.people.queries import emergency_numbers, safety_readers
from tests.cast import gather

HERE, ELSEWHERE = Organisation(name="here"), Organisation(name="elsewhere")
FACTS = {
    "name": "Riverside House",
    "telephone": "01632 960 001",
    "email": "hello@example.org",
    "opening_hours": "Monday to Friday, 9am to 5pm",
    "emergency_text": "If you are in danger, call 999.",
    "safety_after_minutes": "30",
    "open_weekdays": ["0", "1", "2", "3", "4"],
    "opens_at": "09:00",
    "closes_at": "17:00",
}
NUMBERS = {
    "number_name_1": "Ambulance",
    "number_1": "999",
    "number_name_3": "Samaritans",
    "number_3": "116 123",
}


@pytest.fixture
def cast(db):
    return gather()


def said(**more):
    return {
        **FACTS,
        "safety_after_minutes": 30,
        "open_weekdays": "01234",
        "opens_at": dt.time(9),
        "closes_at": dt.time(17),
        "emergency_numbers": [("Ambulance", "999")],
        "safety_reader": None,
        **more,
    }


def test_an_administrator_says_how_the_organisation_is_reached(cast):
    browser = cast.client(cast.administrator)

    answer = browser.post(
        "/organisation/", {**FACTS, **NUMBERS, "safety_reader": str(cast.colleague.id)}, follow=True
    )

    organisation = Organisation.objects.get(id=cast.organisation.id)
    assert (answer.status_code, organisation.telephone) == (200, "01632 960 001")
    assert (organisation.opening_hours, organisation.emergency_text) == (
        FACTS["opening_hours"],
        FACTS["emergency_text"],
    )
    assert [(one.name, one.telephone) for one in emergency_numbers(cast.organisation.id)] == [
        ("Ambulance", "999"),
        ("Samaritans", "116 123"),
    ]
    assert (organisation.safety_reader, organisation.safety_after_minutes) == (cast.colleague, 30)
    page = browser.get("/organisation/").content.decode()
    assert all(shown in page for shown in ("01632 960 001", "Samaritans", "116 123", "9am to 5pm"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"telephone": "call us"}, "does not look like a telephone number"),
        ({"number_name_1": "Ambulance"}, "Please give the number too"),
        ({"number_1": "999"}, "Please say who answers"),
        ({"email": "no address"}, "does not look like an email address"),
        ({"name": ""}, "Please fill this in"),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(cast, typed, sentence):
    answer = cast.client(cast.administrator).post("/organisation/", {**FACTS, **typed})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert FACTS["opening_hours"] in page
    assert Organisation.objects.get(id=cast.organisation.id).telephone == ""


@pytest.mark.parametrize("who", ["guide", "participant", "lead"])
def test_only_administrators_change_an_organisation(cast, who):
    assert cast.client(getattr(cast, who)).post("/organisation/", FACTS).status_code == 403


def test_a_reader_of_another_organisation_is_no_choice(cast):
    cast.client(cast.administrator).post("/organisation/", {**FACTS, "safety_reader": str(cast.stranger.id)})

    assert Organisation.objects.get(id=cast.organisation.id).safety_reader is None


@pytest.mark.parametrize(
    ("facts", "denial"),
    [
        ({"is_guide": True}, None),
        ({"is_administrator": True}, None),
        ({}, Denial.NOT_NOW),
        ({"is_guide": True, "is_active": False}, Denial.NOT_NOW),
        ({"is_guide": True, "user": None}, Denial.NOT_NOW),
        ({"is_guide": True, "organisation": ELSEWHERE}, Denial.HIDDEN),
    ],
)
def test_may_read_safety_notices(facts, denial):
    actor = Person(organisation=HERE, is_administrator=True)
    reader = Person(**{"organisation": HERE, "user": User(email="a@example.org"), **facts})
    assert rules.may_read_safety_notices(actor, reader).denial is denial


@pytest.mark.parametrize(("administrator", "denial"), [(True, None), (False, Denial.NOT_YOURS)])
def test_may_change_organisation(administrator, denial):
    assert rules.may_change_organisation(Person(is_administrator=administrator)).denial is denial


@pytest.mark.without_ledger("people.organisation_actions.change_organisation")
def test_there_is_always_somebody_who_reads_what_nobody_answered(cast):
    assert safety_readers(cast.organisation) == [cast.administrator]

    organisation = change_organisation(**said(safety_reader=cast.colleague), by=cast.administrator)
    assert safety_readers(organisation) == [cast.colleague]

    Person.objects.filter(id=cast.colleague.id).update(is_active=False)
    assert safety_readers(Organisation.objects.get(id=organisation.id)) == [cast.administrator]


@pytest.mark.without_ledger("people.organisation_actions.change_contact")
def test_anyone_says_how_they_are_reached(cast):
    typed = {
        "telephone": "07700 900 123",
        "emergency_contact_name": "Mary Participant",
        "emergency_contact_telephone": "+44 7700 900 456",
    }

    answer = cast.client(cast.participant).post(reverse("people:contact"), typed)

    assert answer.status_code == 302
    person = Person.objects.get(id=cast.participant.id)
    assert {name: getattr(person, name) for name in typed} == typed
    row = Person.objects.filter(id=person.id).values_list(*typed)[0]
    assert all(b"Mary" not in value and b"7700" not in value for value in row)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"emergency_contact_name": "Mary"}, "Please give the number of your emergency contact."),
        ({"emergency_contact_telephone": "999"}, "Please give the name of your emergency contact."),
        ({"emergency_contact_name": "Mary", "emergency_contact_telephone": "soon"}, "does not look like"),
    ],
)
def test_half_an_emergency_contact_is_asked_for_whole(cast, typed, sentence):
    answer = cast.client(cast.participant).post(reverse("people:contact"), typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_changes_stand_in_the_ledger_without_the_words(cast):
    change_organisation(**said(safety_reader=cast.colleague), by=cast.administrator)
    change_contact(
        telephone="999", emergency_contact_name="Mary", emergency_contact_telephone="999", by=cast.participant
    )

    entries = list(Entry.objects.order_by("created_at", "id").values_list("event", "detail"))
    assert entries == [
        (
            "organisation.details_changed",
            {"safety_reader": str(cast.colleague.id), "safety_after_minutes": 30},
        ),
        ("person.contact_changed", {}),
    ]
