"""The lines from then to now: readings and scores as what a chart shows, with what is noted beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure
from alongside.measures.charts import Note, Point, Series
from alongside.people.models import Person

from ..models import Reading, Target, TargetWording
from ..queries import Goals, target_for
from ..tracking_facts import SHIPPED, Bounds, Score
from .fact_sources import missed_days
from .queries import bounds_of, form_key_for, form_scores, is_questionnaire, with_bounds
from .versions import of_line


@dataclass(frozen=True, slots=True)
class Beside:
    """What a line is drawn with: the days on which a meeting was missed, and the thresholds of the service."""

    missed: tuple[dt.date, ...] = ()
    bounds: Bounds = SHIPPED


def beside_of(seat: Seat) -> Beside:
    return Beside(missed_days(seat), bounds_of(seat.actor))


def target_series_for(actor: Person, *, journey_id: UUID, target_id: UUID) -> tuple[Seat, Series] | None:
    """What a target's chart shows; None where there is no target, or nothing has been read yet."""
    found = seat_for(actor, journey_id=journey_id)
    target = target_for(found[0], target_id) if found else None
    series = target_series(target, beside_of(found[0])) if found and target else None
    return (found[0], series) if found and series else None


def target_series(target: Target, beside: Beside) -> Series | None:
    """The readings made under the present measure, with the days on which the target was worded anew."""
    wordings = list(TargetWording.objects.filter(target=target).order_by("number"))
    rows = Reading.objects.filter(target=target, withdrawn_at=None).order_by("taken_on", "id")
    return series_of(wordings, list(rows.values_list("taken_on", "value", "wording_id")), beside)


def series_of(
    wordings: Sequence[TargetWording], readings: Sequence[tuple[dt.date, Decimal, UUID]], beside: Beside
) -> Series | None:
    """`wordings` and `readings` oldest first. A change is judged from where the present wording began: what a person
    put into words anew is another activity or goal; a questionnaire means the same under every wording."""
    newest = wordings[-1]
    same = {each.id for each in wordings if each.measure == newest.measure}
    kept = [row for row in readings if row[2] in same]
    if not kept:
        return None
    points = tuple(Point(on, value) for on, value, _wording in kept)
    began = 0
    if not is_questionnaire(newest.measure):
        began = next((place for place, row in enumerate(kept) if row[2] == newest.id), len(kept))
    anew = [timezone.localtime(each.created_at).date() for each in wordings[1:]]
    row = with_bounds(newest.instrument, beside.bounds)
    return Series(row, points, newest.aim, _notes(points, anew, beside.missed), began)


def form_series_for(actor: Person, *, journey_id: UUID, instrument: str) -> tuple[Seat, Series] | None:
    found = form_key_for(actor, journey_id=journey_id, instrument=instrument)
    scores = of_line(form_scores(found[0]), instrument, ()) if found else ()
    if not found or not scores:
        return None
    return found[0], form_series(instrument, scores, beside_of(found[0]))


def form_series(instrument: str, scores: tuple[Score, ...], beside: Beside) -> Series:
    points = tuple(Point(score.on, score.value) for score in scores)
    row = with_bounds(measure(instrument), beside.bounds)
    return Series(row, points, notes=_notes(points, (), beside.missed))


def _notes(points: tuple[Point, ...], anew: Iterable[dt.date], missed: Iterable[dt.date]) -> tuple[Note, ...]:
    """What is noted beside a line. What was missed before its first reading has nothing to do with it."""
    notes = [Note(day, "re-agreed") for day in anew]
    notes += [Note(day, "missed") for day in missed if day >= points[0].on]
    return tuple(sorted(notes, key=lambda note: (note.on, note.sort)))


def series_of_goals(goals: Goals, beside: Beside) -> dict[UUID, Series]:
    """The line of every target that has one, in one query more than the goals themselves."""
    ids = [target.id for target in goals.targets]
    wordings: dict[UUID, list[TargetWording]] = {}
    for row in TargetWording.objects.filter(target_id__in=ids).order_by("number"):
        wordings.setdefault(row.target_id, []).append(row)
    found = {}
    for target in goals.targets:
        readings = [(one.taken_on, one.value, one.wording_id) for one in target.readings]
        series = series_of(wordings[target.id], readings, beside)
        if series:
            found[target.id] = series
    return found
