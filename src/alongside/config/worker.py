"""The background worker: work after commit, the periodic tasks, and a sign of life."""

import logging
import signal
import threading
from datetime import timedelta

from alongside.config import first_start

logger = logging.getLogger("alongside.worker")


def work(*, with_server: bool = False) -> None:
    """Run until told to stop. Beside a server, Ctrl-C is the server's to handle; it ends the worker."""
    first_start.start_django()
    from django.conf import settings
    from django.utils.crypto import get_random_string

    from alongside.backups import own_keys
    from alongside.kernel import periodic

    own_keys.check()
    worker_id = get_random_string(32)
    worker = _taking(["default"], worker_id)
    worker.configure_signals()
    if with_server:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    periodic.load()
    threading.Thread(target=_show_life, args=[worker_id], daemon=True, name="heartbeat").start()
    # What may take long is done beside. Should this end in the middle, it is taken up again like all other work.
    for queue in slow_queues():
        beside = _taking([queue], worker_id)
        threading.Thread(target=_keep_running, args=[beside], daemon=True, name=queue).start()
    logger.info("worker started")
    if settings.MAIL_LIES_IN:
        logger.warning("no mail server is set: emails are saved in %s", settings.MAIL_LIES_IN)
    worker.run()


def slow_queues() -> list[str]:
    from django.conf import settings

    return [queue for queue in settings.QUEUES if queue != "default"]


def _taking(queues, worker_id):
    """A worker of these queues alone. All of one process have one name and one sign of life."""
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=queues,
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def _keep_running(beside) -> None:
    """Whatever goes wrong with one task, the queue goes on."""
    from django.db import close_old_connections

    while beside.running:
        try:
            close_old_connections()
            beside.run()
        except Exception:
            logger.exception("the worker of %s could not go on", beside.queue_names)
            threading.Event().wait(5)


def _show_life(worker_id: str) -> None:
    from django.db import DatabaseError, close_old_connections

    from alongside.config import heartbeat
    from alongside.kernel import periodic

    waiting = threading.Event()
    while True:
        try:
            close_old_connections()
            heartbeat.beat(worker_id)
            take_up_again()
            periodic.enqueue_due()
        except DatabaseError:
            logger.warning("the worker could not show that it is alive", exc_info=True)
        except Exception:
            # a task that can't be put in the queue must not silence the sign of life
            logger.exception("the worker could not hand out the periodic tasks")
        waiting.wait(heartbeat.EVERY.total_seconds())


def take_up_again() -> int:
    """Give tasks of a worker that died in the middle back to the queue: a letter rather twice than never."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from alongside.config import heartbeat
    from alongside.kernel import clock

    long_ago = clock.now() - timedelta(seconds=30)
    given_back = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=long_ago):
        if not task.worker_ids or not heartbeat.is_alive(task.worker_ids[-1]):
            given_back += DBTaskResult.objects.filter(
                id=task.id, status=TaskResultStatus.RUNNING, started_at=task.started_at
            ).update(status=TaskResultStatus.READY)
    return given_back
