"""Questions about measuring: forms, lines, findings, and what a service has of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import today
from alongside.kernel.prepared import Prepared
from alongside.measures import own
from alongside.measures.catalogue import OWN_PREFIX, Measure, measure
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.people.models import Person

from ..alerts import Alert, Answered, Run, alerts_of, past_runs
from ..models import Reading
from ..queries import Goals, TargetFacts, goals_of
from ..safety.models import SafetyNotice
from ..safety.queries import open_notices
from ..states import TargetState
from ..tracking import track_summary
from ..tracking_facts import (
    OFF,
    SHIPPED,
    Bounds,
    DueFacts,
    JourneyFacts,
    MeasureBounds,
    MeasureFacts,
    Score,
    TrackSummary,
    with_occasions,
)
from .fact_sources import FromRooms, from_rooms
from .models import AskedWhen, FilledForm, FindingAnswer, FormSchedule, ServiceInstrument, TrackingBounds
from .versions import key_of, keys_of_line, line_of, newest_of_line, of_line, row_id_of

# --- a service's own instruments ------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _read(key: str) -> tuple[own.OwnInstrument, Measure]:
    row = ServiceInstrument.objects.filter(id=row_id_of(key)).first()
    if row is None:
        raise KeyError(key)
    instrument = own.from_text(row.definition)
    return instrument, own.as_measure(instrument, key, str(row.version))


def own_measure(key: str) -> Measure:
    """A service's instrument as a measure. A version never changes, so it is read once."""
    return _read(key)[1]


def own_instrument(key: str) -> own.OwnInstrument:
    return _read(key)[0]


def is_questionnaire(key: str) -> bool:
    """Whether a measure is filled in as a form, so that it means the same whatever it is used for."""
    return key in INSTRUMENTS or key.startswith(OWN_PREFIX)


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    id: UUID
    key: str
    version: int
    instrument: own.OwnInstrument


def instruments_of(actor: Person) -> list[ServiceFacts]:
    """The newest version of each instrument of the actor's organisation, by name."""
    newest: dict[UUID, ServiceInstrument] = {}
    rows = ServiceInstrument.objects.filter(organisation_id=actor.organisation_id)
    for row in rows.order_by("version"):
        newest[row.family] = row
    found = [
        ServiceFacts(row.id, key_of(row.id), row.version, own.from_text(row.definition))
        for row in newest.values()
    ]
    return sorted(found, key=lambda each: each.instrument.name.casefold())


def instrument_for(actor: Person, *, instrument_id: UUID) -> tuple[Person, ServiceInstrument] | None:
    rows = ServiceInstrument.objects.filter(organisation_id=actor.organisation_id, id=instrument_id)
    row = rows.first()
    return (actor, row) if row else None


def newest_version(row: ServiceInstrument) -> int:
    rows = ServiceInstrument.objects.filter(organisation_id=row.organisation_id, family=row.family)
    return rows.order_by("-version").values_list("version", flat=True)[0]


# --- thresholds -----------------------------------------------------------------------------------------------


def latest_bounds(actor: Person) -> TrackingBounds | None:
    return next(_LATEST_BOUNDS.instances(actor.organisation_id), None)


def _latest_bounds(organisation_id: UUID) -> QuerySet:
    return TrackingBounds.objects.filter(organisation_id=organisation_id).order_by("-version")[:1]


_LATEST_BOUNDS = Prepared(_latest_bounds)


def bounds_of(actor: Person) -> Bounds:
    """The numbers the on-track rules have in the actor's organisation."""
    return bounds_from(latest_bounds(actor))


def bounds_from(row: TrackingBounds | None) -> Bounds:
    if row is None:
        return SHIPPED
    numbers: dict[str, Any] = dict(row.numbers)
    version, source = f"service {row.version}", row.source or SHIPPED.source
    of_measures = {
        key: MeasureBounds(
            **{name: None if value is None else Decimal(value) for name, value in values.items()},
            source=source,
            version=version,
            off=OFF.get(key, frozenset()),
        )
        for key, values in numbers.pop("measures", {}).items()
    }
    off = frozenset(numbers.pop("off", ()))
    kinds = {each.name: type(getattr(SHIPPED, each.name)) for each in fields(Bounds)}
    plain = {name: kinds[name](value) for name, value in numbers.items()}
    return replace(SHIPPED, version=version, source=source, off=off, measures=of_measures, **plain)


def with_bounds(row: Measure, bounds: Bounds) -> Measure:
    """The measure with the thresholds that hold in a service, so that a line shows what a finding would say."""
    given = bounds.measures.get(row.key)
    if given is None:
        return row
    return replace(
        row,
        reliable_change=given.reliable_change,
        mdc=given.mdc,
        case_cutoff=given.case_cutoff,
        source=given.source,
        version=given.version,
    )


LATEST = 12
"""So many fillings stand beside each other on the page of single answers."""

# --- forms ----------------------------------------------------------------------------------------------------


