"""The lines from then to now: readings and scores as what a chart shows, with what is noted beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure
from alongside.measures.charts import Note, Point, Series
from alongside.people.models import Person

from ..models import Reading, Target, TargetWording
from ..queries import Goals, target_for
from ..tracking_facts import Score
from .queries import form_key_for, form_scores
from .told import missed_days


def target_series_for(actor: Person, *, journey_id: UUID, target_id: UUID) -> tuple[Seat, Series] | None:
    """What a target's chart shows; None where there is no target, or nothing has been read yet."""
    found = seat_for(actor, journey_id=journey_id)
    target = target_for(found[0], target_id) if found else None
    series = target_series(target, missed_days(found[0])) if found and target else None
    return (found[0], series) if found and series else None


def target_series(target: Target, missed: tuple[dt.date, ...] = ()) -> Series | None:
    """The readings made under the present measure, with the days on which the target was worded anew."""
    wordings = list(TargetWording.objects.filter(target=target).order_by("number"))
    rows = Reading.objects.filter(target=target, withdrawn_at=None, wording__measure=wordings[-1].measure)
    points = tuple(
        Point(on, value) for on, value in rows.order_by("taken_on", "id").values_list("taken_on", "value")
    )
    return series_of(wordings, points, missed)


def series_of(
    wordings: list[TargetWording], points: tuple[Point, ...], missed: tuple[dt.date, ...] = ()
) -> Series | None:
    if not points:
        return None
    anew = [timezone.localtime(each.created_at).date() for each in wordings[1:]]
    newest = wordings[-1]
    return Series(newest.instrument, points, newest.aim, _notes(points, anew, missed))


def form_series_for(actor: Person, *, journey_id: UUID, instrument: str) -> tuple[Seat, Series] | None:
    found = form_key_for(actor, journey_id=journey_id, instrument=instrument)
    scores = form_scores(found[0]).get(instrument, ()) if found else ()
    if not found or not scores:
        return None
    return found[0], form_series(instrument, scores, missed_days(found[0]))


def form_series(instrument: str, scores: tuple[Score, ...], missed: tuple[dt.date, ...] = ()) -> Series:
    points = tuple(Point(score.on, score.value) for score in scores)
    return Series(measure(instrument), points, notes=_notes(points, (), missed))


def _notes(points: tuple[Point, ...], anew: Iterable[dt.date], missed: Iterable[dt.date]) -> tuple[Note, ...]:
    """What is noted beside a line. What was missed before its first reading has nothing to do with it."""
    notes = [Note(day, "re-agreed") for day in anew]
    notes += [Note(day, "missed") for day in missed if day >= points[0].on]
    return tuple(sorted(notes, key=lambda note: (note.on, note.sort)))


def series_of_goals(goals: Goals, missed: tuple[dt.date, ...] = ()) -> dict[UUID, Series]:
    """The line of every target that has one, in one query more than the goals themselves."""
    ids = [target.id for target in goals.targets]
    wordings: dict[UUID, list[TargetWording]] = {}
    for row in TargetWording.objects.filter(target_id__in=ids).order_by("number"):
        wordings.setdefault(row.target_id, []).append(row)
    found = {}
    for target in goals.targets:
        same = {each.id for each in wordings[target.id] if each.measure == target.wording.measure}
        points = tuple(Point(one.taken_on, one.value) for one in target.readings if one.wording_id in same)
        series = series_of(wordings[target.id], points, missed)
        if series:
            found[target.id] = series
    return found
