"""Intervals, funnel limits and process charts: pure functions over numbers, each with its formula and source.

Proportions are between 0 and 1. What makes no sense (a share of nothing, a count below 0) is a ValueError, never a figure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist, fmean
from types import MappingProxyType
from typing import Literal, NamedTuple

Signal = Literal["outside", "trend", "two_of_three", "shift"]

FEWEST_IN_A_FUNNEL = 20
"""A programme with fewer journeys than this gets no point in a funnel plot: its limits would allow nearly anything."""
FEWEST_IN_A_CHART = 12
"""With fewer points than this the limits of a process chart are trial limits, and the chart says so."""


class Interval(NamedTuple):
    """Where the true value may lie, both ends included."""

    low: float
    high: float


class FunnelLimits(NamedTuple):
    """What chance alone would do to a proportion, at 95 and at 99.8 %; between 0 and 1."""

    low95: float
    high95: float
    low998: float
    high998: float


class Xmr(NamedTuple):
    """The mean of a series, the limits within which it moves by itself, and the points that say something changed."""

    mean: float
    lower: float
    upper: float
    signals: Mapping[int, Signal]
    """By place in the series, from 0. Every point of a run is marked; of several signals the first in `Signal` stays."""


def wilson(x: int, n: int, level: float = 0.95) -> Interval:
    """The interval of a proportion x of n, 0 to 1.

    (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)).
    Wilson (1927), J Am Stat Assoc 22:209-212; as in PHEindicatormethods. ValueError unless 0 <= x <= n and n > 0.
    """
    if not 0 <= x <= n or n == 0:
        raise ValueError(f"A proportion needs a number from 0 to the whole; got {x} of {n}.")
    z = _z(level)
    spread = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    whole = 2 * (n + z * z)
    return Interval(
        low=max(0.0, (2 * x + z * z - spread) / whole), high=min(1.0, (2 * x + z * z + spread) / whole)
    )


def byar(x: int, level: float = 0.95) -> Interval:
    """The interval of a count x, by Byar's approximation to the Poisson distribution.

    x(1 - 1/(9x) - z/(3 sqrt x))^3, and the same with x + 1 and + z for the upper end.
    Breslow & Day (1987), Statistical Methods in Cancer Research II, p. 69. ValueError if x is below 0.
    """
    if x < 0:
        raise ValueError(f"A count is never below 0; got {x}.")
    z = _z(level)
    low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3 if x else 0.0
    high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
    return Interval(low=max(0.0, low), high=high)


def funnel(rate: float, n: int) -> FunnelLimits:
    """What chance would do to a programme of n journeys whose true proportion is the pooled `rate`, 0 to 1.

    rate -/+ z sqrt(rate(1 - rate)/n), cut to 0-1. Spiegelhalter (2005), Stat Med 24:1185-1202.
    For programmes and sites, never for guides. ValueError unless 0 <= rate <= 1 and n > 0.
    """
    if not 0 <= rate <= 1 or n <= 0:
        raise ValueError(f"Funnel limits need a rate from 0 to 1 and a number above 0; got {rate} and {n}.")
    error = math.sqrt(rate * (1 - rate) / n)
    low95, high95, low998, high998 = (
        min(1.0, max(0.0, rate + side * _z(level) * error)) for level in (0.95, 0.998) for side in (-1, 1)
    )
    return FunnelLimits(low95=low95, high95=high95, low998=low998, high998=high998)


def xmr(values: Sequence[float], screened: bool = True) -> Xmr:
    """The process chart of a series in the order of time, as NHS England's *Making Data Count* draws it.

    The limits are the mean -/+ 2.66 times the mean moving range; when `screened`, moving ranges of at least 3.267 times
    their mean are left out once. Signals: a point outside a limit; seven points rising or falling (a tie breaks it); two
    of three on one side within the outer third of the way to a limit; seven points on one side of the mean (a point on
    it breaks the run). Wheeler (1993), Understanding Variation; as in NHSRplotthedots. ValueError without any value, or
    with one that is not a finite number.
    """
    if not values or not all(map(math.isfinite, values)):
        raise ValueError("A process chart needs at least one value, and every value has to be a number.")
    mean = fmean(values)
    reach = 2.66 * _mean_moving_range(values, screened)
    found: dict[int, Signal] = {}
    for signal, places in _signals(values, mean, reach):
        for place in places:
            found.setdefault(place, signal)
    return Xmr(
        mean=mean,
        lower=mean - reach,
        upper=mean + reach,
        signals=MappingProxyType(dict(sorted(found.items()))),
    )


def _z(level: float) -> float:
    """The point of the normal distribution that leaves half of the rest on either side."""
    if not 0 < level < 1:
        raise ValueError(f"A level of confidence lies between 0 and 1; got {level}.")
    return NormalDist().inv_cdf((1 + level) / 2)


def _mean_moving_range(values: Sequence[float], screened: bool) -> float:
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if not ranges:
        return 0.0
    bound = 3.267 * fmean(ranges)
    usual = [each for each in ranges if each < bound] if screened else ranges
    # in a series that never moves every range is 0 and at its bound
    return fmean(usual or ranges)


def _signals(values: Sequence[float], mean: float, reach: float) -> list[tuple[Signal, set[int]]]:
    """Every kind of signal with the places it marks, the one that counts most first."""
    away = [value - mean for value in values]
    sides = [_sign(each) for each in away]
    steps = [_sign(after - before) for before, after in pairwise(values)]
    outside = {place for place, each in enumerate(away) if abs(each) > reach}
    near = {place for place, each in enumerate(away) if abs(each) > reach * 2 / 3} - outside
    return [
        ("outside", outside),
        # six steps one way are seven points
        ("trend", {place for run in _runs(steps, 6) for place in range(run.start, run.stop + 1)}),
        ("two_of_three", _two_of_three(near, sides)),
        ("shift", {place for run in _runs(sides, 7) for place in run}),
    ]


def _two_of_three(near: set[int], sides: Sequence[int]) -> set[int]:
    marked: set[int] = set()
    for start in range(len(sides) - 2):
        three = range(start, start + 3)
        if len(near.intersection(three)) >= 2 and abs(sum(sides[place] for place in three)) == 3:
            marked |= near.intersection(three)
    return marked


def _runs(signs: Sequence[int], least: int) -> list[range]:
    """The stretches of one sign that are at least so long; 0 belongs to none."""
    found, start = [], 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[start]:
            if signs[start] and place - start >= least:
                found.append(range(start, place))
            start = place
    return found


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
