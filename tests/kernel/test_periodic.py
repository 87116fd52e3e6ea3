"""Work that comes round: each turn once, whoever hands out, and nothing lost when a worker is killed in the middle."""

import datetime as dt
import multiprocessing
import os
import signal
import threading

import pytest
from django.db import connection, connections
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.kernel import clock, periodic
from alongside.kernel.models import PeriodicRun

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
NOON = dt.datetime(2026, 3, 29, 12, 0, 30, tzinfo=dt.UTC)
DONE: list[int] = []


@task()
def ring() -> None:
    DONE.append(1)


NAME = periodic.PeriodicTask(ring, dt.timedelta(minutes=5)).name


@pytest.fixture
def bell(settings, monkeypatch):
    """One task among the periodic tasks, every five minutes, and a queue in the database."""
    settings.TASKS = DATABASE
    monkeypatch.setattr(periodic, "PERIODIC_TASKS", {})
    periodic.every(dt.timedelta(minutes=5))(ring)
    return NAME


def enqueue_at(moment):
    with clock.at(moment):
        return periodic.enqueue_due()


def rung():
    return DBTaskResult.objects.filter(task_path__endswith=".ring").count()


def finish_all():
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)


@pytest.mark.django_db
def test_a_turn_is_taken_once_and_the_next_one_when_its_time_has_come(bell):
    first = enqueue_at(NOON)
    again = enqueue_at(NOON + dt.timedelta(minutes=4, seconds=29))
    finish_all()
    later = enqueue_at(NOON + dt.timedelta(minutes=4, seconds=31))

    assert (first, again, later, rung()) == ([bell], [], [bell], 2)


@pytest.mark.django_db
def test_turns_nobody_was_there_for_are_not_made_up_for(bell):
    enqueue_at(NOON)
    finish_all()

    assert enqueue_at(NOON + dt.timedelta(days=3)) == [bell]
    finish_all()
    assert enqueue_at(NOON + dt.timedelta(days=3, seconds=5)) == []
    assert rung() == 2


@pytest.mark.django_db
def test_a_clock_put_back_rings_nothing_twice(bell):
    enqueue_at(NOON)
    finish_all()

    assert enqueue_at(NOON - dt.timedelta(hours=1)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", [TaskResultStatus.READY, TaskResultStatus.RUNNING])
def test_a_turn_waits_for_its_predecessor_at_work(bell, state):
    enqueue_at(NOON)
    DBTaskResult.objects.update(status=state)

    assert enqueue_at(NOON + dt.timedelta(minutes=5)) == []
    finish_all()
    assert enqueue_at(NOON + dt.timedelta(minutes=6)) == [bell]


@pytest.mark.django_db
def test_a_turn_goes_on_when_the_record_of_its_predecessor_was_tidied_away(bell):
    enqueue_at(NOON)
    DBTaskResult.objects.all().delete()

    assert enqueue_at(NOON + dt.timedelta(minutes=5)) == [bell]


@pytest.mark.django_db
def test_the_turn_stays_untaken_when_the_queue_refuses(bell, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("no")

    monkeypatch.setattr(DBTaskResult.objects, "create", refuse)
    with pytest.raises(RuntimeError):
        enqueue_at(NOON)
    monkeypatch.undo()
    periodic.every(dt.timedelta(minutes=5))(ring)

    assert not PeriodicRun.objects.filter(number__gt=0).exists()


@pytest.mark.django_db
def test_nothing_due_costs_one_query(bell, django_assert_num_queries):
    enqueue_at(NOON)
    finish_all()

    with django_assert_num_queries(1):
        enqueue_at(NOON)


def test_a_turn_takes_a_second_at_least():
    with pytest.raises(ValueError, match="second"):
        periodic.every(dt.timedelta())


def test_what_registers_itself_is_found():
    periodic.load()

    assert "config.tasks.forget_finished_work" in periodic.PERIODIC_TASKS


@pytest.mark.django_db(transaction=True)
def test_of_many_that_enqueue_at_once_one_takes_the_turn(bell):
    taken: list[list[str]] = []
    gate = threading.Barrier(8)

    def run():
        gate.wait()
        try:
            taken.append(enqueue_at(NOON))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [[]] * 7 + [[bell]]
    assert rung() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_worker_killed_between_turn_and_queue_leaves_the_turn_to_the_next(bell):
    connections.close_all()
    killed = multiprocessing.get_context("fork").Process(target=_die_in_the_middle)
    killed.start()
    killed.join()

    assert killed.exitcode == -signal.SIGKILL
    assert rung() == 0
    assert enqueue_at(NOON) == [bell]
    assert rung() == 1


def _die_in_the_middle():
    def die(*args, **kwargs):
        assert connection.in_atomic_block
        os.kill(os.getpid(), signal.SIGKILL)

    DBTaskResult.objects.create = die
    enqueue_at(NOON)
