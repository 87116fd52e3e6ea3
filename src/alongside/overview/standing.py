"""Where a journey stands, gathered from all rooms: one query for one journey, and one for two hundred.

The stage is derived from these facts, and so is the one thing to do next. Facts only: no words are read here
but the name of the place one meets in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BinaryField,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from alongside.goals.models import Step, StepStateRecord, Target
from alongside.goals.states import STEP_STILL_TO_DO
from alongside.journeys.models import JourneyMember
from alongside.journeys.seat import Seat
from alongside.journeys.states import Stage, StageFacts, stage_of
from alongside.kernel.clock import now
from alongside.kernel.encryption import unseal
from alongside.kernel.prepared import Prepared, moment_in, uuid_in
from alongside.rooms.ending.models import Ending, EndingStateRecord, Saying, Wish
from alongside.rooms.ending.states import EndingState, Said, Wanted
from alongside.rooms.environment.models import Meeting, MeetingStateRecord, Place
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.first_meeting.models import (
    Acceptance,
    AgreementStateRecord,
    AgreementVersion,
    Picture,
    Preparation,
    WithoutPicture,
)
from alongside.rooms.first_meeting.states import LIVING, AgreementState, Moment
from alongside.rooms.sessions.models import Acknowledgement, MeetingRecord, MeetingRecordStateRecord
from alongside.rooms.sessions.states import RecordState


class Planned(NamedTuple):
    """A meeting still to come, or one of which nobody has said yet what became of it."""

    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str


@dataclass(slots=True)
class Standing:
    """How far a journey is. `..._sides` hold "guide" and "participant"."""

    first_number: int
    planned_meetings: int | None
    planned: list[Planned] = field(default_factory=list)
    held: int = 0
    first_held: bool = False
    last_at: dt.datetime | None = None
    prepared_by: set[UUID] = field(default_factory=set)
    has_picture: bool = False
    has_targets: bool = False
    version_number: int = 0
    version_state: AgreementState | None = None
    version_sides: set[str] = field(default_factory=set)
    in_force: bool = False
    open_record: int = 0
    record_sides: set[str] = field(default_factory=set)
    ending_state: EndingState | None = None
    ending_sides: set[str] = field(default_factory=set)
    longer_asked_by: UUID | None = None
    my_steps: int = 0

    @property
    def next(self) -> Planned | None:
        """The meeting that comes next, or is going on."""
        moment = now()
        return next((meeting for meeting in self.planned if meeting.ends_at > moment), None)

    @property
    def unsaid(self) -> Planned | None:
        """The oldest meeting that should be over, of which nobody has said what became of it."""
        moment = now()
        return next((meeting for meeting in self.planned if meeting.ends_at <= moment), None)

    @property
    def stage(self) -> Stage:
        facts = StageFacts(
            first_meeting_booked=bool(self.planned or self.held),
            # of a journey begun at meeting n the first meeting was held elsewhere
            first_meeting_held=self.first_held or (self.first_number > 1 and self.in_force),
            agreement_in_force=self.in_force,
            ending_begun=self.ending_state not in (None, EndingState.SET_ASIDE),
        )
        return stage_of(facts)

    @property
    def held_in_all(self) -> int:
        """With those held elsewhere, before the journey was begun here."""
        return self.held + self.first_number - 1

    @property
    def is_at_its_planned_end(self) -> bool:
        return self.planned_meetings is not None and self.held_in_all >= self.planned_meetings


def standing_of(seat: Seat) -> Standing:
    """How far the journey of a seat is, for the person who sits there. One query."""
    return _noted([seat], _ONE.rows(seat.journey.id, seat.actor.id))[seat.journey.id]


def standings(seats: list[Seat]) -> dict[UUID, Standing]:
    """How far all journeys of one person are. One query, however many there are."""
    return _noted(seats, _ALL.rows(seats[0].actor.id)) if seats else {}


def path_standing(seat: Seat) -> Standing:
    """Only what the path above every page of a journey needs. One query."""
    return _noted([seat], _PATH.rows(seat.journey.id))[seat.journey.id]


def _noted(seats: list[Seat], rows: list[tuple]) -> dict[UUID, Standing]:
    found = {
        seat.journey.id: Standing(seat.journey.first_number, seat.journey.planned_meetings) for seat in seats
    }
    for fact in sorted(map(_fact, rows), key=_in_order):
        if standing := found.get(fact.journey_id):
            _NOTE[fact.what](standing, fact)
    return found


# --- one query: a branch for each fact, all of the same columns --------------------------------------------


class Fact(NamedTuple):
    journey_id: UUID
    what: str
    number: int
    low: int
    at: dt.datetime
    until: dt.datetime
    who: UUID
    word: str
    sealed: bytes


_COLUMNS = tuple(f"fact_{name}" for name in Fact._fields)
_NOTHING = {
    "number": Cast(Value(None), IntegerField()),
    "low": Cast(Value(None), IntegerField()),
    "at": Cast(Value(None), DateTimeField()),
    "until": Cast(Value(None), DateTimeField()),
    "who": Cast(Value(None), UUIDField()),
    "word": Cast(Value(None), CharField()),
    "sealed": Cast(Value(None), BinaryField()),
}


def _branch(
    rows: QuerySet, what: str, *, journey: str = "journey_id", grouped: bool = False, **facts: Any
) -> QuerySet:
    keys = {"fact_journey_id": F(journey), "fact_what": Value(what, CharField())}
    rest = {f"fact_{name}": facts.get(name, nothing) for name, nothing in _NOTHING.items()}
    rows = rows.order_by().annotate(**keys)
    if grouped:
        rows = rows.values(*keys)
    return rows.annotate(**rest).values_list(*_COLUMNS)


def _latest(records: type, noun: str, of: str = "pk") -> Subquery:
    ordered = records.objects.filter(**{noun: OuterRef(of)}).order_by("-created_at", "-id")  # type: ignore[attr-defined]
    return Subquery(ordered.values("state")[:1])


def _fact(row: tuple[Any, ...]) -> Fact:
    journey_id, what, number, low, at, until, who, word, sealed = row
    ids: Any = (uuid_in(journey_id), uuid_in(who))
    moments: Any = (moment_in(at), moment_in(until))
    return Fact(ids[0], what, number, low, moments[0], moments[1], ids[1], word, sealed)


def _one(journey_id: UUID, actor_id: UUID) -> QuerySet:
    return _everything([journey_id], actor_id)


def _all(actor_id: UUID) -> QuerySet:
    own = JourneyMember.objects.filter(person_id=actor_id, left_at=None)
    return _everything(own.values("journey_id"), actor_id)


def _path(journey_id: UUID) -> QuerySet:
    ids = [journey_id]
    return _planned(ids).union(_held(ids), _versions(ids), _endings(ids), all=True)


_ONE, _ALL, _PATH = Prepared(_one, takes=2), Prepared(_all), Prepared(_path)


def _everything(ids: Any, actor_id: UUID) -> QuerySet:
    first, *others = [
        _planned(ids),
        _held(ids),
        _branch(Preparation.objects.filter(journey__in=ids), "prepared", who=F("person_id")),
        _branch(Picture.objects.filter(journey__in=ids, moment=Moment.START), "picture"),
        # said in so many words that they go on without it: then nobody asks again
        _branch(WithoutPicture.objects.filter(journey__in=ids), "picture"),
        _branch(Target.objects.filter(journey__in=ids), "targets", grouped=True, number=Count("pk")),
        _versions(ids),
        _branch(
            Acceptance.objects.filter(version__journey__in=ids),
            "yes",
            journey="version__journey_id",
            grouped=True,
            number=Max("version__number"),
            word=F("side"),
        ),
        *_records(ids),
        _endings(ids),
        _branch(
            Saying.objects.filter(ending__journey__in=ids, said=Said.ACKNOWLEDGED, taken_back_at=None),
            "ending_yes",
            journey="ending__journey_id",
            word=F("side"),
        ),
        _branch(
            Wish.objects.filter(journey__in=ids, wanted=Wanted.GO_ON, settled_at=None),
            "longer",
            who=F("by_id"),
        ),
        _steps(ids, actor_id),
    ]
    return first.union(*others, all=True)


def _planned(ids: Any) -> QuerySet:
    """Meetings that bear a number are planned or held; the others are off."""
    return _branch(
        Meeting.objects.filter(journey__in=ids, number__isnull=False)
        .annotate(state=_latest(MeetingStateRecord, "meeting"))
        .filter(state=MeetingState.PLANNED),
        "planned",
        number=F("number"),
        at=F("starts_at"),
        until=F("ends_at"),
        who=F("place_id"),
        sealed=F("place__name"),
    )


def _held(ids: Any) -> QuerySet:
    return _branch(
        Meeting.objects.filter(journey__in=ids, number__isnull=False)
        .annotate(state=_latest(MeetingStateRecord, "meeting"))
        .filter(state=MeetingState.HELD),
        "held",
        grouped=True,
        number=Count("pk"),
        low=Min("number"),
        at=Max("starts_at"),
    )


def _versions(ids: Any) -> QuerySet:
    rows = AgreementVersion.objects.filter(journey__in=ids).annotate(
        state=_latest(AgreementStateRecord, "version")
    )
    return _branch(rows.filter(state__in=LIVING), "version", number=F("number"), word=F("state"))


def _records(ids: Any) -> list[QuerySet]:
    """Records still in work, and who has acknowledged them."""
    in_work = MeetingRecord.objects.filter(journey__in=ids).annotate(
        state=_latest(MeetingRecordStateRecord, "record")
    )
    said = Acknowledgement.objects.filter(record__journey__in=ids).annotate(
        state=_latest(MeetingRecordStateRecord, "record", of="record_id")
    )
    return [
        _branch(in_work.exclude(state=RecordState.CLOSED), "record", number=F("number")),
        _branch(
            said.exclude(state=RecordState.CLOSED),
            "record_yes",
            journey="record__journey_id",
            number=F("record__number"),
            word=F("side"),
        ),
    ]


def _endings(ids: Any) -> QuerySet:
    rows = Ending.objects.filter(journey__in=ids).annotate(state=_latest(EndingStateRecord, "ending"))
    return _branch(rows, "ending", word=F("state"))


def _steps(ids: Any, actor_id: UUID) -> QuerySet:
    rows = Step.objects.filter(journey__in=ids, owner_id=actor_id).annotate(
        state=_latest(StepStateRecord, "step")
    )
    return _branch(rows.filter(state__in=STEP_STILL_TO_DO), "steps", grouped=True, number=Count("pk"))


# --- what each fact says about the journey -----------------------------------------------------------------


def _note_planned(standing: Standing, fact: Fact) -> None:
    place = unseal(Place, "name", fact.who, bytes(fact.sealed)) if fact.sealed else ""
    standing.planned.append(Planned(fact.number, fact.at, fact.until, place))


def _note_held(standing: Standing, fact: Fact) -> None:
    standing.held, standing.last_at = fact.number, fact.at
    standing.first_held = fact.low == standing.first_number


def _note_prepared(standing: Standing, fact: Fact) -> None:
    standing.prepared_by.add(fact.who)


def _note_picture(standing: Standing, fact: Fact) -> None:
    standing.has_picture = True


def _note_targets(standing: Standing, fact: Fact) -> None:
    standing.has_targets = fact.number > 0


def _note_version(standing: Standing, fact: Fact) -> None:
    state = AgreementState(fact.word)
    standing.in_force |= state == AgreementState.IN_FORCE
    if fact.number > standing.version_number:
        standing.version_number, standing.version_state = fact.number, state


def _note_yes(standing: Standing, fact: Fact) -> None:
    if fact.number == standing.version_number:
        standing.version_sides.add(fact.word)


def _note_record(standing: Standing, fact: Fact) -> None:
    standing.open_record = max(standing.open_record, fact.number)


def _note_record_yes(standing: Standing, fact: Fact) -> None:
    if fact.number == standing.open_record:
        standing.record_sides.add(fact.word)


def _note_ending(standing: Standing, fact: Fact) -> None:
    standing.ending_state = EndingState(fact.word)


def _note_ending_yes(standing: Standing, fact: Fact) -> None:
    standing.ending_sides.add(fact.word)


def _note_longer(standing: Standing, fact: Fact) -> None:
    standing.longer_asked_by = fact.who


def _note_steps(standing: Standing, fact: Fact) -> None:
    standing.my_steps = fact.number


_NOTE = {
    "planned": _note_planned,
    "held": _note_held,
    "prepared": _note_prepared,
    "picture": _note_picture,
    "targets": _note_targets,
    "version": _note_version,
    "yes": _note_yes,
    "record": _note_record,
    "record_yes": _note_record_yes,
    "ending": _note_ending,
    "ending_yes": _note_ending_yes,
    "longer": _note_longer,
    "steps": _note_steps,
}
_PLACE = {what: place for place, what in enumerate(_NOTE)}


def _in_order(fact: Fact) -> tuple[int, float]:
    """Meetings by time; and a yes after the version or record it is said to."""
    return _PLACE[fact.what], fact.at.timestamp() if fact.at else 0.0
