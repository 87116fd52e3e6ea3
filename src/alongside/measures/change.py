"""What a change between two values means: one engine for every measure.

Change is always latest minus first; which way is better comes from the measure. Comparisons with a threshold
are inclusive and made on unrounded decimals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .catalogue import Measure
from .numbers import number_from
from .thresholds import ImportanceRule, Thresholds

Label = Literal["improvement", "deterioration", "none"]
Importance = Literal["important", "minimal", "none"]
RELIABLE_AT = 1.96


@dataclass(frozen=True, kw_only=True)
class Change:
    """A verdict on a change, with the bounds it was made with."""

    first: Decimal
    latest: Decimal
    label: Label
    reliable: bool | None
    """None where the measure has neither a reliable change nor a minimal detectable change."""
    importance: Importance | None
    """None where the measure has no rule for it."""
    thresholds: Thresholds

    @property
    def change(self) -> Decimal:
        return self.latest - self.first

    @property
    def threshold(self) -> Decimal | None:
        """The number of points from which a change is reliable."""
        return self.thresholds.reliable

    @property
    def source(self) -> str:
        return self.thresholds.source

    @property
    def version(self) -> str:
        return self.thresholds.version


def classify(measure: Measure, first: object, latest: object, thresholds: Thresholds | None = None) -> Change:
    """Whether the change from first to latest is better or worse, reliable, and important.

    A change that is neither reliable nor of any importance is called none, whatever its direction. The rule
    for importance is read in both directions: getting worse by as much counts as much.
    """
    bounds = measure.thresholds if thresholds is None else thresholds
    then, now = number_from(first), number_from(latest)
    size = abs(now - then)
    reliable = None if bounds.reliable is None else size > 0 and size >= bounds.reliable
    importance = None if bounds.importance is None else _importance(bounds.importance, then, size)
    label: Label = "none"
    if reliable or importance in ("important", "minimal"):
        better = now < then if measure.lower_is_better else now > then
        label = "improvement" if better else "deterioration"
    return Change(
        first=then, latest=now, label=label, reliable=reliable, importance=importance, thresholds=bounds
    )


def _importance(rule: ImportanceRule, baseline: Decimal, size: Decimal) -> Importance:
    important = _reached(size, baseline, rule.important_points, rule.important_share)
    minimal = _reached(size, baseline, rule.minimal_points, rule.minimal_share)
    if size > 0 and important and all(important):
        return "important"
    # Whoever reaches the higher bar's parts only in part is still measured by the lower bar alone.
    return "minimal" if size > 0 and any(minimal) else "none"


def _reached(size: Decimal, baseline: Decimal, points: Decimal | None, share: Decimal | None) -> list[bool]:
    """Which of the given bounds the change reaches; a share of a baseline of 0 is no bound."""
    reached = []
    if points is not None:
        reached.append(size >= points)
    if share is not None and baseline != 0:
        reached.append(size >= share * abs(baseline))
    return reached


def standard_error_of_difference(sd: float, reliability: float) -> float:
    """S_diff of Jacobson & Truax: sqrt(2) times the standard error of measurement."""
    if not (math.isfinite(sd) and sd > 0):
        raise ValueError("The standard deviation is above 0.")
    if not 0 <= reliability < 1:
        raise ValueError("The reliability is at least 0 and below 1.")
    return math.sqrt(2) * sd * math.sqrt(1 - reliability)


def reliable_change_index(first: float, latest: float, sd: float, reliability: float) -> float:
    """RC = (latest - first) / S_diff (Jacobson & Truax 1991, with the correction of 1986)."""
    return (float(latest) - float(first)) / standard_error_of_difference(sd, reliability)


def reliable_change_threshold(sd: float, reliability: float) -> float:
    """The number of points beyond which a change is reliable: 1.96 times S_diff."""
    return RELIABLE_AT * standard_error_of_difference(sd, reliability)


RciVerdict = Literal["recovered", "improved", "unchanged", "deteriorated"]


def rci_verdict(
    index: float, direction: Literal["higher", "lower"], *, past_cutoff: bool = False
) -> RciVerdict:
    """What an index means: reliable beyond 1.96, not at it; recovered when past the cut-off as well."""
    if abs(index) <= RELIABLE_AT or math.isnan(index):
        return "unchanged"
    if (index > 0) != (direction == "higher"):
        return "deteriorated"
    return "recovered" if past_cutoff else "improved"


@dataclass(frozen=True, kw_only=True)
class Cutoffs:
    a: float
    b: float
    c: float


def cutoffs(
    *,
    mean_dysfunctional: float,
    sd_dysfunctional: float,
    mean_functional: float,
    sd_functional: float,
    direction: Literal["higher", "lower"],
) -> Cutoffs:
    """The three cut-offs of Jacobson & Truax between people who suffer and people who do not."""
    if not (sd_dysfunctional > 0 and sd_functional > 0):
        raise ValueError("The standard deviation is above 0.")
    sign = 1 if direction == "higher" else -1
    return Cutoffs(
        a=mean_dysfunctional + sign * 2 * sd_dysfunctional,
        b=mean_functional - sign * 2 * sd_functional,
        c=(sd_functional * mean_dysfunctional + sd_dysfunctional * mean_functional)
        / (sd_functional + sd_dysfunctional),
    )
