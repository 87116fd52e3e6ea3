"""When the questionnaires of a journey are asked: what holds, and what is due before a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.journeys.seat import Seat
from alongside.kernel.prepared import Prepared

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


class Coming(NamedTuple):
    """A meeting before which something may be asked. `since` is when the meeting before it began."""

    seat: Seat
    number: int
    is_last: bool
    since: dt.datetime | None


def schedule_of(seat: Seat) -> tuple[Asked, ...]:
    """What holds in a journey: the newest word on each questionnaire, and the template's where there is none.

    One query for what was said, and one for the line of each of the service's own questionnaires in it.
    """
    return schedules_of([seat])[seat.journey.id]


def schedules_of(seats: Sequence[Seat]) -> dict[UUID, tuple[Asked, ...]]:
    """The same for several journeys, by as many queries as for one."""
    found: dict[UUID, dict[str, Asked]] = {}
    for seat in seats:
        template = seat.kind.template(seat.journey.template)
        found[seat.journey.id] = {
            each.measure_key: Asked(each.measure_key, AskedWhen(each.when), each.every)
            for each in template.asked_forms
        }
    asked_of = list(found)
    rows = list(_SAID.instances(*asked_of) if len(asked_of) == 1 else _said(*asked_of))
    # a version that means the same has taken the place of the one that was chosen
    newest = {key: newest_of_line(key) for key in {row.instrument for row in rows}}
    for row in rows:
        asked = Asked(newest[row.instrument], AskedWhen(row.asked), row.every, row.in_keepsake)
        found[row.journey_id][line_of(row.instrument)] = asked
    return {journey_id: tuple(asked.values()) for journey_id, asked in found.items()}


def _said(*journeys: UUID) -> QuerySet:
    return FormSchedule.objects.filter(journey__in=journeys).order_by("created_at", "id")


_SAID = Prepared(_said)


def asked_before(seat: Seat, *, number: int, is_last: bool = False) -> tuple[str, ...]:
    return _asked_at(Coming(seat, number, is_last, None), schedule_of(seat))


def _asked_at(coming: Coming, schedule: Iterable[Asked]) -> tuple[str, ...]:
    first = coming.seat.journey.first_number
    planned = coming.seat.journey.planned_meetings
    last = coming.is_last or (planned is not None and coming.number >= planned)
    return tuple(
        each.instrument for each in schedule if each.is_for(coming.number, first=first, is_last=last)
    )


def due_before(coming: Sequence[Coming]) -> dict[UUID, tuple[DueForm, ...]]:
    """What is asked before one meeting of each of these journeys, and how it stands with it. Two queries for what was
    said and what was filled in, however many journeys; none for no journey."""
    if not coming:
        return {}
    schedules = schedules_of([each.seat for each in coming])
    asked = {each.seat.journey.id: _asked_at(each, schedules[each.seat.journey.id]) for each in coming}
    asking = [each for each in coming if asked[each.seat.journey.id]]
    filled: dict[UUID, list[FilledForm]] = {each.seat.journey.id: [] for each in asking}
    for row in _filled_for(asking) if asking else ():
        filled[row.journey_id].append(row)
    return {journey_id: _stand(asked[journey_id], rows) for journey_id, rows in filled.items()}


def due_forms(seat: Seat, instruments: Iterable[str], since: dt.datetime | None) -> tuple[DueForm, ...]:
    """How it stands with these: `since` is when the meeting before began. Nothing is asked where none is."""
    wanted = tuple(instruments)
    return _stand(wanted, _filled_for([Coming(seat, 0, False, since)])) if wanted else ()


def _filled_for(coming: Sequence[Coming]) -> Iterable[FilledForm]:
    """What was begun, and what was handed in since the meeting before."""
    wanted = Q()
    for each in coming:
        of_one = Q(journey=each.seat.journey)
        if each.since is not None:
            of_one &= Q(submitted_at=None) | Q(submitted_at__gt=each.since)
        wanted |= of_one
    return FilledForm.objects.filter(wanted).order_by("created_at", "id").defer("answers")


def _stand(wanted: tuple[str, ...], rows: Iterable[FilledForm]) -> tuple[DueForm, ...]:
    lines = {line_of(each): each for each in wanted}
    handed_in: dict[str, FilledForm] = {}
    begun: set[str] = set()
    for row in rows:
        asked = lines.get(line_of(row.instrument))
        if asked and row.submitted_at is None:
            begun.add(asked)
        elif asked:
            handed_in[asked] = row
    return tuple(DueForm(each, handed_in.get(each), each in begun) for each in wanted)
