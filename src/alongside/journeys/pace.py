"""How near the planned end of a journey is: by its number of meetings, or by its date."""

from __future__ import annotations

import datetime as dt

LAST_MEETINGS = 2
LAST_DAYS = dt.timedelta(days=28)
"""So long before its date an ending is prepared: the month's notice that agreements mostly give."""


def is_near_its_end(
    *, planned_meetings: int | None, held: int, planned_end: dt.date | None, today: dt.date
) -> bool:
    """`held` in all, with those held elsewhere. From the last meeting but one each of the two prepares for the end."""
    few = planned_meetings is not None and planned_meetings - held <= LAST_MEETINGS
    return few or (planned_end is not None and planned_end - today <= LAST_DAYS)


def is_the_last(*, planned_meetings: int | None, number: int) -> bool:
    return planned_meetings is not None and number >= planned_meetings
