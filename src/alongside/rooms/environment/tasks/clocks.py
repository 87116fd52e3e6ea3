"""When rules of time zones change: what was agreed on the wall stays, and who is concerned is told."""

from __future__ import annotations

import datetime as dt
import logging

from django_tasks import task

from alongside.kernel.errors import NotThisMoment
from alongside.kernel.timetable import every

from ..actions.clocks import follow_the_clocks
from ..queries.clocks import moved_by_the_clocks

logger = logging.getLogger("alongside.clocks")


@every(dt.timedelta(days=1))
@task()
def look_at_the_clocks() -> None:
    """Move the meetings to come whose moment is no longer what their time on the wall names."""
    waiting = moved_by_the_clocks()
    for _round in range(2):  # one may only be free once another has moved
        still = []
        for meeting in waiting:
            try:
                follow_the_clocks(meeting=meeting, by=None)
            except NotThisMoment:
                still.append(meeting)
        waiting = still
    if waiting:
        logger.warning("%d meetings could not follow a change of the clocks", len(waiting))
