"""Questions about the records of meetings. Reading starts at the seat of the one who asks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.goals.models import Step
from alongside.goals.queries import step_for
from alongside.journeys import visibility
from alongside.journeys.models import Words
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.kernel.encryption import Sealed
from alongside.kernel.models import Row
from alongside.kernel.prepared import Prepared, moment_in, uuid_in
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting, MeetingStateRecord, Place

from . import boxes
from .in_error import written_alone
from .models import Acknowledgement, MeetingFeedback, MeetingRecord, MeetingRecordStateRecord
from .states import RecordState, Side

if TYPE_CHECKING:
    from ..live.queries import Pulse

Whole = TypeVar("Whole", bound=Row)

# --- meetings and their records --------------------------------------------------------------------------


def _latest(records: QuerySet, noun: str, column: str = "state", of: str = "pk") -> Subquery:
    ordered = records.filter(**{noun: OuterRef(of)}).order_by("-created_at", "-id")
    return Subquery(ordered.values(column)[:1])


def _said(side: Side) -> Exists:
    return Exists(Acknowledgement.objects.filter(record=OuterRef("pk"), side=side))


def _records(journey_id: UUID) -> QuerySet[MeetingRecord]:
    states = MeetingRecordStateRecord.objects.all()
    return MeetingRecord.objects.filter(journey=journey_id).annotate(
        state=_latest(states, "record"),
        state_since=_latest(states, "record", "created_at"),
        guide_said_yes=_said(Side.GUIDE),
        participant_said_yes=_said(Side.PARTICIPANT),
    )


def sides_of(record: MeetingRecord) -> frozenset[Side]:
    """Who has acknowledged a record that was read here."""
    said = {Side.GUIDE: record.guide_said_yes, Side.PARTICIPANT: record.participant_said_yes}  # type: ignore[attr-defined]
    return frozenset(side for side, yes in said.items() if yes)


def is_closed(record: MeetingRecord) -> bool:
    return record.state == RecordState.CLOSED  # type: ignore[attr-defined]


def side_of(seat: Seat) -> Side:
    """The side of the table this person speaks on."""
    return Side.PARTICIPANT if seat.is_participant else Side.GUIDE


def speaks_in_the_room(seat: Seat) -> bool:
    """The participant has no account: the guide notes what they say, with them."""
    return seat.is_guide and not seat.is_participant and seat.participant.person.user_id is None


@dataclass(frozen=True, slots=True)
class RecordFacts:
    id: UUID
    number: int
    state: RecordState
    closed_at: dt.datetime | None
    sides: frozenset[Side]

    def waits_for(self, side: Side) -> bool:
        """The other has acknowledged it, this side has not."""
        return self.state == RecordState.ACKNOWLEDGED_BY_ONE and side not in self.sides


def records_of(seat: Seat) -> list[RecordFacts]:
    """Every record of a journey, by number. One query."""
    columns = ("id", "number", "state", "state_since", "guide_said_yes", "participant_said_yes")
    rows = _records(seat.journey.id).order_by("number").values_list(*columns)
    return [
        RecordFacts(
            id=row[0],
            number=row[1],
            state=RecordState(row[2]),
            closed_at=row[3] if row[2] == RecordState.CLOSED else None,
            sides=frozenset(
                side for side, yes in zip((Side.GUIDE, Side.PARTICIPANT), row[4:], strict=True) if yes
            ),
        )
        for row in rows
    ]


_OF_RECORD = (
    "id",
    "created_at",
    "journey_id",
    "number",
    "meeting_id",
    "minutes_taken",
    "present",
    "safety_raised",
    "safety_where",
    "kept_shape",
    "next_agreed_at",
)
_OF_MEETING = ("id", "journey_id", "number", "starts_at", "ends_at", "minutes", "zone", "place_id", "shape")
_OF_PLACE = ("id", "name")
_STANDING = (
    "state",
    "state_since",
    "guide_said_yes",
    "participant_said_yes",
    "previous",
    "following_at",
    "was_answered",
    "meeting_state",
)


def _whole_record(journey_id: UUID, number: int) -> QuerySet:
    following = Meeting.objects.filter(journey=OuterRef("journey"), number=OuterRef("number") + 1)
    earlier = MeetingRecord.objects.filter(journey=OuterRef("journey"), number__lt=OuterRef("number"))
    earlier = earlier.order_by("-number")
    rows = _records(journey_id).annotate(
        meeting_state=_latest(MeetingStateRecord.objects.all(), "meeting", of="meeting"),
        following_at=Subquery(following.values("starts_at")[:1]),
        previous=Subquery(earlier.values("number")[:1]),
        was_answered=Exists(MeetingFeedback.objects.filter(record=OuterRef("pk"))),
    )
    meeting = [f"meeting__{column}" for column in _OF_MEETING]
    place = [f"meeting__place__{column}" for column in _OF_PLACE]
    return rows.filter(number=number).values_list(*_OF_RECORD, *meeting, *place, *_STANDING)


_RECORD = Prepared(_whole_record, numbers=1)


def record_of(seat: Seat, number: int) -> MeetingRecord | None:
    """The record of that number with its states, its meeting and the time of the meeting after it. One query.

    Its columns are read as they lie; those that are seldom asked for are fetched when they are.
    """
    rows = _RECORD.rows(seat.journey.id, number)
    if not rows:
        return None
    values = iter(rows[0])
    record = _as_row(MeetingRecord, _OF_RECORD, values)
    record.meeting = _as_row(Meeting, _OF_MEETING, values)
    record.meeting.place = _as_row(Place, _OF_PLACE, values)
    for name, value in zip(_STANDING, values, strict=True):
        setattr(record, name, moment_in(value) if name in ("state_since", "following_at") else value)
    record.meeting.state = record.meeting_state  # type: ignore[attr-defined]
    follow_as_agreed(record)
    return record


def follow_as_agreed(record: MeetingRecord) -> None:
    """A closed record names the next meeting as it was agreed then, whatever has become of it."""
    if record.state == RecordState.CLOSED:  # type: ignore[attr-defined]
        record.following_at = record.next_agreed_at  # type: ignore[attr-defined]


_READ_AS: dict[str, Callable[[Any], Any]] = {
    "starts_at": moment_in,
    "ends_at": moment_in,
    "created_at": moment_in,
    "name": lambda sealed: Sealed(bytes(sealed)),
    "next_agreed_at": moment_in,
    "safety_where": lambda sealed: Sealed(bytes(sealed)),
    "present": lambda found: json.loads(found) if isinstance(found, str) else found,
    "kept_shape": lambda found: json.loads(found) if isinstance(found, str) else found,
    "safety_raised": lambda said: None if said is None else bool(said),
}


def _as_row(model: type[Whole], columns: tuple[str, ...], values: Iterator[Any]) -> Whole:
    """A row of a model from some of its columns; the others are fetched when they are asked for."""
    found = {column: _read(column, next(values)) for column in columns}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in found]
    return model.from_db(DEFAULT_DB_ALIAS, names, [found[name] for name in names])


def _read(column: str, value: Any) -> Any:
    if column == "id" or column.endswith("_id"):
        return uuid_in(value)
    return _READ_AS[column](value) if column in _READ_AS else value


def meeting_numbered(seat: Seat, number: int) -> Meeting | None:
    """The meeting that bears this number now, as a row with its `state`."""
    rows = Meeting.objects.filter(journey=seat.journey, number=number)
    state = _latest(MeetingStateRecord.objects.all(), "meeting")
    return rows.annotate(state=state).select_related("place", "guide").first()


def first_number_here(seat: Seat) -> int:
    """Meeting 1 is the first meeting, which has a room of its own; a journey begun at meeting n begins here at n."""
    return max(2, seat.journey.first_number)


def last_number(seat: Seat, *, before: int | None = None) -> int | None:
    """The number of the latest record, or of the latest before a meeting."""
    records = MeetingRecord.objects.filter(journey=seat.journey).order_by("-number")
    if before is not None:
        records = records.filter(number__lt=before)
    return records.values_list("number", flat=True).first()


def number_to_come(seat: Seat) -> int:
    """The number that follows the latest record: what is written for next time is kept under it."""
    return max(first_number_here(seat), (last_number(seat) or 0) + 1)


# --- words -----------------------------------------------------------------------------------------------


def _around(
    journey_id: UUID, actor_id: UUID, record_id: UUID, matters: str, next_time: str
) -> QuerySet[Words]:
    wanted = Q(place=boxes.BEFORE, subject_id=journey_id, box=matters)
    wanted |= Q(place=boxes.FOR_NEXT_TIME, subject_id=journey_id, box=next_time)
    wanted |= Q(place__in=[boxes.RECORD, boxes.LATE], subject_id=record_id)
    readable = visibility.readable_by_one_of_two(journey_id, actor_id)
    return Words.objects.filter(readable & wanted).order_by("created_at", "id")


_AROUND = Prepared(_around, takes=3, texts=2)
_NO_RECORD = UUID(int=0)


def words_around(seat: Seat, table: Table) -> dict[tuple[str, str, UUID | None], Words]:
    """All words of one meeting that this person may read, by place, box and author. One query.

    Asked for one of the two: nobody else sits at the table.
    """
    if not seat.is_one_of_two:
        return {}
    journey_id, kept = seat.journey.id, table.kept_under
    names = boxes.before(journey_id, kept).name, boxes.for_next_time(journey_id, kept).name
    record_id = table.record.id if table.record else _NO_RECORD
    rows = _AROUND.instances(journey_id, seat.actor.id, record_id, *names)
    return {(words.place, words.box, words.author_id): words for words in rows}


def summaries_of(seat: Seat) -> dict[UUID, str]:
    """The summary of every record, by the record's id. One query."""
    rows = Words.objects.filter(visibility.readable(seat), place=boxes.RECORD, box=boxes.SUMMARY, author=None)
    return {words.subject_id: str(words.text) for words in rows}


