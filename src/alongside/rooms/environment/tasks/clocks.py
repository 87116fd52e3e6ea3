"""When rules of time zones change: what was agreed on the wall stays, and who is concerned is told."""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from alongside.kernel.errors import NotThisMoment
from alongside.kernel.periodic import every

from ..actions.clocks import ask_about_the_clocks, follow_the_clocks
from ..models import Meeting
from ..queries.clocks import moved_by_the_clocks

logger = logging.getLogger("alongside.clocks")


@every(dt.timedelta(days=1))
@task()
def look_at_the_clocks() -> None:
    """Move the meetings to come whose moment is no longer what their time on the wall names.

    Where that can't be, both are asked: what they agreed on and what is booked differ.
    """
    waiting = moved_by_the_clocks()
    while waiting:
        still = [meeting for meeting in waiting if not _followed(meeting)]
        if len(still) == len(waiting):
            break
        waiting = still  # one may only be free once another has moved
    for meeting in waiting:
        ask_about_the_clocks(meeting=meeting, by=None)
    if waiting:
        logger.warning("%d meetings could not follow a change of the clocks", len(waiting))


def _followed(meeting: Meeting) -> bool:
    try:
        follow_the_clocks(meeting=meeting, by=None)
    except NotThisMoment:
        return False
    return True
