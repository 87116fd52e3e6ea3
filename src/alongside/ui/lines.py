"""From then to now: the coordinates of one line, worked out here so that a template only draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils import formats, timezone
from django.utils.translation import gettext as _

Value = int | float | Decimal
When = date | datetime | str
Point = tuple[When, Value]

EDGE = 9
"""Room around the drawing, so that the dots at both ends are whole."""


@dataclass(frozen=True)
class Dot:
    """One reading: where it is drawn and what it says. `part` is then, between or now."""

    x: float
    y: float
    value: str
    when: str
    part: Literal["then", "between", "now"]


@dataclass(frozen=True)
class Line:
    """What `ui/components/then_now/then_now.html` draws. All lengths are in the drawing's own units."""

    width: int
    height: int
    edge: int
    dots: tuple[Dot, ...]
    lo: str
    hi: str
    target: str = ""
    target_y: float = 0
    sentence: str = ""

    @property
    def stroke(self) -> str:
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)

    @property
    def then(self) -> Dot | None:
        return self.dots[0] if self.dots else None

    @property
    def now(self) -> Dot | None:
        return self.dots[-1] if len(self.dots) > 1 else None

    @property
    def end(self) -> int:
        return self.width - self.edge


def line(
    points: Sequence[Point],
    lo: Value,
    hi: Value,
    target: Value | None = None,
    width: int = 320,
    height: int = 72,
) -> Line:
    """Lay readings, oldest first, on a line from `lo` (bottom) to `hi` (top).

    `when` may be dates, spaced as time went by, or words such as "Appointment 2", spaced evenly. Values
    outside the range are drawn at its edge and said as they are. For a measure where less is better give
    `lo` and `hi` the other way round, so that better is always up.
    """
    if lo == hi:
        raise ValueError("A line needs a lowest and a highest value that differ.")
    across = _across([when for when, _value in points], width)
    dots = tuple(
        Dot(x, _up(value, lo, hi, height), said(value), said_when(when), _part(index, len(points)))
        for index, ((when, value), x) in enumerate(zip(points, across, strict=True))
    )
    return Line(
        width=width,
        height=height,
        edge=EDGE,
        dots=dots,
        lo=said(lo),
        hi=said(hi),
        target="" if target is None else said(target),
        target_y=0 if target is None else _up(target, lo, hi, height),
        sentence=_sentence(dots),
    )


def said(value: Value) -> str:
    """A number as people write it: 7, not 7.0; 2.5 with the mark of the language."""
    number = round(float(value), 2)
    return formats.number_format(int(number) if number.is_integer() else number)


def said_when(when: When) -> str:
    if isinstance(when, str):
        return when
    if isinstance(when, datetime) and timezone.is_aware(when):
        when = timezone.localtime(when)
    return formats.date_format(when, "j M Y")


def _part(index: int, count: int) -> Literal["then", "between", "now"]:
    if index == 0:
        return "then"
    return "now" if index == count - 1 else "between"


def _across(whens: Sequence[When], width: int) -> list[float]:
    room = width - 2 * EDGE
    if len(whens) < 2:
        return [float(EDGE)] * len(whens)
    days = [day for day in map(_day, whens) if day is not None]
    if len(days) < len(whens) or days[0] == days[-1]:
        return [round(EDGE + room * index / (len(whens) - 1), 1) for index in range(len(whens))]
    first, last = days[0], days[-1]
    return [round(EDGE + room * (day - first) / (last - first), 1) for day in days]


def _day(when: When) -> float | None:
    if isinstance(when, str):
        return None
    fraction = when.hour / 24 + when.minute / 1440 if isinstance(when, datetime) else 0
    return when.toordinal() + fraction


def _up(value: Value, lo: Value, hi: Value, height: int) -> float:
    share = (float(value) - float(lo)) / (float(hi) - float(lo))
    share = min(1.0, max(0.0, share))
    return round(height - EDGE - share * (height - 2 * EDGE), 1)


def _sentence(dots: tuple[Dot, ...]) -> str:
    if not dots:
        return _("No reading yet.")
    then, now = dots[0], dots[-1]
    if len(dots) == 1:
        return _("Started at %(value)s on %(when)s.") % {"value": then.value, "when": then.when}
    if then.value == now.value:
        return _("%(value)s at the start and now.") % {"value": then.value}
    return _("From %(then)s at the start to %(now)s now.") % {"then": then.value, "now": now.value}
