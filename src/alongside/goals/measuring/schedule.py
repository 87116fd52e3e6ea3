"""When the questionnaires of a journey are asked: what holds, and what is due before a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from alongside.journeys.seat import Seat

from .models import AskedWhen, FilledForm, FormSchedule
from .versions import line_of, newest_of_line


@dataclass(frozen=True, slots=True)
class Asked:
    """One questionnaire and when it is asked."""

    instrument: str
    when: AskedWhen
    every: int = 1
    in_keepsake: bool = True

    def is_for(self, number: int, *, first: int, is_last: bool) -> bool:
        """Whether it is asked before the meeting of this number."""
        if self.when == AskedWhen.EVERY:
            return (number - first) % self.every == 0
        if self.when == AskedWhen.ENDS:
            return number == first or is_last
        return self.when == AskedWhen.EACH


@dataclass(frozen=True, slots=True)
class DueForm:
    """A questionnaire that is asked before one meeting: handed in since the one before, begun, or neither."""

    instrument: str
    handed_in: FilledForm | None = None
    is_begun: bool = False


def schedule_of(seat: Seat) -> tuple[Asked, ...]:
    """What holds in a journey: the newest word on each questionnaire, and the template's where there is none.

    One query for what was said, and one for the line of each of the service's own questionnaires in it.
    """
    template = seat.kind.template(seat.journey.template)
    found = {
        each.measure_key: Asked(each.measure_key, AskedWhen(each.when), each.every)
        for each in template.asked_forms
    }
    rows = FormSchedule.objects.filter(journey=seat.journey).order_by("created_at", "id")
    for row in rows:
        # a version that means the same has taken the place of the one that was chosen
        asked = Asked(newest_of_line(row.instrument), AskedWhen(row.asked), row.every, row.in_keepsake)
        found[line_of(row.instrument)] = asked
    return tuple(found.values())


def asked_before(seat: Seat, *, number: int, is_last: bool = False) -> tuple[str, ...]:
    first = seat.journey.first_number
    planned = seat.journey.planned_meetings
    last = is_last or (planned is not None and number >= planned)
    return tuple(
        each.instrument for each in schedule_of(seat) if each.is_for(number, first=first, is_last=last)
    )


def due_forms(seat: Seat, instruments: Iterable[str], since: dt.datetime | None) -> tuple[DueForm, ...]:
    """How it stands with these: `since` is when the meeting before began. Nothing is asked where none is."""
    wanted = tuple(instruments)
    if not wanted:
        return ()
    lines = {line_of(each): each for each in wanted}
    rows = FilledForm.objects.filter(journey=seat.journey).order_by("created_at", "id").defer("answers")
    if since is not None:
        rows = rows.filter(Q(submitted_at=None) | Q(submitted_at__gt=since))
    handed_in: dict[str, FilledForm] = {}
    begun: set[str] = set()
    for row in rows:
        asked = lines.get(line_of(row.instrument))
        if asked and row.submitted_at is None:
            begun.add(asked)
        elif asked:
            handed_in[asked] = row
    return tuple(DueForm(each, handed_in.get(each), each in begun) for each in wanted)
