"""The columns of the star, all of them: what is not named here leaves no database.

There is no text a person wrote, no name, no day: a month, how many days something took, yes or no. `journey` is keyed.
"""

from __future__ import annotations

from typing import NamedTuple

NOWHERE = "-"
"""Where a journey belongs to no programme. No text in the star is empty: an empty one could be read back as nothing."""
UNKNOWN = "-"


class MonthRow(NamedTuple):
    """A journey under way at the end of a month: the two have met or agreed, and it neither rests nor has ended."""

    journey: str
    organisation: str
    programme: str
    kind: str
    month: int
    agreed: bool
    """An agreement is in force."""
    days_since_met: int | None
    """From the last meeting held to the end of the month; None where none was held here."""
    every_days: int
    """The interval agreed then."""
    booked: bool
    """A later meeting was in the diary."""


class MeetingRow(NamedTuple):
    """An appointment whose day lies in the month: held, missed, or cancelled (neither)."""

    journey: str
    organisation: str
    programme: str
    kind: str
    month: int
    held: bool
    missed: bool
    first: bool
    """The first one held in the journey."""
    sides_prepared: int
    """How many of the two had prepared before it began; of a later meeting than the first 1 or 0 (see `prepared`)."""
    prepared: bool
    protected: bool | None
    """Began on time, without interruption, long enough; None where nothing was said."""
    measured: bool | None
    """Something was measured since the meeting before; None where there was nothing to measure yet."""
    questionnaires: bool | None
    """Every questionnaire due before it was filled in; None where none was due."""


class DueRow(NamedTuple):
    """Something that was due in the month, and how many days after `from` it was done; None where it was not."""

    journey: str
    organisation: str
    programme: str
    kind: str
    month: int
    sort: str
    days: int | None


class EndingRow(NamedTuple):
    """A journey that ended in the month."""

    journey: str
    organisation: str
    programme: str
    kind: str
    month: int
    how: str
    """completed, ended_early or transferred."""
    closed: bool
    """Both looked back and closed the record together."""
    support: bool
    """A support with a day of first contact, or both said that none is needed."""
    taken_along: bool
    """Something is in the keepsake: a key point, a strategy or an early sign."""
    weeks: int
    contacts: int
    """Meetings held."""
    goals: int
    goals_reached: int
    paired: bool
    """A first and a last score of both questionnaires of talking therapy."""
    case_at_start: bool | None
    recovered: bool | None
    change: str
    """improvement, deterioration, none, or `UNKNOWN` where it cannot be said."""


class Tables(NamedTuple):
    months: list[MonthRow]
    meetings: list[MeetingRow]
    dues: list[DueRow]
    endings: list[EndingRow]


ROWS: dict[str, type] = {"months": MonthRow, "meetings": MeetingRow, "dues": DueRow, "endings": EndingRow}
ENDED = ("completed", "ended_early", "transferred")
DUE_SORTS = ("first_meeting", "agreement_review", "suggested_review", "follow_up", "handover")