def words_in(seat: Seat, box: Box) -> Words | None:
    """The words of one shared box."""
    rows = Words.objects.filter(
        visibility.readable(seat), place=box.place, subject_id=box.subject_id, box=box.name
    )
    return rows.first()


def shared_text(box: Box) -> str:
    """What stands in one shared box, for working out what was added to it."""
    words = Words.objects.filter(
        place=box.place, subject_id=box.subject_id, box=box.name, author=None
    ).first()
    return str(words.text) if words else ""


def own_words(seat: Seat, table: Table) -> list[Words]:
    """The words of one meeting that this person alone has written, and so may mark as entered in error."""
    before = boxes.before(seat.journey.id, table.kept_under)
    where = Q(subject_id=before.subject_id, place=before.place, box=before.name)
    if table.record:
        where |= Q(subject_id=table.record.id, place__in=[boxes.RECORD, boxes.LATE])
    return written_alone(seat, where)


# --- how it was for the participant ----------------------------------------------------------------------


def feedback_around(seat: Seat, table: Table) -> tuple[MeetingFeedback | None, MeetingFeedback | None]:
    """The answers to this meeting's four questions and the latest earlier ones, as far as this person may see.

    What the participant keeps, nobody else is shown.
    """
    number = table.number
    if not table.record or not table.record.was_answered:  # type: ignore[attr-defined]
        return None, None
    rows = MeetingFeedback.objects.filter(journey=seat.journey, record__number__lte=number).annotate(
        about=F("record__number")
    )
    if not seat.is_participant:
        rows = rows.filter(kept=False)
    latest: dict[int, MeetingFeedback] = {}
    for row in rows.order_by("created_at", "id"):
        latest[row.about] = row  # type: ignore[attr-defined]
    earlier = [about for about in latest if about < number]
    return latest.get(number), latest[max(earlier)] if earlier else None


