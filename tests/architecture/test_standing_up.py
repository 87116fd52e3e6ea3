"""What `make run`, the `alongside` command and the settings promise to whoever runs a house.

Long, because what is promised about starting, settings and building is one list, and shares how it starts a process.
"""

import json
import logging
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.config import heartbeat, home, worker
from alongside.config.logs import JsonFormatter
from alongside.config.mail import FolderBackend
from alongside.config.serving import end_with_parent
from alongside.kernel import clock
from tests import moment

ROOT = Path(__file__).resolve().parents[2]
PROD = {
    "DJANGO_SETTINGS_MODULE": "alongside.config.settings.prod",
    "ALONGSIDE_PUBLIC_URL": "https://alongside.example",
    "EMAIL_HOST": "mail.example",
    "ALONGSIDE_SECRET_KEY": "x" * 60 + "0123456789",
}


# --- is the house standing? ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_healthz_says_yes_while_database_and_worker_answer(client):
    heartbeat.beat("w1")

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "worker": True, "space": True})


@pytest.mark.django_db
def test_healthz_says_no_when_the_worker_is_silent(client):
    heartbeat.beat("w1")
    with clock.at(clock.now() + timedelta(seconds=31)):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"database": True, "worker": False, "space": True})


@pytest.mark.django_db
def test_healthz_says_no_when_the_database_is_gone(client, monkeypatch):
    heartbeat.beat("w1")

    def gone():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", gone)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"database": False, "worker": False, "space": True})


@pytest.mark.django_db
def test_healthz_begins_no_session(client):
    assert client.get("/healthz").cookies == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("worker_lives", "state"), [(True, "RUNNING"), (False, "READY")])
def test_a_task_goes_back_to_the_queue_only_when_its_worker_died(worker_lives, state):
    task = DBTaskResult.objects.create(
        task_path="x.y",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - timedelta(minutes=1),
        worker_ids=["w1"],
    )
    heartbeat.beat("w1" if worker_lives else "w2")

    worker.take_up_again()

    task.refresh_from_db()
    assert task.status == state


