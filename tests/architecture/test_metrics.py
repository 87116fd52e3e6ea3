"""The numbers at `/metrics`: closed by default, read by the format's own parser, right, and silent about people."""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import os
import re
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

import alongside
from alongside.backups.models import BackupRecord
from alongside.backups.states import Event
from alongside.config import heartbeat, shared_counts, surroundings
from alongside.kernel import clock
from alongside.people.models import FailedEmail, Organisation
from tests.cast import Cast, person
from tests.served import Served, own_home

TOKEN = "a-token-of-a-test-and-of-no-worth-at-all"
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


@pytest.fixture
def is_open(settings):
    settings.METRICS_TOKEN = TOKEN


def text_of(client, **headers) -> str:
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}", **headers})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def read(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    from prometheus_client.parser import text_string_to_metric_families

    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(found, name: str, **labels: str) -> float:
    return found[(name, tuple(sorted(labels.items())))]


# --- who is answered -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_token_set_there_is_nothing_whatever_is_shown(client):
    for shown in ("", "Bearer ", f"Bearer {TOKEN}", "Basic Og=="):
        assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
@pytest.mark.parametrize("shown", ["", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer é", f"Bearer {TOKEN}x"])
def test_who_does_not_show_the_token_reads_404(client, shown):
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
def test_nothing_can_be_sent_there_and_no_session_begins(client):
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert client.post("/metrics", headers=bearer).status_code == 404
    assert client.get("/metrics", headers=bearer).cookies == {}


@pytest.mark.parametrize("given", ["short", "x" * 31, "with a space in the middle of it, long", "é" * 40])
def test_a_token_that_could_be_guessed_is_refused_without_repeating_it(monkeypatch, given):
    monkeypatch.setenv("ALONGSIDE_METRICS_TOKEN", given)
    with pytest.raises(surroundings.Wrong) as refused:
        surroundings.check()
    assert "ALONGSIDE_METRICS_TOKEN must have at least 32" in str(refused.value)
    assert given not in str(refused.value)


# --- what is answered ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
def test_answers_are_counted_by_route_method_and_status(client):
    of_health = {"route": "healthz", "method": "GET", "status": "200"}
    heartbeat.beat("w1")
    client.get("/healthz")
    before = read(text_of(client))
    for _ in range(3):
        client.get("/healthz")
    client.generic("BREW", "/healthz")
    after = read(text_of(client))

    name = "alongside_request_seconds"
    assert value(after, f"{name}_count", **of_health) - value(before, f"{name}_count", **of_health) == 3
    assert value(after, f"{name}_bucket", le="+Inf", **of_health) == value(
        after, f"{name}_count", **of_health
    )
    assert value(after, f"{name}_sum", **of_health) > value(before, f"{name}_sum", **of_health)
    assert value(after, f"{name}_count", route="healthz", method="other", status="405") >= 1
    assert not [key for key in after if "BREW" in str(key)]


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
def test_what_the_database_says_is_right(client):
    now, queued = timezone.now(), []
    for path, queue, status, run_after, waited in (
        ("alongside.people.tasks.post_message", "default", "READY", None, 600),
        ("alongside.people.tasks.post_message", "default", "READY", now + dt.timedelta(hours=1), 900),
        ("alongside.people.tasks.post_invitation", "default", "RUNNING", None, 5),
        ("alongside.rooms.environment.tasks.busy.read_calendar", "calendars", "READY", now, 900),
        ("alongside.rooms.environment.tasks.busy.read_calendar", "calendars", "FAILED", None, 90),
        ("alongside.people.tasks.post_message", "default", "SUCCESSFUL", None, 90),
    ):
        made = DBTaskResult.objects.create(
            task_path=path,
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            queue_name=queue,
            status=TaskResultStatus[status],
            run_after=run_after or get_date_max(),
        )
        queued.append(made)
        DBTaskResult.objects.filter(id=made.id).update(enqueued_at=now - dt.timedelta(seconds=waited))
    someone = person(Organisation.objects.create(name="Riverside House"), "Percy Participant")
    FailedEmail.objects.create(person=someone, kind="welcome")
    FailedEmail.objects.create(person=someone, kind="welcome", settled_at=now)
    heartbeat.beat("w1")

    found = read(text_of(client))

    assert value(found, "alongside_tasks_waiting", queue="default") == 1
    assert value(found, "alongside_tasks_waiting", queue="calendars") == 1
    assert value(found, "alongside_tasks_waiting", queue="archives") == 0
    assert 600 <= value(found, "alongside_task_oldest_waiting_seconds", queue="default") < 660
    assert 0 <= value(found, "alongside_task_oldest_waiting_seconds", queue="calendars") < 60
    assert value(found, "alongside_tasks_failed") == 1
    assert value(found, "alongside_emails_waiting") == 3
    assert value(found, "alongside_emails_failed") == 1
    assert value(found, "alongside_worker_alive") == 1
    assert value(found, "alongside_database_bytes") > 100_000
    assert value(found, "alongside_info", version="0.1.0") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
def test_backups_and_drills_have_an_age_from_the_last_that_went_well(client):
    assert not [key for key in read(text_of(client)) if "backup" in key[0] or "drill" in key[0]]
    days = {
        (Event.MADE, True): 3,
        (Event.MADE, False): 1,
        (Event.PROVED, False): 9,
        (Event.PROVED, True): 8,
    }
    for (event, well), ago in days.items():
        with clock.at(timezone.now() - dt.timedelta(days=ago)):
            BackupRecord.objects.create(event=event, went_well=well, problem="" if well else "It could not.")

    found = read(text_of(client))

    day = 24 * 60 * 60
    assert 3 * day <= value(found, "alongside_backup_age_seconds") < 3 * day + 60
    assert value(found, "alongside_backup_went_well") == 0
    assert 8 * day <= value(found, "alongside_drill_age_seconds") < 8 * day + 60
    assert value(found, "alongside_drill_went_well") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
def test_no_word_no_name_and_no_id_is_in_it(client, cast: Cast):
    """Every page that is named by an id is asked for, by who may read it and by who may not; failures leave words behind."""
    journey = cast.journey()
    BackupRecord.objects.create(event=Event.MADE, went_well=False, problem="canary-of-a-problem")
    FailedEmail.objects.create(person=cast.participant, kind="canary-of-a-kind")
    DBTaskResult.objects.create(
        task_path="alongside.people.tasks.post_message",
        args_kwargs={"args": ["canary@example.org"], "kwargs": {}},
        backend_name="default",
        status=TaskResultStatus.FAILED,
        traceback="canary-of-a-traceback",
        exception_class_path="canary.OfAnException",
        run_after=get_date_max(),
    )
    for who in (cast.guide, cast.participant, cast.stranger):
        client.force_login(who.user)
        for path in (f"/journeys/{journey.id}/", f"/journeys/{journey.id}/sessions/", "/?canary=of-a-query"):
            client.get(path, headers={"user-agent": "canary-of-a-browser"})
        client.post(f"/journeys/{journey.id}/goals/", {"text": "canary-of-a-word"})
        client.get("/canary-of-a-path/")

    text = text_of(client)

    people = (cast.guide, cast.participant, cast.stranger, cast.supporter, cast.administrator)
    names = [part for who in people for part in (*who.name.split(), who.email)]
    for word in ("canary", "@", TOKEN, cast.organisation.name, *names):
        assert word.lower() not in text.lower(), word
    assert not UUID.search(text)
    # and not by number either: who asked does not show in any label
    labels = {name for _, labels in read(text) for name, _ in labels}
    assert labels <= {"route", "method", "status", "le", "queue", "version"}


def test_every_task_that_sends_an_email_is_counted_as_one():
    from alongside.config import metric_facts

    senders, others = set(), set()
    for file in Path(alongside.__file__).parent.rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                "task" in ast.unparse(one) for one in node.decorator_list
            ):
                calls = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
                sends = bool(calls & {"posting.send", "_post", "send_letter", "letter.send", "email.send"})
                (senders if sends else others).add(f"alongside.x.{node.name}")
    assert len(senders) > 5
    assert [name for name in senders if not re.search(metric_facts.OF_AN_EMAIL, name)] == []


# --- two processes -------------------------------------------------------------------------------------------


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_whichever_process_is_asked_knows_what_both_have_counted(tmp_path):
    asked = 60
    with own_home(tmp_path) as environment:
        served = Served({**environment, "ALONGSIDE_DEMO": "0", "ALONGSIDE_METRICS_TOKEN": TOKEN})
        try:
            served.start()
            folder = _counted_in(tmp_path)
            assert len(list(folder.iterdir())) >= 2 and folder.stat().st_mode & 0o777 == 0o700
            found = [read(_scraped(served.address))]
            for _ in range(asked):
                _look(f"{served.address}/.well-known/nothing")
            found += [read(_scraped(served.address)) for _ in range(6)]
        finally:
            served.stop()
    of_these = {"route": "unknown", "method": "GET", "status": "404"}
    counts = [value(one, "alongside_request_seconds_count", **of_these) for one in found[1:]]
    assert counts == [asked] * 6
    assert not folder.exists()


def _counted_in(home: Path) -> Path:
    name = f"alongside-{os.geteuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
    return next(
        place / name
        for place in (shared_counts.IN_MEMORY, Path(tempfile.gettempdir()))
        if (place / name).exists()
    )


def _scraped(address: str) -> str:
    """On a connection of its own each time, so that now one process answers and now the other."""
    request = urllib.request.Request(f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def _look(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(address, timeout=60)
