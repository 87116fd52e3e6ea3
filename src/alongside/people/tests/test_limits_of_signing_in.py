"""Guessing is slowed down for who guesses: nobody is locked out by what somebody else does elsewhere."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from alongside.people.clients import client_of
from tests.cast import PASSWORD

PROXY, HOME, ATTACKER = "10.0.0.1", "198.51.100.7", "203.0.113.9"


@pytest.fixture
def user(cast, settings):
    cache.clear()
    settings.TRUSTED_PROXIES = 1
    user = cast.participant.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def post(path: str, fields: dict, client: str):
    return Client().post(path, fields, REMOTE_ADDR=PROXY, headers={"x-forwarded-for": client})


def sign_in(user, password: str, client: str) -> bool:
    answer = post("/accounts/login/", {"login": user.email, "password": password}, client)
    return answer.status_code == 302


@pytest.mark.django_db
def test_who_guesses_is_stopped_and_the_person_signs_in_from_elsewhere(user):
    for _guess in range(6):
        assert not sign_in(user, "not the password at all", ATTACKER)
    assert not sign_in(user, PASSWORD, ATTACKER), "guessing goes on after five"

    assert sign_in(user, PASSWORD, HOME)


@pytest.mark.django_db
def test_what_a_client_claims_of_itself_frees_it_from_nothing(user):
    for guess in range(6):
        sign_in(user, "not the password at all", f"192.0.2.{guess}, {ATTACKER}")

    assert not sign_in(user, PASSWORD, f"192.0.2.99, {ATTACKER}")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_emails_asked_for_elsewhere_leave_the_person_theirs(user, mailoutbox, path):
    for _again in range(9):
        post(path, {"email": user.email}, ATTACKER)
    sent = len(mailoutbox)
    assert sent <= 5, "as many emails as somebody cares to ask for"

    assert post(path, {"email": user.email}, HOME).status_code == 302

    assert len(mailoutbox) == sent + 1


@pytest.mark.django_db
def test_an_office_behind_one_address_signs_in_though_somebody_there_guesses(user):
    for guess in range(40):
        post("/accounts/login/", {"login": f"nobody{guess}@example.org", "password": "not it at all"}, HOME)

    assert sign_in(user, PASSWORD, HOME)


@pytest.mark.django_db
def test_too_many_at_once_are_told_so_in_our_words(user, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    sign_in(user, "not the password at all", HOME)

    answer = post("/accounts/login/", {"login": user.email, "password": PASSWORD}, HOME)

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "There were many attempts in a short time" in answer.content.decode()


@pytest.mark.parametrize(
    ("trusted", "told", "client"),
    [
        (0, ATTACKER, PROXY),
        (1, HOME, HOME),
        (1, f"{ATTACKER}, {HOME}", HOME),
        (2, f"{ATTACKER}, {HOME}, 10.0.0.2", HOME),
        (2, HOME, PROXY),
        (1, "", PROXY),
        (1, "not an address", PROXY),
        (1, f"{HOME}:4711", HOME),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_client_is_who_asked_the_outermost_trusted_proxy(rf, settings, trusted, told, client):
    settings.TRUSTED_PROXIES = trusted
    assert client_of(rf.get("/", REMOTE_ADDR=PROXY, headers={"x-forwarded-for": told})) == client
