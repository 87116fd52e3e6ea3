"""Whether many journeys are on track, in as many queries as for one: for whoever guides them, without any words.

The rules and what they are told are those of `queries.tracked`; a test holds the two to the same answers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import guided_and_going_on, with_a_part
from alongside.journeys.restriction import not_kept_closed
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.kernel.prepared import Prepared, day_in, moment_in, uuid_in
from alongside.people.models import Person

from ..alerts import Alert, Answered, alerts_of
from ..models import Reading, Step, StepStateRecord, Target, TargetStateRecord, TargetWording
from ..queries import Goals, NeedFacts, ReadingFacts, StepFacts, TargetFacts
from ..safety.models import SafetyNotice
from ..states import NeedState, StepState, TargetState
from ..tracking import track_summary
from ..tracking_facts import Bounds, Level, Score, TrackSummary
from .fact_sources import FromRooms, from_rooms_of_all
from .models import FilledForm, FindingAnswer
from .queries import bounds_of, facts_from, in_lines


@dataclass(frozen=True, slots=True)
class Raised:
    """What the rules say of a journey to its guide: the level it stands at, whether anything speaks, and safety."""

    level: Level
    speaks: bool = False
    safety: bool = False


def raised_in(guide: Person, seats: Iterable[Seat]) -> dict[UUID, Raised]:
    """How each of these journeys stands that this person guides. Those of others are left out."""
    own = [seat for seat in seats if seat.is_guide]
    if not own:
        return {}
    bounds, read = bounds_of(guide), _Read(guide)
    return {seat.journey.id: _raised(seat, read, bounds) for seat in own}


def alerts_in(guide: Person, seats: Iterable[Seat]) -> dict[UUID, tuple[Alert, ...]]:
    """Every finding in each of these journeys that this person guides, with whether it speaks."""
    own = [seat for seat in seats if seat.is_guide]
    if not own:
        return {}
    bounds, read = bounds_of(guide), _Read(guide)
    return {seat.journey.id: _alerts(seat, read, bounds)[1] for seat in own}


def _raised(seat: Seat, read: _Read, bounds: Bounds) -> Raised:
    now, alerts = _alerts(seat, read, bounds)
    return Raised(now.level, any(alert.speaks for alert in alerts), bool(now.safety))


def _alerts(seat: Seat, read: _Read, bounds: Bounds) -> tuple[TrackSummary, tuple[Alert, ...]]:
    journey = seat.journey.id
    facts = facts_from(
        seat,
        read.goals(journey),
        read.rooms.get(journey, FromRooms()),
        read.forms[journey],
        tuple(read.safety[journey]),
    )
    now = track_summary(facts, bounds)
    return now, alerts_of(now, facts, read.answers[journey], bounds)


class _Read:
    """Everything the rules ask for, of all journeys a person guides. Four queries, and those of the rooms."""

    def __init__(self, guide: Person) -> None:
        self.rooms = from_rooms_of_all(guide)
        self.forms, self.safety = _forms(guide)
        self.answers = _answers(guide)
        self._targets = _targets(guide)

    def goals(self, journey: UUID) -> Goals:
        """The targets of a journey; of needs, words and steps that serve no target the rules know nothing."""
        targets = tuple(self._targets[journey])
        need = NeedFacts(journey, "", NeedState.AGREED, journey, targets)
        return Goals((need,), ())


def _latest(records: Any, noun: str) -> Subquery:
    ordered = records.objects.filter(**{noun: OuterRef("pk")}).order_by("-created_at", "-id")
    return Subquery(ordered.values("state")[:1])


def _live_targets(guide_id: UUID, moment: dt.datetime) -> QuerySet:
    rows = Target.objects.filter(journey__in=guided_and_going_on(guide_id, moment))
    return rows.annotate(state=_latest(TargetStateRecord, "target")).filter(state=TargetState.AGREED)


def _wording_rows(guide_id: UUID, moment: dt.datetime) -> QuerySet:
    rows = TargetWording.objects.filter(target__in=_live_targets(guide_id, moment).values("id")).order_by(
        "number"
    )
    columns = ("id", "target_id", "target__journey_id", "measure", "baseline", "aim", "due")
    return rows.values_list(*columns)


def _reading_and_step_rows(guide_id: UUID, moment: dt.datetime) -> QuerySet:
    """Readings and steps of the live targets: of a reading its value, day and wording, of a step due day and state."""
    live = _live_targets(guide_id, moment).values("id")
    readings = Reading.objects.filter(target__in=live, withdrawn_at=None)
    steps = Step.objects.filter(target__in=live).annotate(
        now=_latest(StepStateRecord, "step"),
        value=Cast(Value(None), DecimalField(max_digits=9, decimal_places=2)),
        wording_id=Cast(Value(None), UUIDField()),
    )
    columns = ("target_id", "id", "value", "wording_id")
    of_readings = readings.annotate(now=Value("", CharField())).values_list(*columns, "taken_on", "now")
    of_steps = steps.values_list(*columns, "due", "now")
    return of_readings.union(of_steps, all=True).order_by("taken_on", "id")


def _form_rows(guide_id: UUID, moment: dt.datetime) -> QuerySet:
    """Complete scores of journeys that go on; and, in all journeys, notices nobody has answered."""
    own = JourneyMember.objects.filter(with_a_part(moment), not_kept_closed(), person=guide_id)
    columns = ("journey_id", "instrument", "one_total", "one_at", "id", "one_open")
    scores = FilledForm.objects.filter(
        journey__in=guided_and_going_on(guide_id, moment), submitted_at__isnull=False, total__isnull=False
    ).annotate(one_total=F("total"), one_at=F("submitted_at"), one_open=Value(0, IntegerField()))
    notices = SafetyNotice.objects.filter(journey__in=own.values("journey"), seen_at=None).annotate(
        one_total=F("total"), one_at=F("created_at"), one_open=Value(1, IntegerField())
    )
    rows = scores.values_list(*columns).union(notices.values_list(*columns), all=True)
    return rows.order_by("one_at", "id")


def _answer_rows(guide_id: UUID, moment: dt.datetime) -> QuerySet:
    rows = FindingAnswer.objects.filter(journey__in=guided_and_going_on(guide_id, moment))
    columns = ("journey_id", "rule", "subject", "level", "rests_on", "beside", "review_on", "closes")
    return rows.order_by("created_at", "id").values_list(*columns)


_WORDINGS, _READINGS_AND_STEPS = (
    Prepared(_wording_rows, moments=1),
    Prepared(_reading_and_step_rows, moments=1),
)
_FORMS, _ANSWERS = Prepared(_form_rows, moments=1), Prepared(_answer_rows, moments=1)


def _targets(guide: Person) -> dict[UUID, list[TargetFacts]]:
    worded: dict[Any, list[tuple]] = defaultdict(list)
    for row in _WORDINGS.rows(guide.id, now()):
        worded[row[1]].append(row)
    readings, steps = _readings_and_steps(guide)
    found: dict[UUID, list[TargetFacts]] = defaultdict(list)
    for target, rows in worded.items():
        wording, journey = _wording(rows[-1]), _id(rows[-1][2])
        same = frozenset(_id(row[0]) for row in rows if row[3] == wording.measure)
        found[journey].append(
            TargetFacts(
                id=_id(target),
                need_id=journey,
                state=TargetState.AGREED,
                proposed_by_id=guide.id,
                wording=wording,  # type: ignore[arg-type]
                readings=tuple(readings[target]),
                steps=tuple(steps[target]),
                same_measure=same,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Wording:
    """What the rules ask of a wording, without its words: a model of its own for each costs more than all the rest."""

    id: UUID
    target_id: UUID
    measure: str
    baseline: Decimal | None
    aim: Decimal | None
    due: dt.date | None
    difference: str = ""
    instrument = TargetWording.instrument


def _wording(row: tuple) -> _Wording:
    key, target, _journey, measure, baseline, aim, due = row
    return _Wording(_id(key), _id(target), measure, _number(baseline), _number(aim), day_in(due))


def _readings_and_steps(guide: Person) -> tuple[dict[Any, list[ReadingFacts]], dict[Any, list[StepFacts]]]:
    readings: dict[Any, list[ReadingFacts]] = defaultdict(list)
    steps: dict[Any, list[StepFacts]] = defaultdict(list)
    for target, key, value, wording, day, state in _READINGS_AND_STEPS.rows(guide.id, now()):
        if wording:
            reading = ReadingFacts(_fact_key(key), _number(value), day_in(day), "", _id(wording), None)  # type: ignore[arg-type]
            readings[target].append(reading)
        else:
            due, stands = day_in(day), StepState(state)
            steps[target].append(StepFacts(guide.id, None, "", guide.id, due, None, stands, "", None))
    return readings, steps


def _forms(guide: Person) -> tuple[dict[UUID, dict[str, tuple[Score, ...]]], dict[UUID, list[dt.date]]]:
    """The scores by journey and questionnaire; and the days of open notices, which wait for nothing."""
    scores: dict[UUID, dict[str, tuple[Score, ...]]] = defaultdict(dict)
    safety: dict[UUID, list[dt.date]] = defaultdict(list)
    for journey, key, total, at, row_id, is_open in _FORMS.rows(guide.id, now()):
        if is_open:
            safety[_id(journey)].append(_day(at))
            continue
        score = Score(_number(total), _day(at), str(_id(row_id)))  # type: ignore[arg-type]
        of_journey = scores[_id(journey)]
        of_journey[key] = (*of_journey.get(key, ()), score)
    for journey_id, of_journey in scores.items():
        scores[journey_id] = in_lines(of_journey)
    return scores, safety


def _answers(guide: Person) -> dict[UUID, list[Answered]]:
    found: dict[UUID, list[Answered]] = defaultdict(list)
    for journey, rule, subject, level, rests_on, beside, review_on, closes in _ANSWERS.values(
        guide.id, now()
    ):
        answer = Answered(rule, subject, level, rests_on, frozenset(beside), review_on, closes)
        found[journey].append(answer)
    return found


def _fact_key(key: Any) -> str:
    """A reading's id as it is written: there are hundreds of readings in a journey, and making an id of each takes long."""
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}" if isinstance(key, str) else str(key)


@lru_cache(maxsize=20_000)
def _id(value: Any) -> UUID:
    found = uuid_in(value)
    assert found is not None
    return found


def _day(moment: Any) -> dt.date:
    at = moment_in(moment)
    assert at is not None
    return timezone.localtime(at).date()


def _number(value: Any) -> Decimal | None:
    """A decimal from a row: SQLite keeps it as a number of its own kind."""
    return None if value is None else Decimal(str(value))
