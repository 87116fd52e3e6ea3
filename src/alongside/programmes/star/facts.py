"""What the star is made of: plain facts of one journey, in order of time, without a word in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alongside.goals.measuring.schedule import Asked


@dataclass(slots=True)
class MeetingFacts:
    on: dt.date
    booked_on: dt.date
    number: int | None = None
    state: str = "planned"
    state_on: dt.date | None = None
    protected: bool | None = None


@dataclass(slots=True)
class JourneyFacts:
    """`states` are days with the state entered on them, `agreements` days with number and state of the version."""

    key: str
    organisation: str
    kind: str
    every_days: int
    created_on: dt.date
    first_number: int = 1
    states: list[tuple[dt.date, str]] = field(default_factory=list)
    placements: list[tuple[dt.date, str]] = field(default_factory=list)
    agreements: list[tuple[dt.date, int, str]] = field(default_factory=list)
    versions: dict[int, tuple[int, dt.date | None]] = field(default_factory=dict)
    """By number: the interval and the day on which it was to be reviewed."""
    meetings: list[MeetingFacts] = field(default_factory=list)
    preparations: list[dt.date] = field(default_factory=list)
    matters: dict[int, dt.date] = field(default_factory=dict)
    """By number of the meeting: when something was first written for it."""
    measured: list[dt.date] = field(default_factory=list)
    scores: dict[str, list[tuple[dt.date, Decimal]]] = field(default_factory=dict)
    """By the line of the questionnaire, as `asked` and `submitted` are."""
    planned_meetings: int | None = None
    asked: list[tuple[dt.date, Asked]] = field(default_factory=list)
    """From which day on which questionnaire is asked when; the template's own from the beginning."""
    submitted: dict[str, list[dt.date]] = field(default_factory=dict)
    follow_ups: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    """Days on which somebody was asked, with the day of the answer."""
    suggestions: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    handovers: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    ending_closed: bool = False
    support: bool = False
    taken_along: bool = False
    goals: int = 0
    goals_reached: int = 0
