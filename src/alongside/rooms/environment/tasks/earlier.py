"""Earlier times that became free, for those who wish for one."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django_tasks import task

from ..actions.asking import tell_of_earlier
from ..queries.asking import whom_it_suits


@task()
def offer_what_became_free(meeting_id: str, starts_at: str, ends_at: str) -> None:
    """Tell others who wish for an earlier time with the guide of this meeting, the longest waiting first."""
    since, until = dt.datetime.fromisoformat(starts_at), dt.datetime.fromisoformat(ends_at)
    for earlier in whom_it_suits(UUID(meeting_id), since, until):
        tell_of_earlier(earlier=earlier, by=None)
