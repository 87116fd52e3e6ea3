"""The course of one goal from then to now, worked out from plain numbers: where the line runs and what it says.

`ui.lines` says every reading; a page with eight goals and 240 readings only draws them, and says the two ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.measures.catalogue import Measure
from alongside.ui.lines import said

WIDTH, HEIGHT, EDGE = 320, 48, 7
Readings = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class Course:
    """Lengths are in the drawing's own units, ready to be written. `now_x` is "" while there is only the start."""

    stroke: SafeString
    then_y: SafeString
    now_x: SafeString
    now_y: SafeString
    aim_y: SafeString
    then: str
    now: str
    sentence: str


def course(
    readings: Readings, instrument: Measure, aim: float | None, *, falls: bool = False
) -> Course | None:
    """The line of one goal; None without a reading. Better is always up; `falls` when less is better."""
    if not readings:
        return None
    bottom, top = _range(readings, instrument, aim, falls or instrument.lower_is_better)
    first, last = readings[0][0].toordinal(), readings[-1][0].toordinal()
    room, share = WIDTH - 2 * EDGE, (HEIGHT - 2 * EDGE) / (top - bottom)
    # taken on one day, they are spaced evenly; else as time went by
    days = last - first
    points = [
        (
            EDGE + room * ((day.toordinal() - first) / days if days else place / max(1, len(readings) - 1)),
            HEIGHT - EDGE - min(max((value - bottom) * share, 0), HEIGHT - 2 * EDGE),
        )
        for place, (day, value) in enumerate(readings)
    ]
    then, now = _say(readings[0][1], instrument), _say(readings[-1][1], instrument)
    return Course(
        stroke=SafeString(" ".join(f"{x:.0f},{y:.1f}" for x, y in points)),
        then_y=_length(points[0][1]),
        now_x=_length(points[-1][0] if len(points) > 1 else None),
        now_y=_length(points[-1][1]),
        aim_y=_length(None if aim is None else HEIGHT - EDGE - (aim - bottom) * share),
        then=_short(readings[0][1], instrument),
        now=_short(readings[-1][1], instrument),
        sentence=_sentence(then, now, len(points), None if aim is None else _say(aim, instrument)),
    )


def _length(number: float | None) -> SafeString:
    """Digits and a point, whatever the language: nothing in them to escape."""
    return SafeString("" if number is None else f"{number:.1f}")


def _range(readings: Readings, instrument: Measure, aim: float | None, falls: bool) -> tuple[float, float]:
    """From the bottom of the drawing to its top: of a count what occurs, of every other measure its whole range."""
    low, high = float(instrument.min), float(instrument.max)
    if high - low > 100 and not instrument.is_score:
        values = [value for _day, value in readings] + ([] if aim is None else [aim])
        low, high = min(values), max(values)
        if low == high:
            low, high = low - 1, high + 1
    return (high, low) if falls else (low, high)


def _say(value: float, instrument: Measure) -> str:
    if instrument.levels:
        return instrument.say(Decimal(str(value)))
    return said(value)


def _short(value: float, instrument: Measure) -> str:
    """At the end of a line: the number of a level; its name is in the sentence below."""
    signed = instrument.levels and instrument.min < 0
    if signed:
        return ("+" if value > 0 else "−" if value < 0 else "") + said(abs(value))
    return _say(value, instrument)


def _sentence(then: str, now: str, readings: int, aim: str | None) -> str:
    if readings == 1:
        sentence = _("Started at %(then)s.") % {"then": then}
    elif then == now:
        sentence = _("%(then)s at the start and now.") % {"then": then}
    else:
        sentence = _("From %(then)s at the start to %(now)s now.") % {"then": then, "now": now}
    return sentence if aim is None else sentence + " " + _("Goal: %(aim)s.") % {"aim": aim}