# --- keys ----------------------------------------------------------------------------------------------------


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    for name in ("ALONGSIDE_SECRET_KEY", "ALONGSIDE_KEYRING", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    return tmp_path


def test_keys_are_made_once_and_only_their_owner_can_read_them(own_home):
    made = home.make_missing_keys()
    contents = [file.read_text() for file in made]

    assert home.make_missing_keys() == []
    assert [file.read_text() for file in made] == contents
    assert {stat.S_IMODE(file.stat().st_mode) for file in made} == {0o600}


def test_a_lost_keyring_is_not_replaced_while_there_are_words(own_home):
    (own_home / "alongside.sqlite3").touch()

    with pytest.raises(home.KeysMissing, match="backup"):
        home.make_missing_keys()

    assert not home.keyring_file().exists()


def test_a_new_key_becomes_current_and_the_old_one_stays(own_home):
    home.make_missing_keys()
    old = home.read_keyring()

    name = home.add_key()

    ring = home.read_keyring()
    assert (name, ring["current"], ring["keys"]["k1"]) == ("k2", "k2", old["keys"]["k1"])
    assert stat.S_IMODE(home.keyring_file().stat().st_mode) == 0o600


# --- logs and mail -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_logs_never_hold_words_or_tokens_of_a_request_that_fails(rf):
    request = rf.post("/invitation/secret-token/?q=private", {"text": "private words"})
    try:
        raise ValueError("private words quoted by an error")
    except ValueError:
        record = logging.getLogger("django.request").makeRecord(
            "django.request",
            logging.ERROR,
            "f",
            1,
            "Internal Server Error: %s",
            (request.path,),
            sys.exc_info(),
        )
    record.request, record.status_code = request, 500

    line = JsonFormatter().format(record)

    assert "private" not in line and "secret-token" not in line
    assert json.loads(line)["exception"][0]["class"] == "ValueError"


@pytest.mark.django_db
def test_each_request_leaves_one_line_without_its_query(client, caplog):
    with caplog.at_level(logging.INFO, logger="alongside.access"):
        client.get("/healthz?q=private")

    (record,) = (record for record in caplog.records if record.name == "alongside.access")
    line = json.loads(JsonFormatter().format(record))
    assert (line["method"], line["route"], line["status"], line["actor"]) == ("GET", "healthz", 503, None)
    assert "private" not in json.dumps(line)


def test_mail_of_the_demo_lands_as_whole_letters(settings, tmp_path):
    settings.EMAIL_FOLDER = tmp_path / "mail"
    letter = EmailMessage("Grüße 🌿", "Body", "a@example.org", ["b@example.org"])

    assert FolderBackend().send_messages([letter]) == 1

    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert b"b@example.org" in file.read_bytes()


# --- settings ------------------------------------------------------------------------------------------------


def python(code: str, **environment: str) -> subprocess.CompletedProcess:
    """A fresh interpreter, because settings are read once a process."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    kept["ALONGSIDE_KEYRING"] = (
        '{"current": "k1", "keys": {"k1": "YWxvbmdzaWRlLXRlc3Qta2V5LTMyLWJ5dGVzLWxvbmc="}}'
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **moment.told(), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
    )


def test_production_settings_pass_the_deployment_check():
    done = python("from alongside.config.command import main; main(['check'])", **PROD)

    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ALONGSIDE_DEMO": "1"}, "signs in anyone"),
        ({"ALONGSIDE_PUBLIC_URL": "http://alongside.example"}, "https address"),
        ({"EMAIL_HOST": ""}, "Set EMAIL_HOST"),
        ({"EMAIL_USE_TLS": "0"}, "leave EMAIL_USE_TLS on"),
        ({"DATABASE_URL": "postgres://a:b@db.example/alongside"}, "sslmode=verify-full"),
        ({"DATABASE_URL": "postgres://a:b@db.example/alongside?sslmode=require"}, "sslmode=verify-full"),
        ({"DATABASE_URL": "postgres://a:b@db.example/alongside?sslmode=verify-ca"}, "sslmode=verify-full"),
        ({"DATABASE_URL": "postgres://a:b@/alongside?host=db.example"}, "sslmode=verify-full"),
        ({"DATABASE_URL": "postgres://a:b@/alongside?host=/run/a,db.example"}, "sslmode=verify-full"),
        (
            {
                "DATABASE_URL": "postgres://a:b@localhost:6432/alongside",
                "ALONGSIDE_DATABASE_DIRECT": "postgres://a:b@db.example/alongside",
            },
            "ALONGSIDE_DATABASE_DIRECT leads to another machine: add ?sslmode=verify-full",
        ),
        ({"ALONGSIDE_SECRET_KEY": "", "ALONGSIDE_HOME": "/nonexistent"}, "keys are missing"),
    ],
)
def test_production_settings_refuse_what_would_be_unsafe(wrong, sentence):
    done = python("import alongside.config.settings.prod", **{**PROD, **wrong})

    assert done.returncode != 0
    assert sentence in done.stderr


@pytest.mark.parametrize(
    "allowed",
    [
        {"DATABASE_URL": "postgres://a:b@db.example/alongside?sslmode=verify-full"},
        {"DATABASE_URL": "postgres://a:b@localhost:5432/alongside"},
        {"DATABASE_URL": "postgres://a:b@%2Fvar%2Frun%2Fpostgresql/alongside"},
        {"EMAIL_USE_TLS": "0", "EMAIL_USE_SSL": "1"},
        {"EMAIL_USE_TLS": "0", "EMAIL_HOST": "127.0.0.1"},
        {"DATABASE_URL": "postgres://a:b@db/alongside", "ALONGSIDE_TRUSTED_NETWORK": "1"},
    ],
)
def test_production_settings_take_what_stays_on_this_machine_or_is_encrypted(allowed):
    done = python("import alongside.config.settings.prod", **{**PROD, **allowed})

    assert done.returncode == 0, done.stderr


def test_cookies_of_production_are_bound_to_host_and_https():
    done = python(
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)",
        **PROD,
    )

    assert done.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "True", "Lax"]


def test_a_calendar_asked_for_in_clear_is_refused_and_not_led_to_https():
    code = (
        "import django; django.setup(); from django.test import Client; from django.urls import reverse\n"
        "feed = reverse('environment_emails:feed', args=['a-token'])\n"
        "for path in (feed, '/accounts/login/'):\n"
        "    print(Client(headers={'host': 'alongside.example'}).get(path).status_code)"
    )

    assert python(code, **PROD).stdout.split() == ["404", "301"]


def test_neither_the_demo_nor_the_page_of_examples_is_on_a_server():
    code = (
        "import django; django.setup(); from django.urls import resolve; from django.apps import apps\n"
        "print(apps.is_installed('alongside.demo'))\n"
        "for path in ('/demo/sign-in', '/ui/', '/ui/echo/'):\n"
        "    try: resolve(path)\n"
        "    except Exception as e: print(type(e).__name__)"
    )

    assert python(code, **PROD).stdout.split() == ["False", *["Resolver404"] * 3]


@pytest.mark.django_db
def test_pages_allow_no_inline_script_or_style(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy


@pytest.mark.django_db
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="about SQLite")
def test_sqlite_keeps_what_it_acknowledged():
    with connection.cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert found == ["wal", 2, 1]
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


# --- building and running ------------------------------------------------------------------------------------


@pytest.mark.one_database
def test_locked_packages_name_hashes_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = [about for path, about in lock["packages"].items() if path]

    assert [about for about in packages if "resolved" in about or "integrity" not in about] == []
    for file in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in file.read_text(), file.name
        assert file.read_text().count("==") <= file.read_text().count("--hash="), file.name


@pytest.mark.one_database
def test_what_pip_installs_is_what_was_tested():
    from hatchling.metadata.core import ProjectMetadata
    from hatchling.plugin.manager import PluginManager

    asked = ProjectMetadata(str(ROOT), PluginManager()).core.dependencies
    tested = {f"{name.lower()}=={version}" for name, version in _installed().items()}

    assert len(asked) > 40
    assert [each for each in asked if ";" not in each and each.lower() not in tested] == []
    assert all("==" in each and "hash" not in each for each in asked)


def _installed() -> dict[str, str]:
    from importlib.metadata import distributions

    return {re.sub(r"[-_.]+", "-", each.name): each.version for each in distributions()}


@pytest.mark.one_database
def test_a_run_without_tests_is_a_failure(capsys, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    import test as runner

    sqlite = {"name": "sqlite", "code": 0, "tests": 9, "failures": 0, "errors": 0, "skipped": 1}
    empty = {"name": "postgres", "code": 0, "tests": 2, "failures": 0, "errors": 0, "skipped": 2}

    assert runner.close([sqlite, sqlite], 1) == 0
    assert runner.close([sqlite, empty], 1) == 1
    assert capsys.readouterr().out.endswith("8 passed, 1 failed, 3 skipped\n")


@pytest.mark.one_database
def test_serve_opens_quickly_and_closes_cleanly(tmp_path):
    port = _free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "ALONGSIDE_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev",
        **moment.told(),
    }
    command = [sys.executable, "-m", "alongside.config.command", "serve", f"--port={port}"]
    with open(tmp_path / "log", "wb") as log:
        server = subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=log, stderr=log, preexec_fn=end_with_parent
        )
    try:
        health = _wait_until_healthy(port)
        answers = [_answers_to(port, message) for message in TWO_WAYS_TO_END]
        server.send_signal(signal.SIGTERM)
        code = server.wait(300)
    finally:
        server.kill()

    log = (tmp_path / "log").read_text()
    assert health == {"database": True, "worker": True, "space": True}, log
    assert code == 0, log
    assert f"http://localhost:{port}" in log
    assert [answer.count(b"HTTP/1.1") for answer in answers] == [1] * len(answers), answers
    assert not any(b'"database"' in answer for answer in answers), "a request hidden in another was answered"
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)


HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
TWO_WAYS_TO_END = [
    b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n\r\n" + body + HIDDEN
    for headers, body in [
        (b"Content-Length: 6\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
        (b"Content-Length: 0\r\nContent-Length: 40", b""),
        (b"Content-Length: 3\r\nTransfer-Encoding : chunked", b"0\r\n\r\n"),
        (b"Content-Length: 3\r\nTransfer-Encoding: xchunked", b"abc"),
    ]
]
"""Requests that a proxy and a server may see ending at different places, each with another one behind it."""


def _answers_to(port: int, message: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection_:
        connection_.sendall(message)
        answer = b""
        while part := connection_.recv(65_536):
            answer += part
    return answer


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_until_healthy(port: int) -> dict:
    until = time.monotonic() + 900
    answer: dict = {}
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
                return json.load(response)
        except urllib.error.HTTPError as refused:
            answer = json.load(refused)
        except OSError:
            pass
        time.sleep(0.2)
    return answer
