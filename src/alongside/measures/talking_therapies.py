"""The outcome definitions of NHS Talking Therapies in England, over PHQ-9 and GAD-7."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .catalogue import Measure, measure
from .change import classify

ChangeOfCourse = Literal["improvement", "deterioration", "none", "not assessable"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`change` says none when it is not reliable. The others are None where they do not apply: when the course is not
    assessable, and for the two recoveries also when it is excluded, being no case at the start."""

    assessable: bool
    case_at_start: bool | None
    recovered: bool | None
    change: ChangeOfCourse
    reliable_recovery: bool | None

    @property
    def excluded(self) -> bool:
        """Assessable, but not a case at the start: no part of any recovery rate."""
        return self.assessable and not self.case_at_start


NOT_ASSESSABLE = Outcome(
    assessable=False, case_at_start=None, recovered=None, change="not assessable", reliable_recovery=None
)


def outcome(
    phq_first: int | None, phq_last: int | None, gad_first: int | None, gad_last: int | None
) -> Outcome:
    """The outcome of a course; not assessable unless the first and last of both measures exist."""
    phq, gad = measure("phq-9"), measure("gad-7")
    if phq_first is None or phq_last is None or gad_first is None or gad_last is None:
        return NOT_ASSESSABLE
    scores = (
        (phq, phq.clean(phq_first), phq.clean(phq_last)),
        (gad, gad.clean(gad_first), gad.clean(gad_last)),
    )
    case_at_start = any(_is_case(each, first) for each, first, _last in scores)
    case_at_end = any(_is_case(each, last) for each, _first, last in scores)
    change = _change(scores)
    recovered = not case_at_end if case_at_start else None
    return Outcome(
        assessable=True,
        case_at_start=case_at_start,
        recovered=recovered,
        change=change,
        reliable_recovery=None if recovered is None else recovered and change == "improvement",
    )


def reliable_recovery_rate(outcomes: Iterable[Outcome]) -> float | None:
    """Reliable recoveries among the assessable courses that began as a case; None when there is none.

    The courses given must be finished ones: discharged after at least two attended treatment contacts.
    """
    counted = [each for each in outcomes if each.case_at_start]
    return sum(bool(each.reliable_recovery) for each in counted) / len(counted) if counted else None


def _is_case(instrument: Measure, value: Decimal) -> bool:
    return instrument.case_cutoff is not None and value >= instrument.case_cutoff


def _change(scores: Iterable[tuple[Measure, Decimal, Decimal]]) -> ChangeOfCourse:
    fell = rose = False
    for instrument, first, last in scores:
        verdict = classify(instrument, first, last)
        fell = fell or bool(verdict.reliable and last < first)
        rose = rose or bool(verdict.reliable and last > first)
    if fell != rose:
        return "improvement" if fell else "deterioration"
    return "none"
