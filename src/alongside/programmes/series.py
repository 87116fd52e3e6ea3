"""A figure month by month, made of published cells alone: whatever is added up here may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["shown", "whole", "hidden", "nothing"]


class Cell(Protocol):
    figure: str
    month: int
    denominator: int | None
    numerator: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """One month, or several together.

    shown: the share may be told. whole: only of how many it is a share. hidden: too few. nothing: there was nobody.
    """

    month: int
    state: State
    whole: int = 0
    part: int = 0

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.state == "shown" else None

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)


def of_figure(cells: Iterable[Cell], figure: str, months: Sequence[int]) -> tuple[Point, ...]:
    """One figure in each of these months, over whichever programmes and kinds the cells are of."""
    by_month: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.figure == figure:
            by_month[cell.month].append(cell)
    return tuple(_point(month, by_month.get(month, [])) for month in months)


def together(points: Iterable[Point]) -> Point:
    """Several months as one: sums of what is shown of each. What is hidden stays left out."""
    found = list(points)
    shown = [point for point in found if point.state == "shown"]
    if shown:
        whole, part = sum(point.whole for point in shown), sum(point.part for point in shown)
        return Point(0, "shown", whole, part)
    states: set[State] = {point.state for point in found} - {"nothing"}
    return Point(0, "hidden" if states else "nothing")


def _point(month: int, cells: Sequence[Cell]) -> Point:
    shown = [cell for cell in cells if cell.numerator is not None]
    if shown:
        whole = sum(cell.denominator or 0 for cell in shown)
        return Point(month, "shown", whole, sum(cell.numerator or 0 for cell in shown))
    whole = sum(cell.denominator or 0 for cell in cells)
    if whole:
        return Point(month, "whole", whole)
    return Point(month, "hidden" if cells else "nothing")