def form_key_for(actor: Person, *, journey_id: UUID, instrument: str) -> tuple[Seat, str] | None:
    """A questionnaire that can be filled in in this journey: a shipped one, or one of the service."""
    found = seat_for(actor, journey_id=journey_id)
    if found is None:
        return None
    seat = found[0]
    if instrument in INSTRUMENTS:
        return (seat, instrument)
    try:
        row = ServiceInstrument.objects.filter(
            organisation_id=seat.journey.organisation_id, id=row_id_of(instrument)
        ).first()
    except KeyError:
        row = None
    return (seat, instrument) if row and instrument.startswith(OWN_PREFIX) else None


def half_way(seat: Seat, instrument: str) -> FilledForm | None:
    """What this person began, in any version of the same meaning."""
    rows = FilledForm.objects.filter(journey=seat.journey, by=seat.actor, submitted_at=None)
    begun = {row.instrument: row for row in rows.filter(instrument__in=keys_of_line(instrument))}
    return begun.get(instrument) or next(iter(begun.values()), None)


def handed_in(seat: Seat, instrument: str) -> list[FilledForm]:
    """The forms of one questionnaire that were handed in, complete or not, newest first."""
    rows = FilledForm.objects.filter(
        journey=seat.journey, instrument__in=keys_of_line(instrument), submitted_at__isnull=False
    )
    return list(rows.order_by("-submitted_at", "-id")[:LATEST])


def form_scores(seat: Seat) -> dict[str, tuple[Score, ...]]:
    """The complete scores of each questionnaire, oldest first. An incomplete form is no score.

    Versions of one meaning are one line, by the key of the one that was filled in last.
    """
    rows = FilledForm.objects.filter(journey=seat.journey, submitted_at__isnull=False, total__isnull=False)
    found: dict[str, tuple[Score, ...]] = {}
    for key, total, when, row_id in rows.order_by("submitted_at", "id").values_list(
        "instrument", "total", "submitted_at", "id"
    ):
        score = Score(total, timezone.localtime(when).date(), str(row_id))
        found[key] = (*found.get(key, ()), score)
    return in_lines(found)


def in_lines(found: dict[str, tuple[Score, ...]]) -> dict[str, tuple[Score, ...]]:
    """The scores of versions of one meaning put together, by the key of the one filled in last."""
    lines: dict[str, list[str]] = {}
    for key in found:
        lines.setdefault(line_of(key), []).append(key)
    if len(lines) == len(found):
        return found
    together = {}
    for keys in lines.values():
        # of one day, the one that was filled in first later
        last = max(reversed(keys), key=lambda key: found[key][-1].on)
        scores = (score for key in keys for score in found[key])
        together[last] = tuple(sorted(scores, key=lambda score: score.on))
    return together


# --- on track -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tracked:
    """All that is known of whether a journey is on track: for its guide alone."""

    track_summary: TrackSummary
    alerts: tuple[Alert, ...]
    answers: list[FindingAnswer]
    notices: list[SafetyNotice]
    """Those nobody has answered yet."""
    past: tuple[Run, ...] = ()
    """What held before and no longer does; only where it was asked for."""

    @property
    def speaking(self) -> tuple[Alert, ...]:
        """The findings that ask to be looked at: neither answered nor held back."""
        return tuple(alert for alert in self.alerts if alert.speaks)


def tracked(seat: Seat, goals: Goals | None = None, *, with_past: bool = False) -> Tracked:
    """Every finding of a journey as it is now, and which of them speak. Any room may ask; only a guide may be shown."""
    bounds = bounds_of(seat.actor)
    facts = facts_of(seat, goals or goals_of(seat))
    answers, now = answers_of(seat), track_summary(facts, bounds)
    alerts = alerts_of(now, facts, answered(answers), bounds)
    past = _past(seat, facts, bounds) if with_past else ()
    return Tracked(now, alerts, answers, open_notices(seat), past)


def _past(seat: Seat, facts: JourneyFacts, bounds: Bounds) -> tuple[Run, ...]:
    """Findings that no longer hold, of every measure; also those that rested on a reading taken back."""
    rows = Reading.objects.filter(target__journey=seat.journey).exclude(withdrawn_at=None)
    taken_back: dict[str, list[Score]] = {}
    for target_id, row_id, value, on in rows.values_list("target_id", "id", "value", "taken_on"):
        taken_back.setdefault(str(target_id), []).append(Score(value, on, str(row_id)))
    found: list[Run] = []
    for now in facts.measures:
        # taken back, it stood before the one that took its place
        both = [*taken_back.get(now.subject, ()), *(replace(one, occasion=None) for one in now.scores)]
        was = tuple(sorted(both, key=lambda score: score.on))
        as_it_was = replace(now, scores=with_occasions(was, facts.held))
        found += past_runs(now, as_it_was, bounds)
    return tuple(sorted(found, key=lambda run: (run.since.on, run.rule)))


def facts_of(seat: Seat, goals: Goals) -> JourneyFacts:
    """The facts the rules ask for: what goals know themselves, and what rooms above tell."""
    safety = tuple(timezone.localtime(each.created_at).date() for each in open_notices(seat))
    return facts_from(seat, goals, from_rooms(seat), form_scores(seat), safety)


