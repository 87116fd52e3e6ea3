"""A small line from the first to the latest of a few answers from 0 to 10, with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH, HEIGHT, EDGE = 320, 56, 8


@dataclass(frozen=True)
class Trend:
    """What `sessions/trends.html` draws; more is up."""

    name: str
    sentence: str
    stroke: str
    then: str
    now: str
    then_at: float
    now_at: float | None
    now_x: float


def trend(name: str, values: Sequence[int | None]) -> Trend | None:
    """The line of what was answered, oldest first; None where nothing was. What was left out is left out."""
    given = [value for value in values if value is not None]
    if not given:
        return None
    step = (WIDTH - 2 * EDGE) / max(1, len(given) - 1)
    places = [(round(EDGE + step * place, 1), _up(value)) for place, value in enumerate(given)]
    several = len(given) > 1
    return Trend(
        name=name,
        sentence=_sentence(given),
        stroke=" ".join(f"{x:g},{y:g}" for x, y in places),
        then=str(given[0]),
        now=str(given[-1]) if several else "",
        then_at=places[0][1],
        now_at=places[-1][1] if several else None,
        now_x=places[-1][0],
    )


def _up(value: int) -> float:
    return round(HEIGHT - EDGE - value / 10 * (HEIGHT - 2 * EDGE), 1)


def _sentence(values: Sequence[int]) -> str:
    if len(values) == 1:
        return _("Once so far: %(value)s of 10.") % {"value": values[0]}
    text = ngettext(
        "From %(then)s to %(now)s, over %(count)s meeting.",
        "From %(then)s to %(now)s, over %(count)s meetings.",
        len(values),
    )
    return text % {"then": values[0], "now": values[-1], "count": len(values)}
