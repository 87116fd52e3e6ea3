"""What a change between two values means: one engine for every measure.

Change is always latest minus first; which way is better comes from the measure. Comparisons with a threshold
are inclusive and made on unrounded decimals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from .catalogue import Measure, measure_of
from .numbers import number_from
from .thresholds import ImportanceRule, Thresholds

if TYPE_CHECKING:
    from numpy import ndarray

    Array: TypeAlias = ndarray[Any, Any]
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


Given: TypeAlias = Thresholds | Mapping[str, object] | None
"""Thresholds in place of the shipped rows, or some of them by name."""


def _bounds(row: Measure, thresholds: Given) -> Thresholds:
    if thresholds is None:
        return row.thresholds
    return thresholds if isinstance(thresholds, Thresholds) else row.thresholds.overridden(thresholds)


def classify(measure: str | Measure, first: object, latest: object, thresholds: Given = None) -> Change:
    """Whether the change from first to latest is better or worse, reliable, and important.

    `measure` is a measure or its slug; `thresholds` takes the place of the shipped rows, or names those that it
    does: `{"reliable_change": 5, "source": "Delgadillo et al. 2014"}`. A change that is neither
    reliable nor of any importance is called none, whatever its direction. The rule for importance is read in both
    directions: getting worse by as much counts as much.
    """
    row = measure_of(measure)
    bounds = _bounds(row, thresholds)
    then, now = number_from(first), number_from(latest)
    size = abs(now - then)
    reliable = None if bounds.reliable is None else size > 0 and size >= bounds.reliable
    importance = None if bounds.importance is None else _importance(bounds.importance, then, size)
    label: Label = "none"
    if reliable or importance in ("important", "minimal"):
        better = now < then if row.lower_is_better else now > then
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


SPARE = 1e-9
"""So much closer to a bound is at it: the decimals 3.3 - 1.3 are 2, as binary fractions a hair below."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The verdicts on many changes, one place for each. Codes stand for the words: see `labels` and `importances`."""

    label: Array
    """1 improvement, -1 deterioration, 0 none."""
    reliable: Array | None
    importance: Array | None
    """2 important, 1 minimal, 0 none."""
    thresholds: Thresholds

    LABELS: ClassVar[dict[int, Label]] = {1: "improvement", -1: "deterioration", 0: "none"}
    IMPORTANCES: ClassVar[dict[int, Importance]] = {2: "important", 1: "minimal", 0: "none"}


def classify_many(measure: str | Measure, first: Any, latest: Any, thresholds: Given = None) -> Changes:
    """`classify` for many at once: arrays of equal length, numbers of at most six decimal places."""
    import numpy as np  # only where many are asked for: a page needs none of it

    row = measure_of(measure)
    bounds = _bounds(row, thresholds)
    then, now = np.asarray(first, dtype=np.float64), np.asarray(latest, dtype=np.float64)
    if then.shape != now.shape or not (np.isfinite(then).all() and np.isfinite(now).all()):
        raise ValueError("Every first value has one latest value, and each is a number.")
    change = then - now if row.lower_is_better else now - then
    size = np.abs(change)
    reliable = None if bounds.reliable is None else size >= max(float(bounds.reliable) - SPARE, SPARE)
    importance = None if bounds.importance is None else _importance_of_many(bounds.importance, then, size)
    counts = reliable if importance is None else importance > 0
    if counts is None:
        label = np.zeros(then.shape, dtype=np.int8)
    else:
        if reliable is not None and importance is not None:
            counts = counts | reliable
        label = ((change > 0).view(np.int8) - (change < 0).view(np.int8)) * counts.view(np.int8)
    return Changes(label=label, reliable=reliable, importance=importance, thresholds=bounds)


def _importance_of_many(rule: ImportanceRule, baseline: Array, size: Array) -> Array:
    import numpy as np

    minimal = _bounds_reached(size, baseline, rule.minimal_points, rule.minimal_share)
    found = np.zeros(size.shape, dtype=np.int8)
    for reached in minimal:
        found |= reached.view(np.int8)
    important = _bounds_reached(size, baseline, rule.important_points, rule.important_share)
    if rule.important_share is not None:
        # a share of a baseline of 0 is no bound: the points alone decide, and without points nothing does
        important[-1] |= (baseline == 0) & (rule.important_points is not None)
    if important:
        both = important[0] if len(important) == 1 else important[0] & important[1]
        np.maximum(found, both.view(np.int8) * np.int8(2), out=found)
    return found


def _bounds_reached(
    size: Array, baseline: Array, points: Decimal | None, share: Decimal | None
) -> list[Array]:
    import numpy as np

    reached = []
    if points is not None:
        reached.append(size >= max(float(points) - SPARE, SPARE))
    if share is not None:
        bound = np.abs(baseline)
        bound *= float(share)
        bound -= SPARE
        reached.append((size >= bound) & (baseline != 0) & (size > SPARE))
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
