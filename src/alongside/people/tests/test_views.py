"""The doors of profile and people, and the letters of the sign-in."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.people import actions
from alongside.people.models import Organisation, Person, User

PROFILE = {"name": "Paula", "pronouns": "she/her", "time_zone": "Africa/Nairobi", "language": "en-gb"}


def test_profile_is_changed(cast):
    browser = cast.client(cast.participant)
    assert "Paul Participant" in browser.get("/profile/").content.decode()
    assert browser.post("/profile/", PROFILE).status_code == 302
    changed = Person.objects.get(id=cast.participant.id)
    assert [changed.name, changed.pronouns, changed.time_zone] == ["Paula", "she/her", "Africa/Nairobi"]


def test_profile_comes_back_with_what_was_typed(cast):
    answer = cast.client(cast.participant).post("/profile/", {**PROFILE, "time_zone": "Mars/Crater"})
    assert answer.status_code == 422
    assert "Paula" in answer.content.decode()
    assert Person.objects.get(id=cast.participant.id).name == "Paul Participant"


def test_profile_asks_for_a_sign_in(db):
    assert Client().get("/profile/").status_code == 302


def test_one_with_no_place_anywhere_is_told_so(cast):
    Person.objects.filter(id=cast.participant.id).update(is_active=False)
    answer = cast.client(cast.participant).get("/profile/")
    assert answer.status_code == 403
    assert "not belong to any organisation" in answer.content.decode()


def test_organisation_is_chosen_among_ones_own(cast):
    elsewhere = Organisation.objects.create(name="Third House")
    other = Person.objects.create(organisation=elsewhere, user=cast.guide.user, name="Gwen elsewhere")
    browser = cast.client(cast.guide)
    assert "Third House" in browser.get("/profile/").content.decode()
    assert browser.post(reverse("people:choose"), {"person_id": str(other.id)}).status_code == 302
    assert "Gwen elsewhere" in browser.get("/profile/").content.decode()
    assert browser.post(reverse("people:choose"), {"person_id": str(cast.stranger.id)}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("guide", 403), ("lead", 403)])
def test_people_is_for_administrators(cast, who, status):
    assert cast.client(getattr(cast, who)).get("/people/").status_code == status


def test_people_shows_one_organisation_alone(cast):
    page = cast.client(cast.administrator).get("/people/").content.decode()
    assert "Gwen Guide" in page
    assert "Stan Stranger" not in page


def test_people_costs_the_same_for_one_and_three_more(cast):
    browser = cast.client(cast.administrator)
    browser.get("/people/")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/people/")
        return len(queries)

    actions.add_person(organisation_id=cast.organisation.id, name="One", email="one@example.org", by=None)
    first = cost()
    for name in ("Two", "Three"):
        actions.add_person(
            organisation_id=cast.organisation.id, name=name, email=f"{name}@example.org", by=None
        )
    assert cost() == first <= 12


def test_person_is_added_and_invited(cast):
    facts = {"name": "Nia New", "email": "Nia@Example.org", "time_zone": "Europe/London", "is_guide": "on"}
    assert cast.client(cast.administrator).post("/people/add/", facts).status_code == 302
    added = Person.objects.get(email="nia@example.org")
    assert (added.is_guide, added.is_lead, added.is_administrator) == (True, False, False)
    assert mail.outbox[-1].to == ["nia@example.org"]


def test_address_known_in_the_organisation_is_not_added_twice(cast):
    facts = {"name": "Gwen", "email": cast.guide.email, "time_zone": "Europe/London"}
    answer = cast.client(cast.administrator).post("/people/add/", facts)
    assert answer.status_code == 422
    assert Person.objects.filter(email=cast.guide.email).count() == 1


@pytest.mark.parametrize("door", ["roles", "address", "invite"])
def test_doors_to_a_person(cast, door):
    url = reverse(f"people:{door}", args=[cast.participant.id])
    elsewhere = reverse(f"people:{door}", args=[cast.stranger.id])
    assert cast.client(cast.administrator).post(elsewhere).status_code == 404
    assert cast.client(cast.stranger).post(url).status_code == 404
    assert cast.client(cast.guide).post(url).status_code == 404
    assert cast.client(cast.administrator).get(url).status_code == 405


def test_roles_are_changed_but_not_ones_own_administration(cast):
    browser = cast.client(cast.administrator)
    browser.post(reverse("people:roles", args=[cast.colleague.id]), {"is_lead": "on"})
    cast.colleague.refresh_from_db()
    assert (cast.colleague.is_guide, cast.colleague.is_lead) == (False, True)
    own = reverse("people:roles", args=[cast.administrator.id])
    assert browser.post(own, {"is_guide": "on"}).status_code == 409


@pytest.mark.without_ledger("people.addresses.readdress")
@pytest.mark.without_ledger("people.actions.invite_again")
def test_mistyped_address_is_corrected_and_invited_again(cast):
    person = actions.welcome_person(
        name="Nia", email="nai@example.org", time_zone="UTC", is_guide=True, by=cast.administrator
    )
    url = reverse("people:address", args=[person.id])
    assert cast.client(cast.administrator).post(url, {"email": "nia@example.org"}).status_code == 302
    assert mail.outbox[-1].to == ["nia@example.org"]
    wrong = cast.client(cast.administrator).post(url, {"email": "not an address"})
    assert wrong.status_code == 422
    assert "not an address" in wrong.content.decode()


def test_inviting_one_who_signs_in_already_is_refused(cast):
    url = reverse("people:invite", args=[cast.guide.id])
    assert cast.client(cast.administrator).post(url).status_code == 409


def test_nobody_signs_up_by_themselves(db):
    page = Client().get("/accounts/signup/")
    assert "password1" not in page.content.decode()


def test_sign_in_code_goes_out_by_the_worker(cast, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    EmailAddress.objects.create(
        user=cast.participant.user, email=cast.participant.email, verified=True, primary=True
    )
    answer = Client().post("/accounts/login/code/", {"email": cast.participant.email})
    assert answer.status_code == 302
    assert mail.outbox == []
    waiting = DBTaskResult.objects.get()
    assert waiting.task_path == "alongside.people.tasks.post_message"
    assert "code" not in str(waiting.args_kwargs["kwargs"]["letter"]).lower()


@pytest.mark.without_ledger("people.actions.found_organisation")
def test_createadmin_prints_a_link_that_works(db):
    said = io.StringIO()
    call_command("createadmin", organisation="New House", name="Ann", email="ann@example.org", stdout=said)
    person = Person.objects.get(email="ann@example.org")
    assert (person.is_administrator, person.is_guide, person.organisation.name) == (True, True, "New House")
    link = said.getvalue().strip().splitlines()[-1].replace("http://testserver", "")
    assert Client().post(link).status_code == 302
    assert mail.outbox == []


@pytest.mark.without_ledger("people.actions.make_sign_in")
def test_createadmin_takes_a_password(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("quiet river morning tea\n"))
    call_command(
        "createadmin",
        organisation="New House",
        name="Ann",
        email="ann@example.org",
        password_stdin=True,
        stdout=io.StringIO(),
    )
    assert User.objects.get(email="ann@example.org").check_password("quiet river morning tea")


def test_createadmin_refuses_a_weak_password_and_changes_nothing(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))
    with pytest.raises(CommandError):
        call_command(
            "createadmin", organisation="New House", name="Ann", email="ann@example.org", password_stdin=True
        )
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("munoz", True),
        ("José", True),
        ("MUÑOZ jose", True),
        ("jm-17@", True),
        ("jose guide", False),
        ("guide", False),
        ("", True),
    ],
)
def test_an_administrator_finds_people_by_name_or_address(cast, find, found):
    made = actions.add_person(
        organisation_id=cast.organisation.id,
        name="José Muñoz",
        email="jm-17@example.org",
        by=cast.administrator,
    )
    actions.add_person(
        organisation_id=cast.stranger.organisation_id, name="José Muñoz", email="", by=cast.stranger
    )
    page = cast.client(cast.administrator).get("/people/", {"find": find}).content.decode()
    assert page.count("José Muñoz") == int(found)
    assert (f"/people/{made.id}/" in page) is found


def test_finding_people_asks_the_same_of_few_and_of_many(cast):
    browser = cast.client(cast.administrator)
    browser.get("/people/?find=guide")
    with CaptureQueriesContext(connection) as few:
        assert "Gwen Guide" in browser.get("/people/?find=guide").content.decode()
    for number in range(20):
        actions.add_person(
            organisation_id=cast.organisation.id, name=f"Guide {number}", email="", by=cast.administrator
        )
    with CaptureQueriesContext(connection) as many:
        assert browser.get("/people/?find=guide").content.decode().count("Guide ") == 20
    assert len(many) == len(few)
