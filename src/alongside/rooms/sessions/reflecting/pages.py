"""A guide's own reflections over time: for each skill a line in numbers, and what was written, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address

from ..pages.said import title_of
from .forms import NAMES
from .models import SKILLS
from .queries import Reflected

WIDTH, HEIGHT, EDGE = 320, 56, 8


@dataclass(frozen=True)
class SkillLine:
    name: str
    sentence: str
    stroke: str
    then: str
    now: str
    then_at: float
    now_at: float | None
    now_x: float


@dataclass(frozen=True)
class Looked:
    """One meeting as the guide looked back on it."""

    when: str
    title: str
    url: str
    values: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class ReflectionsPage:
    skills: tuple[SkillLine, ...]
    names: tuple[str, ...]
    meetings: tuple[Looked, ...]


def reflections_page(found: Sequence[Reflected], seats: Mapping[UUID, Seat]) -> ReflectionsPage:
    lines = [_line(skill, found) for skill in SKILLS]
    return ReflectionsPage(
        skills=tuple(line for line in lines if line),
        names=tuple(str(NAMES[skill]) for skill in SKILLS),
        meetings=tuple(_looked(one, seats.get(one.journey_id)) for one in reversed(found)),
    )


def _looked(one: Reflected, seat: Seat | None) -> Looked:
    """A journey one has no part in any more is not named."""
    return Looked(
        when=date_format(localtime(one.on), "j F Y"),
        title=f"{title_of(seat, one.number)} · {seat.other.name}" if seat else _("A journey you have left"),
        url=address("sessions:meeting", one.journey_id, one.number) if seat else "",
        values=tuple("–" if (value := one.skills[skill]) is None else str(value) for skill in SKILLS),
        words=one.words,
    )


def _line(skill: str, found: Sequence[Reflected]) -> SkillLine | None:
    values = [value for one in found if (value := one.skills[skill]) is not None]
    if not values:
        return None
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    places = [(round(EDGE + step * place, 1), _up(value)) for place, value in enumerate(values)]
    several = len(values) > 1
    return SkillLine(
        name=str(NAMES[skill]),
        sentence=_sentence(values),
        stroke=" ".join(f"{x:g},{y:g}" for x, y in places),
        then=str(values[0]),
        now=str(values[-1]) if several else "",
        then_at=places[0][1],
        now_at=places[-1][1] if several else None,
        now_x=places[-1][0],
    )


def _up(value: int) -> float:
    return round(HEIGHT - EDGE - value / 10 * (HEIGHT - 2 * EDGE), 1)


def _sentence(values: Sequence[int]) -> str:
    if len(values) == 1:
        return _("Once so far: %(value)s of 10.") % {"value": values[0]}
    facts = {"then": values[0], "now": values[-1], "count": len(values)}
    text = ngettext(
        "From %(then)s to %(now)s, over %(count)s meeting.",
        "From %(then)s to %(now)s, over %(count)s meetings.",
        len(values),
    )
    return text % facts
