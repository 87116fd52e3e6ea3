"""The pictures of figures: coordinates worked out from plain numbers, so that a template only draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .statistics import FEWEST_IN_A_FUNNEL, Signal, Xmr, funnel

EDGE = 8


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    signal: Signal | None = None
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Course:
    """A small line from 0 to 100 %; where a month is hidden or empty it is interrupted."""

    width: int
    height: int
    strokes: tuple[str, ...]
    gaps: tuple[str, ...]
    dots: tuple[Dot, ...]
    top: float
    bottom: float


def course(shares: Sequence[float | None], width: int = 320, height: int = 84) -> Course:
    """Shares from 0 to 1, one a month, oldest first."""
    dots = [
        None if share is None else Dot(_across(place, len(shares), EDGE, width - EDGE), _up(share, height))
        for place, share in enumerate(shares)
    ]
    last = next((place for place in reversed(range(len(dots))) if dots[place]), None)
    dots = [replace(dot, is_last=place == last) if dot else None for place, dot in enumerate(dots)]
    strokes, gaps = _runs(dots)
    return Course(
        width, height, strokes, gaps, tuple(dot for dot in dots if dot), _up(1, height), _up(0, height)
    )


def _runs(dots: Sequence[Dot | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is drawn through, and what is only bridged."""
    runs: list[list[Dot]] = [[]]
    for dot in dots:
        if dot is None:
            runs.append([])
        else:
            runs[-1].append(dot)
    runs = [run for run in runs if run]
    gaps = [(before[-1], after[0]) for before, after in pairwise(runs)]
    return (
        tuple(_points(run) for run in runs if len(run) > 1),
        tuple(_points(both) for both in gaps),
    )


LEFT, RIGHT, TOP, BOTTOM = 46, 26, 10, 28


@dataclass(frozen=True, slots=True)
class Process:
    """A process chart: the line, its mean, the limits, and which points stand out."""

    width: int
    height: int
    left: int
    right: int
    strokes: tuple[str, ...]
    gaps: tuple[str, ...]
    dots: tuple[Dot, ...]
    mean: float
    lower: float
    upper: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    foot: int


def process(
    shares: Sequence[float | None], labels: Sequence[str], told: Xmr, width: int = 480, height: int = 250
) -> Process:
    """Shares from 0 to 1 with the label of each month; `told` is `xmr` of those that are known, in percent."""
    low = 10 * int(max(0.0, min(told.lower, *_known(shares))) // 10)
    high = min(100, 10 * -int(-max(told.upper, *_known(shares)) // 10)) or 10
    low = min(low, high - 10)

    def up(percent: float) -> float:
        reach = min(1.0, max(0.0, (percent - low) / (high - low)))
        return round(height - BOTTOM - reach * (height - TOP - BOTTOM), 1)

    dots: list[Dot | None] = []
    place = 0
    for index, share in enumerate(shares):
        if share is None:
            dots.append(None)
            continue
        x = _across(index, len(shares), LEFT, width - RIGHT)
        dots.append(Dot(x, up(100 * share), told.signals.get(place)))
        place += 1
    strokes, gaps = _runs(dots)
    step = max(1, -(-len(labels) // 5))
    ticks = tuple(
        Tick(_across(index, len(labels), LEFT, width - RIGHT), label)
        for index, label in enumerate(labels)
        if (len(labels) - 1 - index) % step == 0 and index >= step / 2
    )
    return Process(
        width,
        height,
        LEFT,
        width - RIGHT,
        strokes,
        gaps,
        tuple(dot for dot in dots if dot),
        up(told.mean),
        up(told.lower),
        up(told.upper),
        ticks,
        tuple(Tick(up(mark), f"{mark}%") for mark in _marks(low, high)),
        height - BOTTOM,
    )


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    name: str
    whole: int
    share: float
    outside: bool
    """Outside the 99.8 % limits."""


@dataclass(frozen=True, slots=True)
class Funnel:
    width: int
    height: int
    left: int
    right: int
    centre: float
    limits95: tuple[str, str]
    limits998: tuple[str, str]
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    foot: int


def funnel_points(named: Sequence[tuple[str, int, int]]) -> tuple[float, tuple[FunnelPoint, ...]]:
    """The pooled share, and each (name, whole, part) against the limits of its size. Too small ones get no point."""
    big = [row for row in named if row[1] >= FEWEST_IN_A_FUNNEL]
    pooled = sum(part for _name, _whole, part in big) / (sum(whole for _name, whole, _part in big) or 1)
    found = []
    for name, whole, part in big:
        limits = funnel(pooled, whole)
        share = part / whole
        found.append(FunnelPoint(name, whole, share, not limits.low998 <= share <= limits.high998))
    return pooled, tuple(found)


def funnel_chart(pooled: float, points: Sequence[FunnelPoint], width: int = 480, height: int = 280) -> Funnel:
    """Limits narrowing with size, and a dot for each; as high as what is to be seen in it."""
    smallest, most = min(point.whole for point in points), max(point.whole for point in points) * 1.1
    begin = max(FEWEST_IN_A_FUNNEL, smallest * 0.5)
    widest = funnel(pooled, smallest)
    seen = [widest.low998, widest.high998, *(point.share for point in points)]
    low = max(0, 10 * int(100 * min(seen) // 10))
    high = max(low + 20, min(100, 10 * -int(-100 * max(seen) // 10)))

    def x(size: float) -> float:
        return round(LEFT + size / most * (width - LEFT - RIGHT), 1)

    def up(share: float) -> float:
        reach = min(1.0, max(0.0, (100 * share - low) / (high - low)))
        return round(height - BOTTOM - reach * (height - TOP - BOTTOM), 1)

    sizes = [begin + (most - begin) * (step / 40) ** 2 for step in range(41)]
    limits = [funnel(pooled, max(1, round(size))) for size in sizes]

    def curve(name: str) -> str:
        pairs = [(size, 100 * getattr(limit, name)) for size, limit in zip(sizes, limits, strict=True)]
        # a limit that leaves the picture is not drawn along its edge
        return " ".join(f"{x(size):g},{up(at / 100):g}" for size, at in pairs if low <= at <= high)

    step = _round_step(most / 4)
    return Funnel(
        width,
        height,
        LEFT,
        width - RIGHT,
        up(pooled),
        (curve("low95"), curve("high95")),
        (curve("low998"), curve("high998")),
        tuple(Dot(x(point.whole), up(point.share), "outside" if point.outside else None) for point in points),
        tuple(Tick(x(mark), f"{mark:,}") for mark in range(0, int(most) + 1, step)),
        tuple(Tick(up(mark / 100), f"{mark}%") for mark in _marks(low, high)),
        height - BOTTOM,
    )


def _round_step(about: float) -> int:
    """1, 2 or 5 times a power of ten: what people count in."""
    power = 10 ** max(0, len(str(int(about))) - 1)
    return next((times * power for times in (1, 2, 5) if times * power >= about), 10 * power)


def _known(shares: Sequence[float | None]) -> list[float]:
    return [100 * share for share in shares if share is not None]


def _marks(low: int, high: int) -> list[int]:
    step = 10 if high - low <= 40 else 20
    return list(range(low, high + 1, step))


def _across(place: int, count: int, left: float, right: float) -> float:
    return round(left + (right - left) * (place / (count - 1) if count > 1 else 1), 1)


def _up(share: float, height: int) -> float:
    return round(height - EDGE - share * (height - 2 * EDGE), 1)


def _points(dots: Sequence[Dot]) -> str:
    return " ".join(f"{dot.x:g},{dot.y:g}" for dot in dots)
