"""Making archives beside everything else, and letting them go."""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from alongside.kernel.periodic import every

from . import actions, queries

logger = logging.getLogger("alongside.archive")
ARCHIVES = "archives"
"""A queue of its own: however large an archive is, no email waits for it."""


@task(queue_name=ARCHIVES)
def make_archive(archive_id: str) -> None:
    """Put everything together and keep it. Whatever goes wrong, its person reads that it did."""
    from .offline.files import everything_about

    archive = queries.to_be_made(archive_id)
    if archive is None:
        return
    try:
        made = everything_about(archive.person)
        actions.keep_archive(archive=archive, content=made.content, journeys=made.journeys, by=None)
    except Exception:
        logger.exception("an archive could not be made")
        actions.note_failure(archive=archive, by=None)


@every(dt.timedelta(hours=1))
@task()
def let_archives_go() -> None:
    """What has waited long enough is removed."""
    for archive in queries.overdue():
        actions.let_archive_go(archive=archive, by=None)
