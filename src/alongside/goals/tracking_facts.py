"""What the on-track rules are told and what they answer: plain facts, bounds, findings. The rules: `tracking.py`."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum
from typing import Literal

from alongside.measures.catalogue import Measure

RuleId = Literal["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10"]
ALL_RULES: tuple[RuleId, ...] = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10")


class Level(IntEnum):
    """In the order in which they are shown; the safety path stands outside of it and before it."""

    ON_TRACK = -1
    NO_RULE = 0
    """None of the rules can speak for this measure: nothing is known of it either way."""
    TOO_EARLY = 1
    NO_DATA = 2
    AMBER = 3
    RED = 4


@dataclass(frozen=True, slots=True)
class Score:
    """A complete score. An incomplete form is no score. `fact_key` is the reading it is, for finding it again.

    Scores with the same `occasion` belong to one meeting and count as one session; without it each is its own.
    """

    value: Decimal
    on: dt.date
    fact_key: str = ""
    occasion: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureBounds:
    """When a change of a measure counts; None is no bound, and a rule that needs it is silent."""

    reliable_change: Decimal | None = None
    mdc: Decimal | None = None
    case_cutoff: Decimal | None = None
    source: str = ""
    version: str = "1"
    off: frozenset[str] = frozenset()
    """Rules that do not apply to this measure."""

    @property
    def rc(self) -> Decimal | None:
        """The reliable change, or the MDC where the measure has none."""
        return self.mdc if self.reliable_change is None else self.reliable_change

    def can_speak(self, off: frozenset[str]) -> bool:
        """Whether any rule could say something of this measure: without a threshold each of them is silent."""
        needs = {"N1": self.rc, "N2": self.rc, "N3": self.rc, "N4": self.rc, "N5": self.mdc}
        return any(row is not None for rule, row in needs.items() if rule not in off | self.off)


# A goal need not move at every meeting: goals are watched for getting worse, losing ground and standing still, while
# "no reliable change by session 4" (N2, N3) is asked of what is measured each time.
OF_GOALS = frozenset({"N2", "N3"})
OFF: Mapping[str, frozenset[str]] = {"gas": OF_GOALS, "rating-0-10": OF_GOALS}


def shipped_bounds(measure: Measure) -> MeasureBounds:
    return MeasureBounds(
        measure.reliable_change,
        measure.mdc,
        measure.case_cutoff,
        measure.source,
        measure.version,
        OFF.get(measure.key, frozenset()),
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """The numbers in the rules. `measures` takes the place of the shipped rows; `off` names rules that are silent."""

    version: str = "shipped 1"
    source: str = "Alongside's own rules"
    amber_at: int = 4
    red_at: int = 6
    plateau_scores: int = 3
    overdue_share: Decimal = Decimal("0.5")
    missed_in_a_row: int = 2
    times_interval: Decimal = Decimal(2)
    silent_meetings: int = 2
    feedback_drop: Decimal = Decimal(2)
    feedback_low: Decimal = Decimal(5)
    off: frozenset[str] = frozenset()
    measures: Mapping[str, MeasureBounds] = field(default_factory=dict)

    def of(self, measure: Measure) -> MeasureBounds:
        return self.measures.get(measure.key) or shipped_bounds(measure)


SHIPPED = Bounds()


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure as it is used in a journey. `subject` tells two targets with the same measure apart."""

    measure: Measure
    scores: tuple[Score, ...]
    target: Decimal | None = None
    subject: str = ""
    name: str = ""

    @property
    def lower(self) -> bool:
        return self.measure.lower_is_better

    def better_by(self, then: Decimal, now: Decimal) -> Decimal:
        """How much better now is than then; below 0 when worse."""
        return then - now if self.lower else now - then

    @property
    def baseline(self) -> Score:
        return self.scores[0]

    @property
    def latest(self) -> Score:
        return self.scores[-1]

    @property
    def best(self) -> Score:
        pick = min if self.lower else max
        return pick(self.scores, key=lambda score: score.value)

    @property
    def session(self) -> int:
        """How many occasions there are scores of; the baseline counts as 1 wherever it was taken."""
        told = {score.occasion for score in self.scores if score.occasion is not None}
        return len(told) + sum(score.occasion is None for score in self.scores)

    @property
    def is_at_its_best(self) -> bool:
        """Nothing better can be measured: there, nobody stands still."""
        return self.latest.value == self.measure.best

    def target_is_unmet(self) -> bool:
        """Without a target it is not reached; only at the very best there is nothing left to reach."""
        if self.target is None:
            return not self.is_at_its_best
        now = self.latest.value
        return now > self.target if self.lower else now < self.target

    def is_still_a_case(self, bounds: MeasureBounds) -> bool:
        """At or on the wrong side of the cut-off; without a cut-off: the target, if any, is not reached."""
        if bounds.case_cutoff is None:
            return self.target_is_unmet()
        now = self.latest.value
        return now >= bounds.case_cutoff if self.lower else now <= bounds.case_cutoff


