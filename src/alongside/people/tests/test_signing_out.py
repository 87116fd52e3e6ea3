"""One's own login sessions are listed and ended; closing an account ends them at once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as given
from django.test import Client

from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people import actions, signing_out
from alongside.people.devices import device_of
from alongside.people.models import LoginSession, Person
from tests.cast import person

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


def browser(who: Person, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    client.force_login(who.user, backend=given.AUTHENTICATION_BACKENDS[0])
    assert client.get("/profile/").status_code == 200
    return client


def of(who: Person) -> int:
    return LoginSession.objects.filter(user=who.user).count()


def test_the_page_lists_each_browser_and_says_which_one_this_is(cast):
    mine = browser(cast.participant)
    browser(cast.participant, PHONE)
    browser(cast.guide)

    page = mine.get("/profile/signed-in/").content.decode()

    assert page.count("Firefox on Windows") == 1 and page.count("Safari on iPhone") == 1
    assert page.count("This browser") == 1
    assert mine.get("/profile/").content.decode().count("/profile/signed-in/") == 1


def test_one_is_ended_and_its_next_request_asks_to_sign_in(cast):
    mine, lost = browser(cast.participant), browser(cast.participant, PHONE)
    row = LoginSession.objects.filter(user=cast.participant.user).latest("created_at")

    answer = mine.post(f"/profile/signed-in/{row.id}/end/")

    assert (answer.status_code, answer["Location"]) == (302, "/profile/signed-in/")
    assert lost.get("/profile/").status_code == 302
    assert mine.get("/profile/").status_code == 200


@pytest.mark.without_ledger("people.signing_out.end_login_session")
def test_ending_the_one_in_use_leads_to_the_sign_in(cast):
    mine = browser(cast.participant)
    row = LoginSession.objects.get(user=cast.participant.user)
    assert mine.post(f"/profile/signed-in/{row.id}/end/")["Location"] == "/accounts/login/"
    assert of(cast.participant) == 0


@pytest.mark.without_ledger("people.signing_out.sign_out_everywhere")
def test_everywhere_is_everywhere_and_only_oneself(cast):
    mine, lost, theirs = browser(cast.participant), browser(cast.participant, PHONE), browser(cast.guide)

    assert mine.post("/profile/signed-in/end-all/")["Location"] == "/accounts/login/"

    assert lost.get("/profile/").status_code == mine.get("/profile/").status_code == 302
    assert theirs.get("/profile/").status_code == 200


@pytest.mark.parametrize("who", ["guide", "administrator", "stranger"])
def test_somebody_elses_is_not_there(cast, who):
    browser(cast.participant)
    row = LoginSession.objects.get(user=cast.participant.user)
    assert browser(getattr(cast, who)).post(f"/profile/signed-in/{row.id}/end/").status_code == 404
    assert of(cast.participant) == 1


def test_an_administrator_signs_somebody_out_everywhere(cast):
    theirs, admin = browser(cast.guide), browser(cast.administrator)
    assert "Sign them out everywhere" in admin.get(f"/people/{cast.guide.id}/").content.decode()

    assert admin.post(f"/people/{cast.guide.id}/sign-out/").status_code == 302

    assert theirs.get("/profile/").status_code == 302
    assert Entry.objects.get(event="person.signed_out").detail == {"sessions": 1}


@pytest.mark.parametrize(("who", "status"), [("colleague", 404), ("lead", 404), ("stranger", 404)])
def test_nobody_else_does(cast, who, status):
    browser(cast.guide)
    assert browser(getattr(cast, who)).post(f"/people/{cast.guide.id}/sign-out/").status_code == status
    assert of(cast.guide) == 1


def test_who_cannot_sign_in_is_not_signed_out(cast):
    nobody = person(cast.organisation, "Nora Nobody", account=False)
    with pytest.raises(Refused, match="cannot sign in yet"):
        signing_out.sign_out_everywhere(person=nobody, by=cast.administrator)


@pytest.mark.parametrize("action", ["one", "all"])
def test_when_the_ledger_cannot_be_written_nobody_is_signed_out(cast, monkeypatch, action):
    browser(cast.guide)
    row = LoginSession.objects.get(user=cast.guide.user)

    def broken(*_args, **_more):
        raise RuntimeError("no ledger")

    monkeypatch.setattr(signing_out, "record", broken)
    with pytest.raises(RuntimeError):
        if action == "one":
            signing_out.end_login_session(login_session=row, by=cast.guide)
        else:
            signing_out.sign_out_everywhere(person=cast.guide, by=cast.guide)

    assert of(cast.guide) == 1


@pytest.mark.without_ledger("people.actions.reopen_account")
def test_closing_an_account_ends_its_login_sessions_and_opening_it_brings_none_back(cast):
    theirs = browser(cast.guide)
    closed = actions.close_account(person=cast.guide, reason="Has left.", by=cast.administrator)
    assert of(cast.guide) == 0

    actions.reopen_account(person=closed.person, reason="Is back.", by=cast.administrator)

    assert theirs.get("/profile/").status_code == 302


def test_who_has_a_place_elsewhere_stays_signed_in_there_alone(cast):
    elsewhere = person(cast.stranger.organisation, "Gwen Elsewhere", account=False)
    Person.objects.filter(id=elsewhere.id).update(user=cast.guide.user)
    theirs = browser(cast.guide)

    actions.close_account(person=cast.guide, reason="Has left.", by=cast.administrator)

    page = theirs.get("/profile/").content.decode()
    assert cast.stranger.organisation.name in page and cast.organisation.name not in page


@pytest.mark.parametrize(
    ("agent", "device"),
    [(FIREFOX, ("Firefox", "Windows")), (PHONE, ("Safari", "iPhone")), ("curl/8", ("", "")), ("", ("", ""))],
)
def test_a_browser_is_named_as_its_owner_would(agent, device):
    assert device_of(agent) == device


# --- shown a moment ago ----------------------------------------------------------------------------------------------

CHANGES = ["/accounts/email/", "/accounts/password/set/", "/accounts/2fa/totp/activate/"]


def signed_in_by_code(who: Person, seconds_ago: int) -> Client:
    client = browser(who)
    session = client.session
    session["account_authentication_methods_user"] = str(who.user_id)
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - seconds_ago}]
    session.save()
    return client


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_signs_in_by_codes_alone_signs_in_afresh_before_a_change(cast, path, method):
    client = signed_in_by_code(cast.participant, 3_600)

    answer = getattr(client, method)(path)

    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")
    assert client.get("/profile/").status_code == 302
    assert "Please sign in again first" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("path", CHANGES)
def test_who_did_a_moment_ago_goes_on(cast, path):
    assert signed_in_by_code(cast.participant, 30).get(path).status_code == 200


def test_who_has_a_password_is_asked_for_it(cast):
    cast.participant.user.set_password("kettle umbrella frost")
    cast.participant.user.save()
    client = signed_in_by_code(cast.participant, 3_600)

    answer = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})

    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/reauthenticate/")
    assert 'name="oldpassword"' in client.get("/accounts/password/change/").content.decode()


def test_who_has_a_passkey_shows_it_before_choosing_a_password(cast):
    Authenticator.objects.create(
        user=cast.participant.user, type="webauthn", data={"name": "Mine", "credential": {}}
    )
    client = signed_in_by_code(cast.participant, 3_600)

    answer = client.get("/accounts/password/set/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")
