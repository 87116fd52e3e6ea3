"""Signing in, and what is refused or taken along, stand in the ledger: who, and from where; never what was typed."""

from __future__ import annotations

import json

import pytest
from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.ledger.models import Entry
from alongside.people import account_events
from alongside.people.account_events import EVENTS
from tests.cast import PASSWORD
from tests.furnish import furnish_journey

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
LOGIN = "/accounts/login/"


def browser(**more) -> Client:
    return Client(REMOTE_ADDR="203.0.113.9", headers={"user-agent": FIREFOX}, **more)


def entries(event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=event).order_by("created_at"))


@pytest.fixture
def participant(cast):
    user = cast.participant.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return cast.participant


def test_signing_in_and_out_is_recorded_with_from_where(participant):
    client = browser()
    client.post(LOGIN, {"login": participant.user.email, "password": PASSWORD})
    client.post(reverse("account_logout"))

    for event in ("sign_in.done", "sign_in.ended"):
        (entry,) = entries(event)
        assert entry.user_id == participant.user_id
        assert entry.detail == {"address": "203.0.113.9", "browser": "Firefox", "system": "Windows"}


@pytest.mark.parametrize("known", [True, False])
def test_a_failed_sign_in_is_recorded_without_what_was_typed(participant, known):
    login = participant.user.email if known else "my.secret.password@typed.example"
    browser().post(LOGIN, {"login": login, "password": "a wrong one"})

    (entry,) = entries("sign_in.failed")
    assert entry.user_id == (participant.user_id if known else None)
    assert (entry.detail["at"], entry.detail["address"]) == ("account_login", "203.0.113.9")
    assert "wrong" not in json.dumps(entry.detail) and "typed.example" not in json.dumps(entry.detail)


def test_a_door_that_stays_shut_is_recorded_once_a_minute_and_a_wrong_moment_is_not(cast):
    journey = cast.journey()
    client = cast.client(cast.colleague)
    for _twice in range(2):
        assert client.get(reverse("overview:journey", args=[journey.id])).status_code == 404
    cast.client(cast.supporter).get(reverse("sessions:room", args=[journey.id]))

    hidden, not_theirs = entries("door.refused")
    assert hidden.person_id == cast.colleague.id
    assert (hidden.detail["door"], hidden.detail["status"]) == ("overview:journey", 404)
    assert (not_theirs.person_id, not_theirs.detail["status"]) == (cast.supporter.id, 403)
    assert hidden.journey_id is None, "a journey one has no part in is not told of"


def test_a_paper_is_recorded_each_time_it_is_taken(cast):
    journey = furnish_journey(cast, "supervision")
    for _twice in range(2):
        cast.client(cast.guide).get(reverse("reading:paper", args=[journey.id, 2]))

    first, second = entries("copy.taken")
    assert (first.person_id, first.journey_id) == (cast.guide.id, journey.id)
    assert (second.detail["door"], second.detail["form"]) == ("reading:paper", "application/pdf")


def test_factors_passwords_and_addresses_are_recorded(participant):
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")
    user = participant.user
    app = Authenticator(user=user, type=Authenticator.Type.TOTP, data={})
    who = {"sender": Authenticator, "request": request, "user": user}
    factors.authenticator_added.send(authenticator=app, **who)
    factors.authenticator_removed.send(authenticator=app, **who)
    factors.authenticator_reset.send(authenticator=app, **who)
    account.password_changed.send(**who)
    account.email_changed.send(from_email_address=None, to_email_address=None, **who)
    account.email_removed.send(email_address=None, **who)

    found = list(Entry.objects.filter(user_id=user.pk).order_by("id").values_list("event", "detail"))
    assert [event for event, _detail in found] == [
        "account.factor_added",
        "account.factor_removed",
        "account.codes_made",
        "account.password_changed",
        "account.address_changed",
        "account.address_removed",
    ]
    assert found[0][1]["sort"] == "totp"
    assert set(EVENTS) > {event for event, _detail in found}


def test_a_sign_in_of_which_no_record_can_be_made_is_none(participant, monkeypatch):
    def fail(*_args, **_facts):
        raise RuntimeError("the ledger can't be written")

    monkeypatch.setattr(account_events, "record", fail)
    client = browser()
    with pytest.raises(RuntimeError):
        client.post(LOGIN, {"login": participant.user.email, "password": PASSWORD})
    assert client.get("/").status_code == 302, "nobody is signed in"


def test_a_try_is_recorded_with_the_person_however_the_address_was_typed(participant):
    strange = participant.user.email.upper().replace("@", "\u200b@")
    browser().post(LOGIN, {"login": strange, "password": "a wrong one"})
    (entry,) = entries("sign_in.failed")
    assert entry.user_id == participant.user_id
    assert browser().post(LOGIN, {"login": "a\x00b@example.org", "password": "x"}).status_code == 200


def test_the_last_wrong_code_is_recorded_too(participant):
    client = browser()
    client.post(reverse("account_request_login_code"), {"email": participant.user.email})
    for number in range(5):
        answer = client.post(reverse("account_confirm_login_code"), {"code": f"WRONG{number}"})
        if answer.status_code == 302:
            break
    assert answer.status_code == 302, "the page gives up after some tries"
    assert len(entries("sign_in.failed")) == number + 1
