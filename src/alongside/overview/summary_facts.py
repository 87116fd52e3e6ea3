"""The facts of all rooms of which a journey's standing is made: one query, with a branch for each of them.

Facts only: no words are read here but the name of the place one meets in.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BinaryField,
    CharField,
    Count,
    DateTimeField,
    Exists,
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
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Least

from alongside.goals.measuring.models import FormSchedule
from alongside.goals.models import Step, StepStateRecord, Target
from alongside.goals.queries import proposed_needs, proposed_targets, proposed_wordings
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.states import STEP_STILL_TO_DO
from alongside.journeys.addresses.queries import beside
from alongside.journeys.models import Cover, JourneyMember, Words
from alongside.journeys.queries import with_a_part
from alongside.journeys.restriction import unrestricted
from alongside.journeys.states import Part
from alongside.kernel.prepared import Prepared, moment_in, uuid_in
from alongside.rooms.ending.follow_up.models import FollowUp, FollowUpAnswer, FollowUpStateRecord
from alongside.rooms.ending.follow_up.states import FollowUpState, Readers
from alongside.rooms.ending.handover.models import Handover, HandoverYes
from alongside.rooms.ending.handover.queries import PLACE as HANDOVER
from alongside.rooms.ending.handover.queries import SUMMARY
from alongside.rooms.ending.record.models import Ending, EndingStateRecord, Saying
from alongside.rooms.ending.record.states import Said
from alongside.rooms.ending.return_requests.models import WayBack
from alongside.rooms.ending.wishes.models import Wish
from alongside.rooms.ending.wishes.states import Wanted
from alongside.rooms.environment.models import CallToMake, Meeting, MeetingStateRecord, PossibleAnswer
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.first_meeting.models import (
    Acceptance,
    AgreementStateRecord,
    AgreementVersion,
    Picture,
    Preparation,
    WithoutPicture,
)
from alongside.rooms.first_meeting.states import LIVING, Moment
from alongside.rooms.sessions.record import boxes
from alongside.rooms.sessions.record.models import Acknowledgement, MeetingRecord, MeetingRecordStateRecord
from alongside.rooms.sessions.record.states import RecordState

BESIDE_THE_TABLES = frozenset({"asked", "wish", "again", "passed_on", "address", "worse"})
"""What waits for somebody beside the journeys that go on: asked to take over, somebody wishes to come back, asked again."""
BEING_ASKED = (FollowUpState.ASKED, FollowUpState.REMINDED)


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


def fact_of(row: tuple[Any, ...]) -> Fact:
    journey_id, what, number, low, at, until, who, word, sealed = row
    ids: Any = (uuid_in(journey_id), uuid_in(who))
    moments: Any = (moment_in(at), moment_in(until))
    return Fact(ids[0], what, number, low, moments[0], moments[1], ids[1], word, sealed)


def _one(journey_id: UUID, actor_id: UUID) -> QuerySet:
    """With what the page of one journey shows at its head, so that it asks for that only where there is any."""
    return _everything([journey_id], actor_id).union(
        _branch(
            SafetyNotice.objects.filter(journey=journey_id, seen_at=None),
            "harm",
            grouped=True,
            number=Count("pk"),
        ),
        _branch(
            FormSchedule.objects.filter(journey=journey_id), "schedule", grouped=True, number=Count("pk")
        ),
        _branch(
            Cover.objects.filter(member__journey=journey_id, in_an_emergency=True),
            "emergency",
            journey="member__journey_id",
            grouped=True,
            word=Max(Cast("until_day", CharField())),
        ),
        all=True,
    )


def _all(actor_id: UUID, moment: dt.datetime) -> QuerySet:
    own = JourneyMember.objects.filter(with_a_part(moment), unrestricted(), person_id=actor_id)
    return _everything(own.values("journey_id"), actor_id).union(
        _branch(Handover.objects.filter(to=actor_id, settled_at=None), "asked", who=F("id")),
        _branch(
            SafetyNotice.objects.filter(
                journey__organisation__safety_reader=actor_id, seen_at=None, passed_on_at__isnull=False
            ),
            "passed_on",
            who=F("id"),
        ),
        _branch(WayBack.objects.filter(offered_to=actor_id, settled_at=None), "wish", who=F("id")),
        _branch(beside(actor_id, moment), "address", who=F("id")),
        _asked_again(own.filter(part=Part.PARTICIPANT).values("journey_id")),
        _got_worse(own.filter(part__in=(Part.GUIDE, Part.COVERING)).values("journey_id")),
        all=True,
    )


def _asked_again(ids: Any) -> QuerySet:
    """Days after the end on which the participant was asked how it is, and has not answered."""
    rows = FollowUp.objects.filter(journey__in=ids, cancelled_at=None)
    rows = rows.annotate(state=_latest(FollowUpStateRecord, "follow_up"))
    return _branch(rows.filter(state__in=BEING_ASKED), "again", who=F("id"))


def _got_worse(ids: Any) -> QuerySet:
    """Answers after the end, much worse than the end, that their guide may read and has not looked at."""
    rows = FollowUpAnswer.objects.filter(
        follow_up__journey__in=ids, much_worse=True, seen_at=None, readers=Readers.OURS
    )
    return _branch(rows, "worse", journey="follow_up__journey_id", grouped=True, number=Count("pk"))


def _path(journey_id: UUID) -> QuerySet:
    ids = [journey_id]
    return _planned(ids).union(_held(ids), _versions(ids), _endings(ids), all=True)


ONE, ALL, PATH = Prepared(_one, takes=2), Prepared(_all, moments=1), Prepared(_path)


def _everything(ids: Any, actor_id: UUID) -> QuerySet:
    branches: list[QuerySet] = [
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
        _branch(
            Wish.objects.filter(journey__in=ids, wanted=Wanted.END_EARLY, settled_at=None),
            "notice",
            word=Cast("on", CharField()),
        ),
        *_proposals(ids),
        *_handovers(ids),
        _dues(ids),
        _steps(ids, actor_id),
        _branch(
            CallToMake.objects.filter(journey__in=ids, done_at=None),
            "call",
            at=F("meeting__starts_at"),
            who=F("meeting_id"),
        ),
        _branch(
            PossibleAnswer.objects.filter(meeting__journey__in=ids, put_away_at=None),
            "email",
            journey="meeting__journey_id",
            grouped=True,
            number=Count("pk"),
        ),
    ]
    return branches[0].union(*branches[1:], all=True)


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
        low=Cast(Exists(_said_beforehand()), IntegerField()),
        who=F("place_id"),
        sealed=F("place__name"),
    )


def _said_beforehand() -> QuerySet:
    """Whether the participant wrote what matters: kept under the number that follows the record before the meeting."""
    records = MeetingRecord.objects.filter(
        journey=OuterRef(OuterRef("journey")), number__lt=OuterRef(OuterRef("number"))
    )
    before = Subquery(records.order_by("-number").values("number")[:1], output_field=IntegerField())
    first_here = OuterRef("journey__first_number")
    kept_under = Least(OuterRef("number"), Greatest(Value(2), first_here, Coalesce(before + 1, Value(0))))
    name = Concat(Value(f"{boxes.MATTERS}_"), Cast(kept_under, CharField()))
    return Words.objects.filter(
        journey=OuterRef("journey"), place=boxes.BEFORE, box=name, version__gt=0, entered_in_error_at=None
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


def _proposals(ids: Any) -> list[QuerySet]:
    """Of needs, targets and new wordings that were not agreed to yet: how many, and whose proposals they are."""
    return [
        _branch(
            proposed_needs().filter(journey__in=ids),
            "proposed",
            grouped=True,
            who=F("proposed_by_id"),
            number=Count("pk"),
        ),
        _branch(
            proposed_targets().filter(journey__in=ids),
            "proposed",
            grouped=True,
            who=F("proposed_by_id"),
            number=Count("pk"),
        ),
        _branch(
            proposed_wordings().filter(target__journey__in=ids),
            "proposed",
            journey="target__journey_id",
            grouped=True,
            who=F("by_id"),
            number=Count("pk"),
        ),
    ]


def _handovers(ids: Any) -> list[QuerySet]:
    """A hand-over that stands, with the version of its summary, and to which version each side has said yes."""
    summary = Words.objects.filter(
        place=HANDOVER, subject_id=OuterRef("pk"), box=SUMMARY, entered_in_error_at=None
    )
    return [
        _branch(
            Handover.objects.filter(journey__in=ids, settled_at=None),
            "handover",
            number=Coalesce(Subquery(summary.values("version")[:1]), Value(0)),
            low=Cast("without_guide", IntegerField()),
        ),
        _branch(
            HandoverYes.objects.filter(handover__journey__in=ids, handover__settled_at=None),
            "handover_yes",
            journey="handover__journey_id",
            number=F("version"),
            word=F("side"),
        ),
    ]


def _dues(ids: Any) -> QuerySet:
    """For each owner the earliest due day among their steps still to do, as text: it is least by the alphabet, too."""
    rows = Step.objects.filter(journey__in=ids, due__isnull=False).annotate(
        state=_latest(StepStateRecord, "step")
    )
    return _branch(
        rows.filter(state__in=STEP_STILL_TO_DO),
        "due",
        grouped=True,
        who=F("owner_id"),
        word=Min(Cast("due", CharField())),
    )


def _steps(ids: Any, actor_id: UUID) -> QuerySet:
    rows = Step.objects.filter(journey__in=ids, owner_id=actor_id).annotate(
        state=_latest(StepStateRecord, "step")
    )
    return _branch(rows.filter(state__in=STEP_STILL_TO_DO), "steps", grouped=True, number=Count("pk"))
