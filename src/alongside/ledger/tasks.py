"""What the worker does for the ledger: sealing what is committed, and copying the seals to a second place."""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from alongside.kernel.periodic import every

from . import copying, sealing

logger = logging.getLogger("alongside.ledger")


@every(dt.timedelta(minutes=1))
@task()
def seal_ledger() -> None:
    """What the last day brought, and whatever was committed late in it."""
    sealing.seal()
    _copy()


@every(dt.timedelta(days=1))
@task()
def seal_whole_ledger() -> None:
    """Whatever is in no block, however old it says it is."""
    sealing.seal(everything=True)
    _copy()


def _copy() -> None:
    """A second place that can't be reached stops no sealing; the copies are made up for once it can."""
    try:
        copying.copy_new()
    except OSError:
        logger.exception("the ledger could not be copied to its second place")
