"""The facts of many journeys, read with a fixed number of queries; columns of numbers, days and states alone.

One module reads the database, by Django's own queries on either database. Where it reads is the caller's matter:
`writing` points it at a snapshot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from alongside.goals.measuring.models import AskedWhen, FilledForm, FindingAnswer, FormSchedule
from alongside.goals.measuring.schedule import Asked
from alongside.goals.measuring.versions import line_of
from alongside.goals.models import Reading, TargetStateRecord
from alongside.goals.states import TargetState
from alongside.journeys.kinds import template as template_of
from alongside.journeys.models import Journey, JourneyStateRecord, Words
from alongside.journeys.restriction import counted
from alongside.rooms.ending.contributions.models import EndingEntry
from alongside.rooms.ending.contributions.states import TAKEN_ALONG, Sort
from alongside.rooms.ending.follow_up.models import FollowUp
from alongside.rooms.ending.handover.models import Handover
from alongside.rooms.ending.handover.states import HandedOver
from alongside.rooms.ending.record.models import EndingStateRecord, Saying
from alongside.rooms.ending.record.states import EndingState, Said
from alongside.rooms.environment.models import EnvironmentCheck, Meeting, MeetingStateRecord
from alongside.rooms.first_meeting.models import AgreementStateRecord, AgreementVersion, Preparation
from alongside.rooms.sessions.record.boxes import BEFORE, MATTERS

from ..models import Placement, SuggestedReview
from .facts import JourneyFacts, MeetingFacts
from .months import ZONE
from .rows import NOWHERE

BATCH = 2_000


def all_journeys() -> Iterator[JourneyFacts]:
    """The facts of every journey, in batches, so that memory holds one batch at a time."""
    last: UUID | None = None
    while True:
        rows = Journey.objects.order_by("id")
        ids = list((rows.filter(id__gt=last) if last else rows).values_list("id", flat=True)[:BATCH])
        if not ids:
            return
        yield from facts_of(ids)
        last = ids[-1]


def facts_of(ids: Iterable[UUID]) -> list[JourneyFacts]:
    """The facts of these journeys. The number of queries does not grow with them, but for chains of journeys."""
    found: dict[UUID, JourneyFacts] = {}
    ids = list(ids)
    rows = Journey.objects.filter(counted("id"), id__in=ids).order_by("id")
    columns = (
        *("id", "organisation_id", "kind", "every_days"),
        *("created_at", "first_number", "planned_meetings", "template", "material__asked_forms"),
    )
    for key, organisation, kind, every_days, at, number, planned, template, own in rows.values_list(*columns):
        facts = JourneyFacts(key.hex, organisation.hex, kind, every_days, _day(at), number)
        facts.planned_meetings = planned
        facts.asked = [(dt.date.min, asked) for asked in _asked_by(kind, template, own)]
        found[key] = facts
    _read_course(found)
    _read_agreements(found)
    _read_meetings(found)
    _read_goals(found)
    _read_endings(found)
    _read_placements(found)
    return list(found.values())


def _asked_by(kind: str, template: str, own: list[dict[str, Any]] | None) -> list[Asked]:
    """The questionnaires a template asks, or the organisation's own version of it; none where it is not there any more."""
    if own is not None:
        return [Asked(line_of(each["key"]), AskedWhen(each["when"]), each["every"]) for each in own]
    try:
        shape = template_of(kind, template)
    except KeyError:
        return []
    return [Asked(line_of(each.measure_key), AskedWhen(each.when), each.every) for each in shape.asked_forms]


def _of(model: Any, found: dict[UUID, JourneyFacts], path: str = "journey") -> QuerySet:
    return model.objects.filter(**{f"{path}__in": list(found)})


def _read_course(found: dict[UUID, JourneyFacts]) -> None:
    states = _of(JourneyStateRecord, found).order_by("created_at", "id")
    for journey, at, state in states.values_list("journey_id", "created_at", "state"):
        found[journey].states.append((_day(at), state))
    for journey, at in _of(Preparation, found).order_by("sent_at").values_list("journey_id", "sent_at"):
        found[journey].preparations.append(_day(at))
    answered = FindingAnswer.objects.filter(journey__in=list(found)).order_by("created_at", "id")
    answers: dict[tuple, list[dt.date]] = {}
    for journey, rule, subject, at in answered.values_list("journey_id", "rule", "subject", "created_at"):
        answers.setdefault((journey, rule, subject), []).append(_day(at))
    raised = _of(SuggestedReview, found).order_by("raised_on", "id")
    columns = ("journey_id", "rule", "subject", "raised_on", "cleared_on")
    for journey, rule, subject, raised_on, cleared_on in raised.values_list(*columns):
        decided = (day for day in answers.get((journey, rule, subject), ()) if day >= raised_on)
        day = next(decided, None)
        if day or cleared_on is None:  # what went away by itself had nothing left to decide
            found[journey].suggestions.append((raised_on, day))


def _read_agreements(found: dict[UUID, JourneyFacts]) -> None:
    versions = _of(AgreementVersion, found).values_list("journey_id", "number", "every_days", "review_on")
    for journey, number, every_days, review_on in versions:
        found[journey].versions[number] = (every_days, review_on)
    records = _of(AgreementStateRecord, found, "version__journey").order_by("created_at", "id")
    columns = ("version__journey_id", "created_at", "version__number", "state")
    for journey, at, number, state in records.values_list(*columns):
        found[journey].agreements.append((_day(at), number, state))


