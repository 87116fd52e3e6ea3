"""A guide's own reflections over time: for each skill a line in numbers, and what was written, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address

from ..record.pages.said import title_of
from ..record.pages.trend import Trend, trend
from .forms import NAMES
from .models import SKILLS
from .queries import Reflected


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
    skills: tuple[Trend, ...]
    names: tuple[str, ...]
    meetings: tuple[Looked, ...]


def reflections_page(found: Sequence[Reflected], seats: Mapping[UUID, Seat]) -> ReflectionsPage:
    lines = [trend(str(NAMES[skill]), [one.skills[skill] for one in found]) for skill in SKILLS]
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
