"""Goal Attainment Scaling: several goals, each from -2 to +2, in one figure with an expected mean of 50.

The formula is that of Kiresuk & Sherman 1968 as corrected by the erratum to Turner-Stokes 2009:

    T = 50 + 10 * SUM(w*x) / sqrt((1 - rho) * SUM(w^2) + rho * (SUM w)^2)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from numpy import ndarray

    Array: TypeAlias = ndarray[Any, Any]
Number: TypeAlias = int | float | Decimal
Reason = Literal["no_baseline", "not_rated", "weight_zero"]

RHO = 0.3
"""How much the goals of one person are taken to hang together, by convention."""

REASONS: dict[Reason, Promise] = {
    "no_baseline": _("It has no rating from the start."),
    "not_rated": _("It has not been rated since the start."),
    "weight_zero": _("It was given no weight."),
}


def weight(importance: int, difficulty: int) -> int:
    """The weight of a goal: importance times difficulty, each from 0 to 3."""
    if importance not in range(4) or difficulty not in range(4):
        raise ValueError("Importance and difficulty are whole numbers from 0 to 3.")
    return importance * difficulty


def t_score(
    levels: Sequence[Number | None],
    weights: Sequence[Number] | None = None,
    rho: float = RHO,
    *,
    half_points: bool = False,
) -> float | None:
    """The T-score of the goals that are rated; None when none is.

    A goal that is not rated (None) is left out, never taken as 0. A goal of weight 0 drops out, unless every
    weight is 0: then each counts as 1. Half points are accepted only where the service has chosen them.
    """
    rated = _checked_levels(levels, half_points)
    weighed = _counting_weights(_checked_weights(weights, len(rated)))
    if not 0 <= rho < 1:
        raise ValueError("rho is at least 0 and below 1.")
    counted = [(w, x) for w, x in zip(weighed, rated, strict=True) if x is not None and w > 0]
    if not counted:
        return None
    largest = max(w for w, _x in counted)
    pairs = [(w / largest, x) for w, x in counted]
    squares = math.fsum(w * w for w, _x in pairs)
    total = math.fsum(w for w, _x in pairs)
    return 50 + 10 * math.fsum(w * x for w, x in pairs) / math.sqrt((1 - rho) * squares + rho * total * total)


def t_scores(levels: Any, weights: Any = None, rho: float = RHO, *, half_points: bool = False) -> Array:
    """`t_score` for many people at once: one row each, one column a goal; what is not rated is NaN, as is no score.

    `weights` is one row for all, or one for each.
    """
    import numpy as np  # only where many are asked for: a page needs none of it

    stand = np.asarray(levels, dtype=np.float64)
    weighed = np.ones(stand.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    if stand.ndim != 2 or weighed.shape not in (stand.shape, stand.shape[1:]):
        raise ValueError("Every goal has one weight.")
    if not (np.isfinite(weighed).all() and (weighed >= 0).all()):
        raise ValueError("A weight is a number of 0 or more.")
    if not 0 <= rho < 1:
        raise ValueError("rho is at least 0 and below 1.")
    weighed = _counting_weights_of_many(weighed)
    found = np.empty(len(stand))
    for begin in range(0, len(stand), ROWS_AT_ONCE):
        rows = slice(begin, begin + ROWS_AT_ONCE)
        found[rows] = _t_scores(
            stand[rows], weighed[rows] if weighed.ndim == 2 else weighed, rho, half_points
        )
    return found


ROWS_AT_ONCE = 8192
"""So many rows stay in the fast memory of a processor while they are worked on."""


def _t_scores(stand: Array, weighed: Array, rho: float, half_points: bool) -> Array:
    import numpy as np

    rated = stand == stand
    known = np.where(rated, stand, 0.0)
    finest = known * 2 if half_points else known
    if np.abs(known).max(initial=0) > 2 or (finest != np.rint(finest)).any():
        raise ValueError("A level goes from -2 to +2 in whole steps, or in half ones where they are chosen.")
    if rated.all() and weighed.ndim == 1:
        squares: Any = weighed @ weighed
        total: Any = weighed.sum()
        reached = known @ weighed
    else:
        counted = weighed * rated
        squares, total = np.einsum("ij,ij->i", counted, counted), counted.sum(axis=1)
        reached = np.einsum("ij,ij->i", counted, known)
    with np.errstate(invalid="ignore"):
        return np.asarray(50 + 10 * reached / np.sqrt((1 - rho) * squares + rho * total * total))


def _counting_weights_of_many(weighed: Array) -> Array:
    """Where every weight is 0, each counts as 1; and a scale of their own, as only their ratios count."""
    import numpy as np

    largest = weighed.max(axis=-1, keepdims=True)
    return np.where(largest == 0, 1.0, weighed / np.where(largest == 0, 1.0, largest))


@dataclass(frozen=True, kw_only=True)
class GoalRating:
    """One goal as it goes into a summary: its name, where it stood, where it stands, its weight."""

    name: str
    baseline: Number | None
    latest: Number | None
    weight: Number = 1


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    name: str
    reason: Reason

    @property
    def sentence(self) -> Promise:
        return REASONS[self.reason]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Baseline and outcome over the same goals, and the goals that could not be part of it."""

    baseline: float | None
    outcome: float | None
    used: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    rho: float

    @property
    def change(self) -> float | None:
        return None if self.baseline is None or self.outcome is None else self.outcome - self.baseline


def summary(goals: Sequence[GoalRating], rho: float = RHO, *, half_points: bool = False) -> Summary:
    """Baseline and outcome T over the goals rated both times; every other goal is named with its reason."""
    weights = _counting_weights(_checked_weights([goal.weight for goal in goals], len(goals)))
    used: list[GoalRating] = []
    used_weights: list[float] = []
    left_out: list[LeftOut] = []
    for goal, each_weight in zip(goals, weights, strict=True):
        reason = _reason_to_leave_out(goal, each_weight)
        if reason is None:
            used.append(goal)
            used_weights.append(each_weight)
        else:
            left_out.append(LeftOut(name=goal.name, reason=reason))
    return Summary(
        baseline=t_score([goal.baseline for goal in used], used_weights, rho, half_points=half_points),
        outcome=t_score([goal.latest for goal in used], used_weights, rho, half_points=half_points),
        used=tuple(goal.name for goal in used),
        left_out=tuple(left_out),
        rho=rho,
    )


def _reason_to_leave_out(goal: GoalRating, goal_weight: float) -> Reason | None:
    if goal_weight == 0:
        return "weight_zero"
    if goal.baseline is None:
        return "no_baseline"
    return "not_rated" if goal.latest is None else None


def _checked_levels(levels: Sequence[Number | None], half_points: bool) -> list[float | None]:
    finest = 2 if half_points else 1
    checked: list[float | None] = []
    for level in levels:
        number = None if level is None else float(level)
        if number is not None and not (-2 <= number <= 2 and (number * finest).is_integer()):
            raise ValueError(f"A level goes from -2 to +2 in steps of {1 / finest:g}; {level} does not.")
        checked.append(number)
    return checked


def _checked_weights(weights: Sequence[Number] | None, count: int) -> list[float]:
    checked = [1.0] * count if weights is None else [float(each) for each in weights]
    if len(checked) != count:
        raise ValueError("Every goal has one weight.")
    if not all(math.isfinite(each) and each >= 0 for each in checked):
        raise ValueError("A weight is a number of 0 or more.")
    return checked


def _counting_weights(weights: list[float]) -> list[float]:
    return weights if any(weights) else [1.0] * len(weights)
