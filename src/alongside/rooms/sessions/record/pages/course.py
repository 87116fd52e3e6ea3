"""A target's line from baseline to now, small enough to draw eight of them on one page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.kernel.days import in_letters
from alongside.measures.catalogue import Measure, measure
from alongside.measures.numbers import plain

from ..review_queries import TargetNow

WIDTH, HEIGHT, EDGE = 320, 56, 8


@dataclass(frozen=True, slots=True)
class Course:
    """What the template draws: heights of the two ends and of the aim ready, values as people say them."""

    stroke: str
    then_at: str
    now_at: str
    aim_at: str
    then: str
    now: str
    then_when: str
    now_when: str
    sentence: str


def course(target: TargetNow) -> Course | None:
    """The line of a target that has at least one reading; better is always up."""
    if not target.points:
        return None
    instrument = measure(target.measure)
    points = _places(target, instrument)
    first, last = target.points[0], target.points[-1]
    several = len(points) > 1
    return Course(
        stroke=" ".join(f"{x:g},{y:g}" for x, y in points),
        then_at=f"{points[0][1]:g}",
        now_at=f"{points[-1][1]:g}" if several else "",
        aim_at="" if target.aim is None else f"{_up(target.aim, *_range(target, instrument)):g}",
        then=short(target, first[0]),
        now=short(target, last[0]) if several else "",
        then_when=_day(first[1]),
        now_when=_day(last[1]) if several else "",
        sentence=_sentence(target, instrument),
    )


def short(target: TargetNow, value: Decimal) -> str:
    """A value as it stands at the end of a line: a word for yes and no, else a number."""
    if target.measure == "yes-no":
        return measure(target.measure).say(value)
    sign = "+" if target.measure == "gas" and value > 0 else ""
    return sign + plain(value)


def say(target: TargetNow, value: Decimal) -> str:
    """A value in words; for goal attainment the level as the two wrote it."""
    if target.levels and target.measure == "gas" and -2 <= value <= 2:
        return f"{short(target, value)} {target.levels[int(value) + 2]}"
    return measure(target.measure).say(value)


def _sentence(target: TargetNow, instrument: Measure) -> str:
    then, now = target.points[0][0], target.points[-1][0]
    said = _("From %(then)s at the start to %(now)s now.") % {
        "then": instrument.say(then),
        "now": instrument.say(now),
    }
    if len(target.points) == 1:
        said = _("It started at %(then)s.") % {"then": instrument.say(then)}
    if target.aim is not None:
        said += " " + _("Goal: %(aim)s.") % {"aim": instrument.say(target.aim)}
    return said


def _day(day: dt.date) -> str:
    return in_letters(day, _("j M Y"))


def _range(target: TargetNow, instrument: Measure) -> tuple[float, float]:
    lowest, highest = float(instrument.min), float(instrument.max)
    if highest - lowest > 100:
        values = [float(value) for value, _day, _where in target.points]
        highest = max([*values, float(target.aim or 0), 1.0])
    return (highest, lowest) if instrument.lower_is_better else (lowest, highest)


def _places(target: TargetNow, instrument: Measure) -> list[tuple[float, float]]:
    low, high = _range(target, instrument)
    days = [day.toordinal() for _value, day, _where in target.points]
    room, length = WIDTH - 2 * EDGE, days[-1] - days[0]
    share = [(day - days[0]) / length if length else n / max(1, len(days) - 1) for n, day in enumerate(days)]
    return [
        (round(EDGE + room * across, 1), _up(value, low, high))
        for across, (value, _day, _where) in zip(share, target.points, strict=True)
    ]


def _up(value: Decimal, low: float, high: float) -> float:
    share = min(1.0, max(0.0, (float(value) - low) / (high - low)))
    return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)
