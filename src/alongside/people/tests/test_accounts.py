"""An administrator closes an account and opens it again."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people import actions, rules
from alongside.people.models import AccountStateRecord, Invitation, Organisation, Person, User
from alongside.people.queries import account_history
from tests.cast import person as make_person

WHY = {"reason": "She has left the service"}


def address(name: str, person: Person) -> str:
    return reverse(f"people:{name}", args=[person.id])


def test_a_closed_account_lets_nobody_in_and_an_opened_one_does(cast):
    inside, browser = cast.client(cast.guide), cast.client(cast.administrator)
    assert inside.get("/").status_code == 200

    browser.post(address("close", cast.guide), WHY)

    assert inside.get("/").status_code == 302
    assert cast.client(cast.guide).get("/").status_code == 302
    page = browser.get(address("person", cast.guide)).content.decode()
    assert WHY["reason"] in page and "account closed" in page and "Open it again" in page
    browser.post(address("reopen", cast.guide), {"reason": "She is back"})
    assert inside.get("/").status_code == 302, "what was ended is not opened again with the account"
    cast.clients.clear()
    assert cast.client(cast.guide).get("/").status_code == 200
    assert "She is back" in browser.get(address("person", cast.guide)).content.decode()
    assert [str(one.reason) for one in account_history(cast.guide)] == ["She is back", WHY["reason"]]
    events = Entry.objects.filter(subject_id=cast.guide.id, event__startswith="person.account_")
    assert list(events.order_by("id").values_list("event", flat=True)) == [
        "person.account_closed",
        "person.account_reopened",
    ]


def test_with_a_password_a_closed_account_says_so(cast):
    cache.clear()
    user = cast.guide.user
    user.set_password("three quiet herons by the weir")
    user.save()
    actions.close_account(person=cast.guide, **WHY, by=cast.administrator)

    typed = {"login": user.email, "password": "three quiet herons by the weir"}
    answer = Client().post("/accounts/login/", typed, follow=True)

    assert answer.wsgi_request.user.is_anonymous
    assert "This account is closed" in answer.content.decode()


@pytest.mark.without_ledger("people.actions.close_account")
def test_a_sign_in_with_a_place_elsewhere_still_goes_there(cast):
    organisation = Organisation.objects.create(name="Elsewhere")
    other = make_person(organisation, "Gwen Elsewhere")
    Person.objects.filter(id=other.id).update(user=cast.guide.user)

    actions.close_account(person=cast.guide, **WHY, by=cast.administrator)

    assert User.objects.get(id=cast.guide.user_id).is_active
    page = cast.client(cast.guide).get("/profile/").content.decode()
    assert "Elsewhere" in page


def test_links_on_their_way_stop_working(cast):
    person = actions.welcome_person(
        name="Nia", email="nia@example.org", time_zone="UTC", is_guide=True, by=cast.administrator
    )

    actions.close_account(person=person, **WHY, by=cast.administrator)

    assert Invitation.objects.get(person=person).voided_at
    with pytest.raises(Refused):
        actions.invite_again(person=Person.objects.get(id=person.id), by=cast.administrator)
    typed = {"name": "Nia", "email": "nia@example.org", "time_zone": "UTC"}
    answer = cast.client(cast.administrator).post("/people/add/", typed)
    assert answer.status_code == 422 and "it can be opened again" in answer.content.decode()


@pytest.mark.parametrize("name", ["close", "reopen"])
def test_only_an_administrator_of_the_same_organisation_comes_here(cast, name):
    for who, status in (("colleague", 404), ("lead", 404), ("stranger", 404)):
        client = cast.client(getattr(cast, who))
        assert client.get(address(name, cast.guide)).status_code == status, who
        assert client.post(address(name, cast.guide), WHY).status_code == status, who
    assert cast.client(cast.guide).post(address(name, cast.guide), WHY).status_code == 403
    assert cast.client(cast.administrator).delete(address(name, cast.guide)).status_code == 405
    assert not AccountStateRecord.objects.exists()


def test_a_reason_is_asked_for_and_comes_back(cast):
    browser = cast.client(cast.administrator)
    assert browser.get(address("close", cast.guide)).status_code == 200
    assert browser.post(address("close", cast.guide), {"reason": " "}).status_code == 422
    late = browser.post(address("reopen", cast.guide), {"reason": "My own words"})
    assert late.status_code == 409 and "My own words" in late.content.decode()
    assert browser.get(address("reopen", cast.guide)).status_code == 409


def test_nobody_closes_their_own_account(cast):
    answer = cast.client(cast.administrator).post(address("close", cast.administrator), WHY)
    assert answer.status_code == 409
    assert Person.objects.get(id=cast.administrator.id).is_active


@pytest.mark.parametrize(
    ("who", "is_open", "close", "reopen"),
    [
        ("administrator", True, True, False),
        ("administrator", False, False, True),
        ("colleague", True, False, False),
        ("colleague", False, False, False),
    ],
)
def test_who_may(cast, who, is_open, close, reopen):
    actor, person = getattr(cast, who), cast.guide
    person.is_active = is_open

    assert bool(rules.may_close_account(actor, person)) == close
    assert bool(rules.may_reopen_account(actor, person)) == reopen