@dataclass(frozen=True, slots=True)
class DueFacts:
    """One target: when it is due, and of its steps how many there are and how many are overdue."""

    subject: str
    name: str
    due: dt.date | None
    reached: bool
    steps: int
    steps_overdue: int
    overdue_since: dt.date | None = None
    """When the step that was due last became overdue."""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting whose time is over: held, or missed, or cancelled."""

    on: dt.date
    held: bool


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    today: dt.date
    measures: tuple[MeasureFacts, ...] = ()
    dues: tuple[DueFacts, ...] = ()
    meetings: tuple[MeetingFacts, ...] = ()
    """Oldest first."""
    something_booked: bool = True
    every_days: int | None = None
    feedback: Mapping[str, object] = field(default_factory=dict)
    feedback_before: Mapping[str, object] = field(default_factory=dict)
    feedback_on: dt.date | None = None
    safety: tuple[dt.date, ...] = ()
    """The days of answers above *not at all* to the safety question that nobody has answered yet."""
    is_resting: bool = False
    """Paused or ending: nothing is raised but the safety path."""

    @property
    def held(self) -> tuple[dt.date, ...]:
        return tuple(meeting.on for meeting in self.meetings if meeting.held)


def with_occasions(scores: tuple[Score, ...], held: tuple[dt.date, ...]) -> tuple[Score, ...]:
    """Each score with the occasion it belongs to: the baseline, then every held meeting with a score.

    What is filled in between two meetings belongs to the coming one. Where no meeting is known, a day is an occasion.
    """
    if not scores:
        return ()
    days = sorted(held) or sorted({score.on for score in scores})
    places = [bisect_left(days, score.on) + 1 for score in scores]
    first = places[0] if scores[0].on in days else 0
    return tuple(
        replace(score, occasion=first if place == 0 else places[place]) for place, score in enumerate(scores)
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that holds, with the numbers it rests on and the row it was made with."""

    rule: RuleId
    level: Level
    subject: str = ""
    name: str = ""
    facts: MeasureFacts | None = None
    bounds: MeasureBounds = MeasureBounds()
    threshold: Decimal | None = None
    numbers: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    version: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.rule, self.subject

    @property
    def is_safety(self) -> bool:
        return self.rule == "N10"

    @property
    def session(self) -> int:
        return self.facts.session if self.facts else 0

    @property
    def change(self) -> Decimal | None:
        """Latest minus baseline."""
        return self.facts.latest.value - self.facts.baseline.value if self.facts else None

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """The readings it rests on."""
        return tuple(score.fact_key for score in self.facts.scores) if self.facts else ()


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    facts: MeasureFacts
    level: Level
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TrackSummary:
    """Where a journey stands. `listed` has every level that holds: an old red stays red and says *no data* as well."""

    level: Level
    listed: tuple[Level, ...]
    safety: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    measures: tuple[MeasureSummary, ...]
    is_resting: bool = False
