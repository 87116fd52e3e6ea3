"""The first hour of a new organisation: the commands, and what they say when something around them is wrong.

Long, because every wrong surrounding has its case here, beside the ones it is told apart from.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from alongside.config import health, home, serving, surroundings
from alongside.config.command import main
from alongside.people import actions
from tests import moment
from tests.cast import gather
from tests.served import free_port

ROOT = Path(__file__).resolve().parents[2]


def alongside(*words: str, timeout: int = 120, **environment: str) -> subprocess.CompletedProcess:
    """The command as somebody types it, in surroundings of its own."""
    given = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **moment.told(), **environment}
    return subprocess.run(
        [sys.executable, "-m", "alongside.config.command", *words],
        env=given,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )


# --- wrong surroundings end in one sentence ------------------------------------------------------------------


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("words", "wrong", "sentence"),
    [
        (("serve",), {"PORT": "abc"}, "PORT must be a number from 1 to 65535"),
        (("serve", "--port", "70000"), {}, "a number from 1 to 65535"),
        (("setup",), {"EMAIL_PORT": "smtp"}, "EMAIL_PORT must be a number"),
        (("setup",), {"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
        (("setup",), {"DATABASE_URL": "postgres://u:secret@h:port/x"}, "DATABASE_URL cannot be read"),
        (("setup",), {"DATABASE_URL": "postgres://u:secret@127.0.0.1:1/x"}, "The database does not answer"),
        (
            ("setup",),
            {"DATABASE_URL": "", "ALONGSIDE_DATABASE_DIRECT": "x"},
            "set DATABASE_URL to the pooler",
        ),
        (
            ("setup",),
            {"DATABASE_URL": "postgres://u@h/x", "ALONGSIDE_DATABASE_DIRECT": "secret"},
            "ALONGSIDE_DATABASE_DIRECT cannot be read",
        ),
        (
            ("check",),
            {"ALONGSIDE_PUBLIC_URL": "https://a.example", "ALONGSIDE_SECRET_KEY": "x" * 60},
            "Set EMAIL_HOST",
        ),
        (("setup",), {"ALONGSIDE_HOME": "/dev/null/alongside"}, "cannot write to /dev/null/alongside"),
        (("setup",), {"ALONGSIDE_HOME": "/proc/alongside"}, "cannot write to /proc/alongside"),
        (("createadmin",), {}, "Please give --organisation, --name and --email."),
        (
            ("check",),
            {"ALONGSIDE_REPLIES_ADDRESS": "calendar@example.org"},
            "Set both ALONGSIDE_REPLIES_IMAP",
        ),
    ],
)
def test_wrong_surroundings_end_in_one_sentence(tmp_path, words, wrong, sentence):
    keyring = '{"current": "k1", "keys": {"k1": "YWxvbmdzaWRlLXRlc3Qta2V5LTMyLWJ5dGVzLWxvbmc="}}'
    done = alongside(*words, **{"ALONGSIDE_HOME": str(tmp_path), "ALONGSIDE_KEYRING": keyring, **wrong})

    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("mailbox", "address", "sentence"),
    [
        ("imaps://me:secret@mail.example.org", "", "Set both"),
        ("", "calendar@example.org", "Set both"),
        ("imaps://me:secret@mail.example.org", "calendar", "must look like calendar@example.org"),
        ("imaps://me:secret@mail.example.org", "calendar+x@example.org", "no \\+"),
        ("imaps://me:secret@mail.example.org", "a-much-too-long-box@example.org", "at most 17"),
        ("imaps://me:secret@mail.example.org:mail", "calendar@example.org", "cannot be read"),
        ("imaps://mail.example.org", "calendar@example.org", "cannot be read"),
        ("https://me:secret@mail.example.org", "calendar@example.org", "cannot be read"),
        ("imap://me:secret@mail.example.org", "calendar@example.org", "must begin with imaps://"),
        ("imaps://me:secret%C3%A9@mail.example.org", "calendar@example.org", "letters without accents"),
        ("imaps://me:secret%0D%0Aa1@mail.example.org", "calendar@example.org", "letters without accents"),
    ],
)
def test_a_wrong_mailbox_for_replies_is_named_and_its_password_is_not(
    monkeypatch, mailbox, address, sentence
):
    monkeypatch.setenv("ALONGSIDE_REPLIES_IMAP", mailbox)
    monkeypatch.setenv("ALONGSIDE_REPLIES_ADDRESS", address)
    with pytest.raises(surroundings.Wrong, match=sentence) as wrong:
        surroundings.check()
    assert "secret" not in str(wrong.value)


@pytest.mark.one_database
def test_a_mailbox_for_replies_is_read_as_it_is_written(monkeypatch):
    assert surroundings.replies() is None
    monkeypatch.setenv(
        "ALONGSIDE_REPLIES_IMAP", "imaps://me%40example.org:s%2Fec%3Aret@mail.example.org/Alongside"
    )
    monkeypatch.setenv("ALONGSIDE_REPLIES_ADDRESS", "Calendar@example.org")
    found = surroundings.replies()
    assert (found.user, found.password, found.folder) == ("me@example.org", "s/ec:ret", "Alongside")
    assert (found.address, found.host, found.port) == ("calendar@example.org", "mail.example.org", 993)
    assert "s/ec:ret" not in repr(found)
    monkeypatch.setenv("ALONGSIDE_REPLIES_IMAP", "imap://me:secret@127.0.0.1")
    found = surroundings.replies()
    assert (found.port, found.folder, found.encrypted) == (143, "INBOX", False)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "no space left to write to /data/x"),
        (
            OSError(errno.EROFS, "Read-only file system", "/data/x"),
            "cannot write to /data/x (Read-only file system)",
        ),
        (PermissionError(errno.EACCES, "Permission denied", "/data/x"), "cannot write to /data/x"),
        (ImproperlyConfigured("Set it."), "Set it."),
    ],
)
def test_an_error_of_the_surroundings_has_its_sentence(error, sentence):
    assert sentence in (surroundings.sentence_for(error) or "")


@pytest.mark.one_database
def test_a_fault_of_ours_is_never_hidden_behind_a_sentence():
    assert surroundings.sentence_for(ValueError("a fault")) is None
    assert surroundings.sentence_for(FileNotFoundError(errno.ENOENT, "a fault")) is None


@pytest.mark.one_database
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))

    def read_only(self, content):
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "write_bytes", read_only)
    with pytest.raises(surroundings.Wrong, match="Read-only file system"):
        surroundings.check_home()


@pytest.mark.one_database
def test_version_and_help_say_where_things_are(tmp_path):
    version = alongside("--version")
    about = alongside("--help", ALONGSIDE_HOME=str(tmp_path))

    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert version.stdout.strip() == f"Alongside {told}"
    assert str(tmp_path) in about.stdout
    assert f"emails are saved in {tmp_path / 'mail'}" in about.stdout


# --- a full disk ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="SQLite can be told to be full")
def test_a_full_disk_is_said_on_the_page_and_nothing_is_half_saved():
    cast = gather()
    browser = cast.client(cast.participant)
    browser.raise_request_exception = False
    browser.get("/profile/")
    profile = {"name": "P" * 100, "time_zone": "Europe/London", "language": "en-gb"}
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        for _each in range(400):
            answer = browser.post("/profile/", profile, HTTP_ACCEPT="application/json")
            if answer.status_code == 503:
                break
        page = browser.post("/profile/", profile)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {before}")

    assert answer.status_code == page.status_code == 503
    assert "no space left" in answer.json()["sentence"]
    assert "no space left" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_healthz_says_no_before_the_disk_is_full(client, monkeypatch):
    monkeypatch.setattr(health, "ROOM_NEEDED", 1 << 62)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["space"]) == (503, False)


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("locked"), False),
        (None, False),
    ],
)
def test_is_full(error, full):
    assert surroundings.is_full(error) is full


# --- coming in -----------------------------------------------------------------------------------------------


@pytest.mark.one_database
def test_createadmin_takes_its_options_and_says_where_emails_lie(tmp_path):
    done = alongside(
        *("createadmin", "--organisation", "Larkfield", "--name", "Ann", "--email", "ann@example.org"),
        *("--port", "8123"),
        ALONGSIDE_HOME=str(tmp_path),
    )

    assert done.returncode == 0, done.stderr
    assert f"No mail server is set (EMAIL_HOST): emails are saved in {tmp_path / 'mail'}" in done.stdout
    assert "http://localhost:8123/invitation/" in done.stdout
    assert "alongside serve --port 8123" in done.stdout


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "8100"}, "http://localhost:8100"),
        ({"ALONGSIDE_PUBLIC_URL": "https://a.example/"}, "https://a.example"),
    ],
)
def test_links_begin_with_the_address_people_use(tmp_path, monkeypatch, environment, address):
    for name in ("PORT", "ALONGSIDE_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert home.address() == address
    home.remember_address("http://localhost:8200")
    assert home.address() == (address if environment else "http://localhost:8200")


@pytest.mark.django_db
def test_who_came_in_by_an_invitation_sets_up_a_second_factor_at_once(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    organisation = actions.found_organisation(name="Larkfield", by=None)
    facts = {"name": "Ann", "email": "ann@example.org", "is_administrator": True}
    person = actions.add_person(organisation_id=organisation.id, **facts, by=None)
    token = actions.hand_over_invitation(person=person, by=None)
    browser = Client()
    browser.post(reverse("overview:invitation", args=[token]))

    answer = browser.get(reverse("mfa_activate_totp"))

    assert answer.status_code == 200, answer.url


@pytest.mark.django_db
def test_a_passkey_is_offered_once_somebody_has_one(settings):
    cast = gather()
    assert "passkey_login" not in Client().get("/accounts/login/").content.decode()

    Authenticator.objects.create(user=cast.guide.user, type=Authenticator.Type.WEBAUTHN, data={})

    page = Client().get("/accounts/login/").content.decode()
    assert "passkey_login" in page
    assert "Passkeys do not work at this address" in page


@pytest.mark.django_db
def test_pages_that_wait_for_an_email_say_where_it_lies(settings):
    settings.MAIL_LIES_IN = "/data/mail"
    cast = gather()
    browser = Client()
    browser.post("/accounts/login/code/", {"email": cast.participant.email})

    assert "/data/mail" in browser.get("/accounts/login/code/confirm/").content.decode()
    assert "/data/mail" in cast.client(cast.administrator).get("/people/").content.decode()
    settings.MAIL_LIES_IN = ""
    assert "saved in the folder" not in cast.client(cast.administrator).get("/people/").content.decode()


# --- starting and stopping -----------------------------------------------------------------------------------


def _start(tmp_path: Path, port: int) -> subprocess.Popen:
    environment = {
        "PATH": os.environ["PATH"],
        "ALONGSIDE_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev",
        **moment.told(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "alongside.config.command", "serve", "--port", str(port)],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # a run in the background has Ctrl-C switched off, and whatever it starts would have, too
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.mark.one_database
def test_ctrl_c_ends_it_in_two_seconds_also_during_the_start(tmp_path):
    starting = _start(tmp_path, free_port())
    until = time.monotonic() + 120
    while not any(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)  # before that it is Python that starts, and not ours
    began = time.monotonic()
    os.killpg(starting.pid, signal.SIGINT)
    try:
        said, _nothing = starting.communicate(timeout=30)
    finally:
        starting.kill()

    assert time.monotonic() - began < 20
    assert "Traceback" not in said


def _until(lines, words):
    """Each line up to the one with these words; lines of the log may stand before it."""
    for line in lines:
        yield line
        if words in line:
            return


@pytest.mark.one_database
def test_a_second_start_on_one_home_is_told_so_and_the_first_ends_quickly(tmp_path):
    port = free_port()
    first = _start(tmp_path, port)
    try:
        assert first.stdout
        said = list(_until(first.stdout, f"http://localhost:{port}"))
        second = alongside("serve", "--port", str(free_port()), ALONGSIDE_HOME=str(tmp_path))
        began = time.monotonic()
        os.killpg(first.pid, signal.SIGINT)
        code = first.wait(30)
        lasted = time.monotonic() - began
    finally:
        first.kill()
        first.stdout.close()

    assert second.returncode == 1
    assert f"Alongside is running with the data in {tmp_path} already" in second.stderr
    # two seconds where nothing else is going on; a busy machine makes it slower, never wrong
    assert serving.PATIENCE < 2
    assert (code, lasted < 20) == (0, True), lasted
    assert f"http://localhost:{port}" in said[-1]


@pytest.mark.one_database
def test_an_error_of_the_surroundings_ends_a_command_with_1(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.setenv("PORT", "abc")

    assert main(["setup"]) == 1
    assert capsys.readouterr().err.startswith("PORT must be a number")


# --- proxies in front ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "count"), [("", 0), ("0", 0), ("1", 1), ("2", 2)])
def test_how_many_proxies_are_trusted_is_said_by_a_number(monkeypatch, given, count):
    monkeypatch.setenv("ALONGSIDE_BEHIND_PROXY", given)
    assert surroundings.proxies() == count


@pytest.mark.parametrize("given", ["yes", "-1", "10", "1.5"])
def test_anything_else_ends_in_one_sentence(monkeypatch, given):
    monkeypatch.setenv("ALONGSIDE_BEHIND_PROXY", given)
    with pytest.raises(surroundings.Wrong, match="ALONGSIDE_BEHIND_PROXY"):
        surroundings.proxies()


@pytest.mark.parametrize(
    ("host", "environment", "refused"),
    [
        ("0.0.0.0", {"ALONGSIDE_PUBLIC_URL": "https://alongside.example"}, True),
        ("127.0.0.1", {"ALONGSIDE_PUBLIC_URL": "https://alongside.example"}, False),
        ("0.0.0.0", {}, False),
        ("0.0.0.0", {"ALONGSIDE_PUBLIC_URL": "https://a.example", "ALONGSIDE_TRUSTED_NETWORK": "1"}, False),
    ],
)
def test_a_server_that_people_use_is_not_opened_to_a_network_in_clear(
    monkeypatch, host, environment, refused
):
    for name in ("ALONGSIDE_PUBLIC_URL", "ALONGSIDE_TRUSTED_NETWORK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert bool(surroundings.open_to_a_network(host)) is refused
