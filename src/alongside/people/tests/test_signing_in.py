"""The pages that allauth brings: in the words of Alongside, with a way back, and none of them broken."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

PASSWORD = "three quiet herons by the weir"
FOREIGN = (
    "Two-Factor",
    "two-factor",
    "Security Key",
    "security key",
    "authenticator code",
    "Are you sure",
    "Change Password",
    "Set Password",
    "(again)",
    "E-mail",
    "e-mail",
    "Generate",
    "Deactivate",
    "Sign In",
    "placeholder=",
    "This field is required",
    "successfully",
)


@pytest.fixture
def user(cast):
    cache.clear()
    user = cast.guide.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


@pytest.fixture
def client(user):
    """Signed in by password, and asked once more a moment ago."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def passkey(user):
    return Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "My telephone", "credential": {}}, created_at=timezone.now()
    )


@pytest.fixture
def app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def words_of(response):
    page = response.content.decode()
    assert response.status_code == 200, response
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<(script|svg).*?</\1>", "", main, flags=re.S)


def foreign_in(words):
    return [word for word in FOREIGN if word in words]


PLAIN = [
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
]


@pytest.mark.parametrize("url", PLAIN)
def test_a_page_speaks_as_the_organisation_does(client, url):
    assert foreign_in(words_of(client.get(url))) == []


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/reauthenticate/",
    ],
)
def test_with_an_app_a_page_speaks_as_the_organisation_does(client, app, url):
    words = words_of(client.get(url))
    assert foreign_in(words) == []
    assert url == "/accounts/2fa/" or "<h1>" in words


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_a_passkey_is_listed_renamed_and_removed(client, passkey, verb):
    assert "My telephone" in words_of(client.get("/accounts/2fa/webauthn/"))
    url = f"/accounts/2fa/webauthn/keys/{passkey.pk}/{verb}/"
    assert foreign_in(words_of(client.get(url))) == []

    after = client.post(url, {"name": "My tablet"}, follow=True).content.decode()

    assert ("My tablet" in after) == (verb == "edit")
    assert "My telephone" not in after


def test_the_doors_of_signing_in_speak_as_the_organisation_does(user):
    client = Client()
    for url in (
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/signup/",
    ):
        assert foreign_in(words_of(client.get(url))) == [], url
    wrong = client.post("/accounts/login/", {"login": user.email, "password": "not this one"})
    assert "ask for a code by email" in wrong.content.decode()


def test_an_empty_field_is_met_with_a_request(client):
    words = words_of(client.post("/accounts/password/change/", {}))
    assert "Please fill this in" in words and foreign_in(words) == []


def test_signing_in_by_code(user, mailoutbox):
    client = Client()
    words = words_of(client.post("/accounts/login/code/", {"email": user.email}, follow=True))
    assert user.email in words and foreign_in(words) == []
    letter = mailoutbox[-1]
    assert letter.subject == "Your code to sign in" and "you do not need to do anything" in letter.body
    code = next(line.strip() for line in letter.body.splitlines() if line.startswith("    "))

    wrong = client.post("/accounts/login/code/confirm/", {"code": "nothing"})
    assert "This code is wrong" in wrong.content.decode()
    client.post("/accounts/login/code/confirm/", {"code": code})

    assert client.get("/").status_code == 200


def test_signing_in_with_an_app(user, app):
    client = Client()
    words = words_of(
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)
    )
    assert "One more check" in words and foreign_in(words) == []
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "123"})
    assert "This code is wrong" in wrong.content.decode()
    client.post("/accounts/2fa/authenticate/", {"code": code_for(app)})
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("seconds", [1, 25, 55])
def test_a_code_of_an_app_is_taken_once_as_long_as_it_is_right(user, app, seconds):
    """RFC 6238 5.2: the clock's tolerance makes a code right for longer than the library remembers it."""
    begun = dt.datetime(2031, 3, 3, 9, 0, 0, tzinfo=dt.UTC)

    def signs_in():
        client = Client()
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": code})
        return client.get("/").status_code == 200

    with time_machine.travel(begun, tick=False):
        code = format_hotp_value(hotp_value(app, int(begun.timestamp()) // 30 + 1))
        assert signs_in()
    with time_machine.travel(begun + dt.timedelta(seconds=seconds), tick=False):
        assert not signs_in()


def test_the_code_that_set_an_app_up_signs_nobody_in_again(client, user):
    begun = dt.datetime(2031, 3, 3, 9, 0, 0, tzinfo=dt.UTC)
    with time_machine.travel(begun, tick=False):
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        client.get("/accounts/2fa/totp/activate/")
        code = code_for(client.session["mfa.totp.secret"])
        client.post("/accounts/2fa/totp/activate/", {"code": code})
        assert Authenticator.objects.filter(user=user, type="totp").exists()

        other = Client()
        other.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        answer = other.post("/accounts/2fa/authenticate/", {"code": code})
    assert "This code is wrong" in answer.content.decode()


def test_a_link_to_choose_a_password_leads_past_no_second_factor_and_works_once(user, app, mailoutbox):
    asking, chosen = Client(), "five loud rooks over the mill"
    asking.post("/accounts/password/reset/", {"email": user.email})
    link = urlsplit(re.search(r"https?://\S+/accounts/password/reset/key/\S+", mailoutbox[-1].body)[0]).path
    form = asking.get(link)["Location"]
    asking.post(form, {"password1": chosen, "password2": chosen})
    assert asking.get("/profile/").status_code == 302

    answer = asking.post("/accounts/login/", {"login": user.email, "password": chosen})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert asking.get("/profile/").status_code == 302
    assert "Send me a new email" in words_of(Client().get(link))
    asking.post("/accounts/2fa/authenticate/", {"code": code_for(app)})
    assert asking.get("/profile/").status_code == 200


def test_a_changed_password_is_told_by_letter(client, mailoutbox):
    typed = {"oldpassword": PASSWORD, "password1": PASSWORD + " again", "password2": PASSWORD + " again"}

    client.post("/accounts/password/change/", typed)

    assert mailoutbox[-1].subject == "How you sign in was changed"
    assert "Your password was changed." in mailoutbox[-1].body


def test_a_stranger_who_tries_is_not_led_to_a_sign_up(db, mailoutbox):
    cache.clear()
    Client().post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert "There is no account" in mailoutbox[-1].body
    assert "signup" not in mailoutbox[-1].body


def test_a_new_address_is_proven_by_letter(client, mailoutbox):
    words = words_of(
        client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""}, follow=True)
    )
    assert foreign_in(words) == []
    assert mailoutbox[-1].to == ["new@example.org"] and mailoutbox[-1].subject == "Is this your address?"