def facts_from(
    seat: Seat,
    goals: Goals,
    rooms: FromRooms,
    forms: Mapping[str, tuple[Score, ...]],
    safety: tuple[dt.date, ...],
) -> JourneyFacts:
    """The same facts from what has been read already, for one journey or for many."""
    day = today(seat.actor.time_zone)
    held = tuple(one.on for one in rooms.meetings if one.held)
    live = [target for target in goals.targets if target.state == TargetState.AGREED]
    scored = [_measure_facts(target, forms, held) for target in live]
    used = {line_of(each.measure.key) for each in scored}
    alone = [
        MeasureFacts(measure(key), with_occasions(scores, held))
        for key, scores in forms.items()
        if line_of(key) not in used
    ]
    return JourneyFacts(
        today=day,
        measures=(*scored, *alone),
        dues=tuple(_due(target, day) for target in live),
        meetings=rooms.meetings,
        something_booked=rooms.something_booked,
        every_days=seat.journey.every_days,
        feedback=rooms.feedback,
        feedback_before=rooms.feedback_before,
        feedback_on=rooms.feedback_on,
        safety=safety,
        is_resting=seat.is_over or seat.state in (JourneyState.PAUSED, JourneyState.ENDING),
    )


def _measure_facts(
    target: TargetFacts, forms: Mapping[str, tuple[Score, ...]], held: tuple[dt.date, ...]
) -> MeasureFacts:
    wording = target.wording
    scores = tuple(Score(each.value, each.taken_on, str(each.id)) for each in target.current_readings)
    if is_questionnaire(wording.measure):
        scores = _of_the_journey(target, of_line(forms, wording.measure, ()))
    return MeasureFacts(
        wording.instrument, with_occasions(scores, held), wording.aim, str(target.id), wording.difference
    )


def _of_the_journey(target: TargetFacts, forms: tuple[Score, ...]) -> tuple[Score, ...]:
    """A questionnaire means the same under every wording: its first score in the journey is where it began.

    A form that was handed in is a reading of its target too; it is counted once.
    """
    of_readings = [Score(each.value, each.taken_on, str(each.id)) for each in target.readings_of_its_measure]
    known = {(score.on, score.value) for score in of_readings}
    both = [*of_readings, *(score for score in forms if (score.on, score.value) not in known)]
    return tuple(sorted(both, key=lambda score: score.on))


def _due(target: TargetFacts, day: dt.date) -> DueFacts:
    steps = [step for step in target.steps if step.state != "dropped"]
    late = [step.due for step in steps if step.is_still_to_do and step.due and step.due < day]
    return DueFacts(
        str(target.id),
        target.wording.difference,
        target.wording.due,
        target.state == TargetState.REACHED,
        len(steps),
        len(late),
        max(late, default=None),
    )


def answers_of(seat: Seat) -> list[FindingAnswer]:
    """What was decided about findings, oldest first."""
    rows = FindingAnswer.objects.filter(journey=seat.journey).select_related("by")
    return list(rows.order_by("created_at", "id"))


def answered(rows: list[FindingAnswer]) -> list[Answered]:
    return [
        Answered(
            row.rule, row.subject, row.level, row.rests_on, frozenset(row.beside), row.review_on, row.closes
        )
        for row in rows
    ]


def numbers_of(text: str) -> Mapping[str, Any]:
    """The answers of a form that was kept."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def offered_forms(seat: Seat, goals: Goals | None = None) -> list[str]:
    """The questionnaires that can be filled in: the shipped ones its kind works with, and the service's own.

    `goals` are given by whoever has read them already.
    """
    suggested = {one.measure_key for each in seat.kind.templates for one in each.suggested_targets}
    shipped = [key for key in INSTRUMENTS if key in suggested]
    own_ones = instruments_of(seat.actor)
    newest = [each.key for each in own_ones]
    earlier = _earlier_in_use(seat, newest, goals) if any(each.version > 1 for each in own_ones) else []
    return [*shipped, *newest, *earlier]


def _earlier_in_use(seat: Seat, newest: list[str], goals: Goals | None) -> list[str]:
    """Versions another meaning has replaced, where this journey measures by them, asks them, or has one half-way."""
    begun = FilledForm.objects.filter(journey=seat.journey, by=seat.actor, submitted_at=None)
    said = FormSchedule.objects.filter(journey=seat.journey, instrument__startswith=OWN_PREFIX)
    asked = {
        line_of(key): when
        for key, when in said.order_by("created_at", "id").values_list("instrument", "asked")
    }
    keys = [*begun.values_list("instrument", flat=True)]
    keys += [line for line, when in asked.items() if when != AskedWhen.NEVER]
    keys += [target.wording.measure for target in (goals or goals_of(seat)).targets if target.is_agreed]
    known = {line_of(key) for key in newest}
    found = [key for key in keys if key.startswith(OWN_PREFIX) and line_of(key) not in known]
    return list(dict.fromkeys(newest_of_line(key) for key in found))
