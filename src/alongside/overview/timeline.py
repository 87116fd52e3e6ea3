"""What happened in a journey, from all rooms, in the order in which it happened. One query, and no private words."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BinaryField,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from alongside.goals.models import Reading, Step, StepStateRecord, TargetStateRecord, TargetWording
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.states import StepState, TargetState
from alongside.journeys.models import JourneyMember, JourneyStateRecord
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.encryption import unseal
from alongside.kernel.prepared import Prepared, moment_in, uuid_in
from alongside.rooms.ending.record.models import EndingStateRecord
from alongside.rooms.environment.models import Meeting, MeetingStateRecord
from alongside.rooms.first_meeting.models import AgreementStateRecord, Picture
from alongside.rooms.first_meeting.states import AgreementState


class TimelineEntry(NamedTuple):
    """`what` names the branch below; `words` are shared ones: a reason, a step, a target."""

    at: dt.datetime
    what: str
    word: str
    number: int | None
    who: UUID | None
    words: str


# the model and column from which the sealed words of a branch come, for opening them
SEALED = {
    "state": (JourneyStateRecord, "reason"),
    "reworded": (TargetWording, "difference"),
    "target": (TargetWording, "difference"),
    "step": (Step, "text"),
    "looked_after": (SafetyNotice, "what_was_done"),
}


def timeline_of(seat: Seat) -> list[TimelineEntry]:
    """Everything that happened, newest first."""
    found = [_entry(row) for row in _HAPPENED.rows(seat.journey.id)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _entry(row: tuple) -> TimelineEntry:
    what, at, word, number, who, row_id, sealed = row
    words = ""
    if sealed:
        model, column = SEALED[what]
        words = unseal(model, column, uuid_in(row_id), bytes(sealed))
    return TimelineEntry(moment_in(at), what, word or "", number, uuid_in(who), words)  # type: ignore[arg-type]


_NOTHING = {
    "at": Cast(Value(None), DateTimeField()),
    "word": Cast(Value(None), CharField()),
    "number": Cast(Value(None), IntegerField()),
    "who": Cast(Value(None), UUIDField()),
    "row": Cast(Value(None), UUIDField()),
    "sealed": Cast(Value(None), BinaryField()),
}
_COLUMNS = ("one_what", *(f"one_{name}" for name in _NOTHING))


def _branch(rows: QuerySet, what: str, **facts: Any) -> QuerySet:
    rest = {f"one_{name}": facts.get(name, nothing) for name, nothing in _NOTHING.items()}
    return rows.order_by().annotate(one_what=Value(what, CharField()), **rest).values_list(*_COLUMNS)


def _happened(journey_id: UUID) -> QuerySet:
    first, *others = [*_of_the_journey(journey_id), *_of_meetings(journey_id), *_of_goals(journey_id)]
    return first.union(*others, all=True)


_HAPPENED = Prepared(_happened)


def _of_the_journey(journey_id: UUID) -> list[QuerySet]:
    named = JourneyMember.objects.filter(journey=journey_id).exclude(part__in=[Part.GUIDE, Part.PARTICIPANT])
    agreement = AgreementStateRecord.objects.filter(version__journey=journey_id).exclude(
        state=AgreementState.DRAFT
    )
    return [
        _branch(
            JourneyStateRecord.objects.filter(journey=journey_id),
            "state",
            at=F("created_at"),
            word=F("state"),
            who=F("by_id"),
            row=F("id"),
            sealed=F("reason"),
        ),
        _branch(
            agreement,
            "agreement",
            at=F("created_at"),
            word=F("state"),
            number=F("version__number"),
            who=F("by_id"),
        ),
        _branch(
            EndingStateRecord.objects.filter(ending__journey=journey_id),
            "ending",
            at=F("created_at"),
            word=F("state"),
            who=F("by_id"),
        ),
        _branch(named, "named", at=F("created_at"), word=F("part"), who=F("person_id")),
        _branch(named.exclude(left_at=None), "left", at=F("left_at"), word=F("part"), who=F("person_id")),
    ]


def _of_meetings(journey_id: UUID) -> list[QuerySet]:
    latest = MeetingStateRecord.objects.filter(meeting=OuterRef("pk")).order_by("-created_at", "-id")
    meetings = Meeting.objects.filter(journey=journey_id).annotate(state=Subquery(latest.values("state")[:1]))
    return [
        _branch(meetings, "meeting", at=F("starts_at"), word=F("state"), number=F("number")),
        _branch(Picture.objects.filter(journey=journey_id), "picture", at=F("taken_at"), word=F("moment")),
    ]


def _of_goals(journey_id: UUID) -> list[QuerySet]:
    newest = TargetWording.objects.filter(target=OuterRef("target")).order_by("-number")
    settled = [TargetState.REACHED, TargetState.ON_HOLD, TargetState.LET_GO]
    readings = Reading.objects.filter(target__journey=journey_id, withdrawn_at=None)
    notices = SafetyNotice.objects.filter(journey=journey_id)
    return [
        _branch(
            TargetWording.objects.filter(target__journey=journey_id, number__gt=1),
            "reworded",
            at=F("created_at"),
            number=F("number"),
            who=F("by_id"),
            row=F("id"),
            sealed=F("difference"),
        ),
        _branch(
            TargetStateRecord.objects.filter(target__journey=journey_id, state__in=settled),
            "target",
            at=F("created_at"),
            word=F("state"),
            who=F("by_id"),
            row=Subquery(newest.values("id")[:1]),
            sealed=Subquery(newest.values("difference")[:1]),
        ),
        _branch(
            StepStateRecord.objects.filter(
                step__journey=journey_id, step__entered_in_error_at=None, state=StepState.DONE
            ),
            "step",
            at=F("created_at"),
            who=F("step__owner_id"),
            row=F("step_id"),
            sealed=F("step__text"),
        ),
        _readings_by_day(readings),
        _branch(notices, "safety", at=F("created_at"), who=F("by_id")),
        _branch(
            notices.exclude(seen_at=None),
            "looked_after",
            at=F("seen_at"),
            who=F("seen_by_id"),
            row=F("id"),
            sealed=F("what_was_done"),
        ),
    ]


def _readings_by_day(readings: QuerySet) -> QuerySet:
    """How many on which day; their values are in the lines."""
    keys = {"one_what": Value("readings", CharField()), "one_at": Cast("taken_on", DateTimeField())}
    rest = {f"one_{name}": nothing for name, nothing in _NOTHING.items() if name not in ("at", "number")}
    days = readings.order_by().annotate(**keys).values(*keys)
    return days.annotate(**rest, one_number=Count("pk")).values_list(*_COLUMNS)
