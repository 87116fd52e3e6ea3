"""What a page that is open asks every other second: has anything changed, and who is here? One query answers both."""

from __future__ import annotations

import datetime as dt
import operator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Func, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.goals.models import (
    Reading,
    StepStateRecord,
    TargetStateRecord,
    TargetWording,
)
from alongside.goals.safety.models import SafetyNotice
from alongside.journeys import visibility
from alongside.journeys.models import JourneyMember, Visibility, Words
from alongside.journeys.queries import with_a_part
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.kernel.prepared import Prepared, moment_in, uuid_in
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting, MeetingStateRecord

from ..record.models import (
    Acknowledgement,
    IssueStateRecord,
    MeetingFeedback,
    MeetingRecord,
    MeetingRecordStateRecord,
)
from ..record.queries import Table, table_for
from .models import Presence

HERE_FOR = dt.timedelta(seconds=25)
"""Whoever was seen within this time is here: a page that is open says so every ten seconds."""
OVERLAP = dt.timedelta(seconds=15)
"""Words are looked for from a little before the last look, as what was written first may be committed last."""
_TWO = (Part.GUIDE, Part.COVERING, Part.PARTICIPANT)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How things stand in one meeting, in few numbers.

    `facts` grows with everything but words that a page of the meeting shows, `words` with each version of words the
    two share; `edited_at` is when those were last written. `seen_at` and `other_seen_at`: this person, and the other.
    """

    journey_id: UUID
    number: int
    parts: frozenset[Part]
    record_id: UUID | None
    facts: int
    words: int
    edited_at: dt.datetime | None
    seen_at: dt.datetime | None
    other_seen_at: dt.datetime | None
    open_notices: int = 0
    """Answers about harm that nobody has answered yet."""

    @property
    def is_one_of_two(self) -> bool:
        return bool(self.parts & frozenset(_TWO))

    @property
    def other_is_here(self) -> bool:
        return self.other_seen_at is not None and now() - self.other_seen_at < HERE_FOR

    @property
    def token(self) -> str:
        """What the page keeps, and sends with the next look: `facts.words.edited.other`."""
        edited = int(self.edited_at.timestamp() * 1_000_000) if self.edited_at else 0
        seen = int(self.other_seen_at.timestamp() // 60) if self.other_seen_at else 0
        return f"{self.facts}.{self.words}.{edited}.{'here' if self.other_is_here else seen}"


def _number_of(rows: QuerySet, column: str = "pk", function: str = "COUNT") -> Coalesce:
    # a plain function, so that no grouping comes with it
    counted = Func(F(column), function=function, output_field=BigIntegerField())
    found = Subquery(rows.order_by().annotate(found=counted).values("found"), output_field=BigIntegerField())
    return Coalesce(found, Value(0), output_field=BigIntegerField())


def _facts(journey_id: UUID) -> Any:
    """The number of rows behind a meeting's page. All of them are appended to, so that it only ever grows."""
    meetings = Meeting.objects.filter(journey=journey_id)
    words = Words.objects.filter(journey=journey_id)
    readings = Reading.objects.filter(target__journey=journey_id)
    notices = SafetyNotice.objects.filter(journey=journey_id)
    parts = (
        _number_of(notices),
        _number_of(notices.filter(seen_at__isnull=False)),
        _number_of(StepStateRecord.objects.filter(step__journey=journey_id)),
        _number_of(readings),
        _number_of(readings.filter(withdrawn_at__isnull=False)),
        _number_of(TargetWording.objects.filter(target__journey=journey_id)),
        _number_of(TargetStateRecord.objects.filter(target__journey=journey_id)),
        _number_of(IssueStateRecord.objects.filter(issue__journey=journey_id)),
        _number_of(MeetingRecordStateRecord.objects.filter(record__journey=journey_id)),
        _number_of(Acknowledgement.objects.filter(record__journey=journey_id)),
        _number_of(MeetingFeedback.objects.filter(journey=journey_id)),
        _number_of(MeetingStateRecord.objects.filter(meeting__journey=journey_id)),
        _number_of(meetings, "sequence", "SUM"),
        _number_of(words.filter(entered_in_error_at__isnull=False)),
    )
    return reduce(operator.add, parts)


def _shared(journey_id: UUID) -> QuerySet[Words]:
    return Words.objects.filter(journey=journey_id).exclude(visibility=Visibility.MINE)


def _pulse(
    journey_id: UUID, person_id: UUID, organisation_id: UUID, number: int, moment: dt.datetime
) -> QuerySet:
    record = MeetingRecord.objects.filter(journey=journey_id, number=number)
    meeting = Meeting.objects.filter(journey=journey_id, number=number)
    shared = _shared(journey_id)
    seen = Presence.objects.filter(journey=journey_id)
    members = JourneyMember.objects.filter(
        with_a_part(moment), journey=journey_id, person=person_id, journey__organisation=organisation_id
    )
    return members.annotate(
        record=Subquery(record.values("id")[:1]),
        meeting=Subquery(meeting.values("id")[:1]),
        facts=_facts(journey_id),
        words=_number_of(shared, "version", "SUM"),
        edited=Subquery(shared.order_by(F("edited_at").desc(nulls_last=True)).values("edited_at")[:1]),
        mine=Subquery(seen.filter(person=person_id).values("seen_at")[:1]),
        other=Subquery(seen.exclude(person=person_id).order_by("-seen_at").values("seen_at")[:1]),
        open_notices=_number_of(SafetyNotice.objects.filter(journey=journey_id, seen_at=None)),
    ).values_list("part", "record", "meeting", "facts", "words", "edited", "mine", "other", "open_notices")


_PULSE = Prepared(_pulse, takes=3, numbers=1, moments=1)


def pulse_for(actor: Person, *, journey_id: UUID, number: int) -> tuple[Pulse] | None:
    """The door's find for a look: (pulse,), or None where this person has no part or there is no such meeting."""
    rows = _PULSE.rows(journey_id, actor.id, actor.organisation_id, number, now())
    if not rows or (rows[0][1] is None and rows[0][2] is None):
        return None
    _part, record_id, _meeting, facts, words, edited, mine, other, open_notices = rows[0]
    pulse = Pulse(
        journey_id=journey_id,
        number=number,
        parts=frozenset(Part(row[0]) for row in rows),
        record_id=uuid_in(record_id),
        facts=int(facts),
        words=int(words),
        edited_at=moment_in(edited),
        seen_at=moment_in(mine),
        other_seen_at=moment_in(other),
        open_notices=int(open_notices),
    )
    return (pulse,)


def watched_table_for(actor: Person, *, journey_id: UUID, number: int) -> tuple[Seat, Table] | None:
    """A meeting with its pulse, taken first: what changes while the page is drawn shows at the next look."""
    pulse = pulse_for(actor, journey_id=journey_id, number=number)
    found = table_for(actor, journey_id=journey_id, number=number)
    return (found[0], replace(found[1], pulse=pulse[0])) if found and pulse else None


def words_since(seat: Seat, record_id: UUID, moment: dt.datetime | None) -> list[Words]:
    """What this person may read of the shared words around a meeting that was written since."""
    here = Q(subject_id__in=[record_id, seat.journey.id])
    rows = _shared(seat.journey.id).filter(visibility.readable(seat) & here)
    if moment:
        rows = rows.filter(edited_at__gte=moment - OVERLAP)
    return list(rows.exclude(edited_at=None))
