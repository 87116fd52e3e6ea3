"""A login session lies under the hash of its key, sealed; secrets of second factors lie sealed too."""

import base64
import json
import os
import time
from importlib import import_module
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.apps import apps
from django.conf import settings as given
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.key_use import values_sealed_with
from alongside.people.factor_secrets import FACTOR_SECRETS
from alongside.people.login_sessions import SessionStore
from alongside.people.models import LoginSession

pytestmark = pytest.mark.django_db


def rows_of(table: str) -> str:
    """A whole table as whoever steals the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return repr(
            [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
        )


def test_neither_the_key_nor_what_it_holds_can_be_read_in_the_database(cast):
    client = cast.client(cast.guide)
    session = client.session
    session["words"] = "secret words of a session"
    session.save()

    stolen = rows_of("people_loginsession")

    key = client.cookies[given.SESSION_COOKIE_NAME].value
    assert key not in stolen and key[:8] not in stolen
    assert "secret words" not in stolen
    assert client.get("/profile/").status_code == 200
    assert client.session["words"] == "secret words of a session"
    assert "django_session" not in connection.introspection.table_names()


def test_what_stands_in_the_database_opens_nothing_as_a_key(cast):
    client = cast.client(cast.guide)
    thief = Client()
    for stolen in LoginSession.objects.values_list("key_digest", "id"):
        for value in stolen:
            thief.cookies[given.SESSION_COOKIE_NAME] = str(value)
            assert thief.get("/profile/").status_code == 302
    assert client.get("/profile/").status_code == 200


def test_what_one_session_holds_does_not_open_in_another(cast):
    cast.client(cast.guide), cast.client(cast.administrator)
    theirs = LoginSession.objects.get(user=cast.administrator.user)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_loginsession SET data = (SELECT data FROM people_loginsession WHERE key_digest = %s) "
            "WHERE key_digest <> %s",
            [theirs.key_digest, theirs.key_digest],
        )
    assert cast.client(cast.guide).get("/people/").status_code == 302
    assert cast.client(cast.administrator).get("/people/").status_code == 200


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(cast):
    client = Client()
    first = client.session.session_key
    client.force_login(cast.guide.user, backend=given.AUTHENTICATION_BACKENDS[0])
    assert client.session.session_key != first
    assert not SessionStore().exists(first)
    assert LoginSession.objects.get().user_id == cast.guide.user_id

    client.post("/accounts/logout/")

    assert not LoginSession.objects.exclude(user=None).exists()


def test_a_session_that_was_ended_is_not_brought_back_by_a_request_under_way(cast):
    under_way = SessionStore(cast.client(cast.guide).session.session_key)
    under_way["seen_at"] = 1
    LoginSession.objects.all().delete()

    with pytest.raises(UpdateError):
        under_way.save()

    assert not LoginSession.objects.exists()


def test_what_has_run_out_opens_nothing_and_is_cleared_away(cast):
    key = cast.client(cast.guide).session.session_key
    cast.client(cast.administrator)
    LoginSession.objects.filter(user=cast.guide.user).update(expires_at=clock.now())

    assert SessionStore(key).load() == {}
    SessionStore.clear_expired()

    assert LoginSession.objects.get().user_id == cast.administrator.user_id


def test_loading_one_asks_the_database_once(cast, django_assert_num_queries):
    key = cast.client(cast.guide).session.session_key
    with django_assert_num_queries(1):
        assert SessionStore(key)["_auth_user_id"] == str(cast.guide.user_id)


# --- second factors --------------------------------------------------------------------------------------------------


@pytest.fixture
def secret(cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.guide.user, secret)
    RecoveryCodes.activate(cast.guide.user)
    return secret


def test_secrets_of_second_factors_cannot_be_read_in_the_database_and_still_work(cast, secret):
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    stolen = rows_of("mfa_authenticator")

    assert secret not in stolen
    data = Authenticator.objects.get(type="recovery_codes").data
    assert len(data["seed"]) > 60 and codes.get_unused_codes()
    totp = TOTP(Authenticator.objects.get(type="totp"))
    assert totp.validate_code(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_a_new_key_seals_them_too_and_the_old_one_goes_only_then(cast, secret, settings):
    before = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()
    new = base64.b64encode(os.urandom(32)).decode()
    settings.ENCRYPTION_KEYRING = {
        "current": "k2",
        "keys": {**settings.ENCRYPTION_KEYRING["keys"], "k2": new},
    }
    sealed = {"totp": "secret", "recovery_codes": "seed"}
    assert values_sealed_with("k1") >= len(sealed)
    with_fields_only = values_sealed_with("k1")

    call_command("reseal", stdout=StringIO())

    assert with_fields_only > values_sealed_with("k1") == 0
    settings.ENCRYPTION_KEYRING = {"current": "k2", "keys": {"k2": new}}
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes() == before
    for kind, name in sealed.items():
        value = Authenticator.objects.get(type=kind).data[name]
        assert base64.b64decode(value).startswith(b"\x02k2"), kind


def test_what_is_no_secret_of_a_factor_stays_as_it_is(cast, settings):
    data = {"name": "My telephone", "credential": {"response": {"secret": "not one of ours"}}}
    passkey = Authenticator.objects.create(user=cast.guide.user, type="webauthn", data=data)

    call_command("reseal", stdout=StringIO())

    passkey.refresh_from_db()
    assert json.dumps(passkey.data) == json.dumps(data)


def test_what_lay_open_before_is_sealed_by_the_migration(cast):
    migration = import_module("alongside.people.migrations.0008_login_sessions")
    secret = generate_totp_secret()
    open_before = Authenticator.objects.create(user=cast.guide.user, type="totp", data={"secret": secret})

    migration.seal_what_lay_open(apps, None)

    assert secret not in rows_of("mfa_authenticator")
    open_before.refresh_from_db()
    assert FACTOR_SECRETS.unseal(open_before.data["secret"]) == secret