# --- the doors' finds ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """One meeting as a person at its table finds it: the booking, and its record once it was opened.

    What is written beforehand is kept under the number that follows the record before it, so that it is still there
    when a meeting is cancelled and booked anew, or numbered anew because an earlier one was missed.
    """

    number: int
    meeting: Meeting
    record: MeetingRecord | None
    kept_under: int
    pulse: Pulse | None = None


def table_for(actor: Person, *, journey_id: UUID, number: int) -> tuple[Seat, Table] | None:
    """The door's find for a meeting of a journey, opened or not."""
    found = seat_for(actor, journey_id=journey_id)
    table = table_of(found[0], number) if found else None
    return (found[0], table) if found and table else None


def table_of(seat: Seat, number: int) -> Table | None:
    """A record whose meeting is off goes on with the meeting that has its number now, once that is opened."""
    record = record_of(seat, number)
    if record and record.meeting.number == number:
        return Table(number, record.meeting, record, _kept_under(seat, number, record.previous))  # type: ignore[attr-defined]
    meeting = meeting_numbered(seat, number)
    if meeting:
        return Table(number, meeting, None, _kept_under(seat, number, last_number(seat, before=number)))
    if record:
        return Table(number, record.meeting, record, _kept_under(seat, number, record.previous))  # type: ignore[attr-defined]
    return None


def _kept_under(seat: Seat, number: int, previous: int | None) -> int:
    return min(number, max(first_number_here(seat), (previous or 0) + 1))


def open_table_for(actor: Person, *, journey_id: UUID, number: int) -> tuple[Seat, Table] | None:
    """The door's find for what is done in a record: there has to be one."""
    found = table_for(actor, journey_id=journey_id, number=number)
    return found if found and found[1].record else None


def box_for(actor: Person, *, journey_id: UUID, number: int, box: str) -> tuple[Seat, Table, str] | None:
    """The door's find for a box of one meeting; before it is opened there is only *what matters*."""
    found = table_for(actor, journey_id=journey_id, number=number)
    if not found or box not in boxes.NAMES or (found[1].record is None and box != boxes.MATTERS):
        return None
    return (*found, box)


def room_box_for(actor: Person, *, journey_id: UUID, box: str) -> tuple[Seat] | None:
    """The door's find for the one box of the room itself."""
    return seat_for(actor, journey_id=journey_id) if box == boxes.FOR_NEXT_TIME else None


def step_in_meeting(
    actor: Person, *, journey_id: UUID, number: int, step_id: UUID
) -> tuple[Seat, Table, Step] | None:
    found = open_table_for(actor, journey_id=journey_id, number=number)
    step = step_for(found[0], step_id) if found else None
    return (*found, step) if found and step else None
