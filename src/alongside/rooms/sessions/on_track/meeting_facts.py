"""What this room tells measuring: which meetings were held or missed, what is booked, how the last ones were for the
participant. What the participant keeps is not told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateTimeField, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.goals.measuring.fact_sources import FromRooms
from alongside.goals.tracking_facts import MeetingFacts
from alongside.journeys.queries import guided_and_going_on
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.kernel.prepared import Prepared, moment_in, uuid_in
from alongside.measures.meeting_feedback import QUESTIONS
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting, MeetingStateRecord
from alongside.rooms.environment.queries import meetings_of, next_among
from alongside.rooms.environment.states import MeetingState

from ..record.models import MeetingFeedback

KEYS = tuple(question.key for question in QUESTIONS)
Said = tuple[dt.datetime, Mapping[str, object]]
"""When the four questions were answered, and how."""
OVER = {MeetingState.HELD: True, MeetingState.MISSED: False, MeetingState.CANCELLED: False}


def from_rooms(seat: Seat) -> FromRooms:
    """In two queries."""
    meetings = meetings_of(seat)
    over = tuple(
        MeetingFacts(one.starts_at.astimezone(ZoneInfo(one.zone)).date(), held=OVER[one.state])
        for one in meetings
        if one.state in OVER and one.has_started
    )
    latest, before, on = _answers(seat)
    return FromRooms(over, next_among(meetings) is not None, latest, before, on)


def from_rooms_of_all(guide: Person) -> dict[UUID, FromRooms]:
    """The same of every journey that this person guides and that goes on. One query, however many there are."""
    meetings: dict[UUID | None, list[tuple]] = defaultdict(list)
    answers: dict[UUID | None, dict[int, Said]] = defaultdict(dict)
    for key, number, at, until, zone, state, *said in _ALL.rows(guide.id, now()):
        journey, moment = uuid_in(key), moment_in(at)
        if state:
            meetings[journey].append((moment, moment_in(until), ZoneInfo(zone), state))
        elif moment:
            answers[journey][number] = (moment, dict(zip(KEYS, said, strict=True)))
    found = {}
    for journey in {*meetings, *answers}:
        over, booked = _went(meetings[journey])
        latest, before, on = _latest_and_before(answers[journey])
        found[journey] = FromRooms(over, booked, latest, before, on)
    return found  # type: ignore[return-value]


def _meetings_and_answers(guide_id: UUID, moment: dt.datetime) -> QuerySet:
    """Every meeting by its time, and the answers after meetings by number, whatever was answered last at the end."""
    going_on = guided_and_going_on(guide_id, moment)
    nothing = Cast(Value(None), IntegerField())
    states = MeetingStateRecord.objects.filter(meeting=OuterRef("pk")).order_by("-created_at", "-id")
    meetings = Meeting.objects.filter(journey__in=going_on).annotate(
        now=Subquery(states.values("state")[:1]), of=Value(0), **dict.fromkeys(KEYS, nothing)
    )
    answers = MeetingFeedback.objects.filter(journey__in=going_on, kept=False).annotate(
        until=Cast(Value(None), DateTimeField()),
        zone=Value("", CharField()),
        now=Value("", CharField()),
        of=F("record__number"),
    )
    of_meetings = meetings.values_list("journey_id", "of", "starts_at", "ends_at", "zone", "now", *KEYS)
    of_answers = answers.values_list("journey_id", "of", "created_at", "until", "zone", "now", *KEYS)
    return of_meetings.union(of_answers, all=True).order_by("of", "starts_at")


_ALL = Prepared(_meetings_and_answers, moments=1)


def _went(rows: list[tuple]) -> tuple[tuple[MeetingFacts, ...], bool]:
    """Which meetings are over, and whether one is booked that is still to come, or is today's."""
    moment, over, booked = now(), [], False
    for starts_at, ends_at, place, state in rows:
        day = starts_at.astimezone(place).date()
        if state in OVER and starts_at <= moment:
            over.append(MeetingFacts(day, held=OVER[MeetingState(state)]))
        elif state == MeetingState.PLANNED:
            booked |= ends_at > moment or day == moment.astimezone(place).date()
    return tuple(over), booked


def _answers(seat: Seat) -> tuple[Mapping[str, object], Mapping[str, object], dt.date | None]:
    """The latest answers to the four questions, to each its last earlier answer, and when the latest were given."""
    rows = MeetingFeedback.objects.filter(journey=seat.journey, kept=False).select_related("record")
    by_meeting: dict[int, Said] = {}
    for row in rows.order_by("record__number", "created_at", "id"):
        by_meeting[row.record.number] = (row.created_at, {key: getattr(row, key) for key in KEYS})
    return _latest_and_before(by_meeting)


def _latest_and_before(
    by_meeting: Mapping[int, Said],
) -> tuple[Mapping[str, object], Mapping[str, object], dt.date | None]:
    if not by_meeting:
        return {}, {}, None
    *earlier, (given_at, newest) = by_meeting.values()
    before: dict[str, object] = {}
    for _at, said in earlier:
        before |= {key: value for key, value in said.items() if value is not None}
    return newest, before, timezone.localtime(given_at).date()