def _read_meetings(found: dict[UUID, JourneyFacts]) -> None:
    meetings: dict[UUID, MeetingFacts] = {}
    rows = _of(Meeting, found).order_by("starts_at", "id")
    for key, journey, on, at, number in rows.values_list(
        "id", "journey_id", "wall_date", "created_at", "number"
    ):
        meetings[key] = MeetingFacts(on, _day(at), number)
        found[journey].meetings.append(meetings[key])
    states = _of(MeetingStateRecord, found, "meeting__journey").order_by("created_at", "id")
    for key, state, at in states.values_list("meeting_id", "state", "created_at"):
        meetings[key].state, meetings[key].state_on = state, _day(at)
    noted = _of(EnvironmentCheck, found).filter(noted_at__isnull=False)
    columns = ("meeting_id", "started_on_time", "interruptions", "had_enough_time")
    for key, on_time, interruptions, enough in noted.values_list(*columns):
        meetings[key].protected = bool(on_time and enough and not interruptions)
    written = _of(Words, found).filter(place=BEFORE, version__gte=1, entered_in_error_at=None)
    for journey, box, at in written.values_list("journey_id", "box", "created_at"):
        number = box.removeprefix(f"{MATTERS}_")
        if number.isdigit():
            found[journey].matters[int(number)] = _day(at)


def _read_goals(found: dict[UUID, JourneyFacts]) -> None:
    readings = _of(Reading, found, "target__journey").filter(withdrawn_at=None)
    for journey, on in readings.values_list("target__journey_id", "taken_on"):
        found[journey].measured.append(on)
    forms = _of(FilledForm, found).filter(submitted_at__isnull=False).order_by("submitted_at", "id")
    for journey, key, at, total in forms.values_list("journey_id", "instrument", "submitted_at", "total"):
        line = line_of(key)
        found[journey].measured.append(_day(at))
        found[journey].submitted.setdefault(line, []).append(_day(at))
        if total is not None:
            found[journey].scores.setdefault(line, []).append((_day(at), total))
    schedules = _of(FormSchedule, found).order_by("created_at", "id")
    for journey, at, key, when, every in schedules.values_list(
        "journey_id", "created_at", "instrument", "asked", "every"
    ):
        found[journey].asked.append((_day(at), Asked(line_of(key), AskedWhen(when), every)))
    states: dict[UUID, tuple[UUID, str]] = {}
    records = _of(TargetStateRecord, found, "target__journey").order_by("created_at", "id")
    for target, journey, state in records.values_list("target_id", "target__journey_id", "state"):
        states[target] = (journey, state)
    for journey, state in states.values():
        if state not in (TargetState.PROPOSED, TargetState.LET_GO):
            found[journey].goals += 1
            found[journey].goals_reached += state == TargetState.REACHED
    for facts in found.values():
        facts.measured.sort()


def _read_endings(found: dict[UUID, JourneyFacts]) -> None:
    closed = _of(EndingStateRecord, found, "ending__journey").filter(state=EndingState.CLOSED)
    for journey in closed.values_list("ending__journey_id", flat=True):
        found[journey].ending_closed = True
    entries = _of(EndingEntry, found, "ending__journey").filter(removed_at=None)
    named = Q(sort=Sort.SUPPORT, first_contact__isnull=False)
    for journey in entries.filter(named).values_list("ending__journey_id", flat=True):
        found[journey].support = True
    for journey in entries.filter(sort__in=TAKEN_ALONG).values_list("ending__journey_id", flat=True):
        found[journey].taken_along = True
    none_needed = _of(Saying, found, "ending__journey").filter(said=Said.NO_SUPPORT, taken_back_at=None)
    for journey in none_needed.values_list("ending__journey_id", flat=True):
        found[journey].support = True
    asked = _of(FollowUp, found).filter(cancelled_at=None).annotate(first=Min("answers__created_at"))
    for journey, on, first in asked.order_by("on", "id").values_list("journey_id", "on", "first"):
        found[journey].follow_ups.append((on, _day(first) if first else None))
    handovers = _of(Handover, found).filter(outcome__in=("", HandedOver.CARRIED_OUT)).order_by("created_at")
    for journey, at, settled in handovers.values_list("journey_id", "created_at", "settled_at"):
        found[journey].handovers.append((_day(at), _day(settled) if settled else None))


def _read_placements(found: dict[UUID, JourneyFacts]) -> None:
    """Until it is placed itself, a journey belongs where the one it follows does."""
    follows: dict[UUID, UUID | None] = {}
    further = set(found)
    while further:
        follows |= dict.fromkeys(further)
        follows |= Journey.objects.filter(id__in=further).values_list("id", "follows_id")
        further = {before for before in follows.values() if before and before not in follows}
    placed = _placements(follows)
    for key, facts in found.items():
        facts.placements = placed.get(key, [])
        seen, before = {key}, follows[key]
        while before and before not in seen:
            own = facts.placements[0][0] if facts.placements else dt.date.max
            earlier = [row for row in placed.get(before, ()) if row[0] < own]
            facts.placements = [*earlier, *facts.placements]
            seen.add(before)
            before = follows[before]


def _placements(journeys: Iterable[UUID]) -> dict[UUID, list[tuple[dt.date, str]]]:
    placed: dict[UUID, list[tuple[dt.date, str]]] = {}
    rows = Placement.objects.filter(journey__in=list(journeys)).order_by("created_at", "id")
    for journey, at, programme in rows.values_list("journey_id", "created_at", "programme_id"):
        placed.setdefault(journey, []).append((_day(at), programme.hex if programme else NOWHERE))
    return placed


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment, ZoneInfo(ZONE)).date()
