"""What was written and agreed in meetings, read for all of a journey at once: so many queries, however many meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.goals.queries import needs_of
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.safety.queries import answered_notices
from alongside.goals.states import NeedState, StepState
from alongside.journeys import visibility
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.rooms.environment.models import Meeting
from alongside.rooms.first_meeting.queries import (
    Entry,
    first_meeting_of,
    notes,
    starting_picture,
)

from ..focusing.queries import FocusingHere, differences_of, focusings_of, words_of
from ..focusing.queries import Written as WrittenInFocusing
from ..record import boxes
from ..record.issue_queries import IssueHere, issues_through
from ..record.models import MeetingRecord, MeetingRecordStateRecord
from ..record.queries import follow_as_agreed
from ..record.review_queries import StepHere, TargetNow, every_wording, steps_through
from ..record.states import RecordState

Said = dict[tuple[str, str], list[Words]]
"""Words by place and box, each author's, oldest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is told of some meetings, as this person may read it."""

    records: list[MeetingRecord]
    said: dict[UUID, Said]
    beforehand: dict[str, Words]
    wordings: list[TargetNow]
    steps: list[StepHere]
    issues: dict[int, list[IssueHere]]
    focusings: list[FocusingHere]
    in_focusings: dict[UUID, WrittenInFocusing]
    differences: dict[UUID, str]
    looked_after: list[SafetyNotice]
    """Answers about safety that somebody has dealt with."""

    def reviewed_in(self, number: int) -> list[StepHere]:
        return [step for step in self.steps if step.said_in == number and step.planned_in != number]

    def planned_in(self, number: int) -> list[StepHere]:
        """Each step once, as it stands now; what was let go in the same meeting is left out."""
        latest = {step.id: step for step in self.steps if step.planned_in == number}
        return [step for step in latest.values() if step.state != StepState.DROPPED or step.said_in != number]

    def measured_in(self, number: int) -> list[tuple[TargetNow, Decimal]]:
        found = ((target, target.taken_in(number)) for target in self.wordings)
        return [(target, value) for target, value in found if value is not None]

    def looked_after_by(self, record: MeetingRecord) -> list[SafetyNotice]:
        """What was answered since the meeting before, up to the end of this one."""
        since = record.preceding_at  # type: ignore[attr-defined]
        until = record.meeting.ends_at
        return [
            one
            for one in self.looked_after
            if one.created_at <= until and (not since or one.created_at > since)
        ]

    def focusings_in(self, record_id: UUID | None) -> list[FocusingHere]:
        return [here for here in self.focusings if here.row.record_id == record_id]


def told_of(seat: Seat, *, number: int | None = None) -> Told:
    """All meetings of a journey that have a record, or one of them."""
    records = _records(seat, number)
    focusings = [here for here in reversed(focusings_of(seat)) if _is_told(here, records, number)]
    return Told(
        records=records,
        said=_said(seat, [record.id for record in records]),
        beforehand=_beforehand(seat),
        wordings=every_wording(seat),
        steps=steps_through(seat),
        issues=_by_meeting(issues_through(seat)),
        focusings=focusings,
        in_focusings=words_of(seat, *(here.id for here in focusings)),
        differences=differences_of(seat),
        looked_after=list(reversed(answered_notices(seat))),
    )


def _is_told(here: FocusingHere, records: list[MeetingRecord], number: int | None) -> bool:
    if number is None:
        return True
    return here.row.record_id in {record.id for record in records}


def _records(seat: Seat, number: int | None) -> list[MeetingRecord]:
    states = MeetingRecordStateRecord.objects.filter(record=OuterRef("pk")).order_by("-created_at", "-id")
    following = Meeting.objects.filter(journey=OuterRef("journey"), number=OuterRef("number") + 1)
    preceding = Meeting.objects.filter(journey=OuterRef("journey"), number=OuterRef("number") - 1)
    rows = MeetingRecord.objects.filter(journey=seat.journey).annotate(
        state=Subquery(states.values("state")[:1]),
        state_since=Subquery(states.values("created_at")[:1]),
        preceding_at=Subquery(preceding.values("ends_at")[:1]),
        following_at=Subquery(following.values("starts_at")[:1]),
    )
    if number is not None:
        rows = rows.filter(number=number)
    records: list[MeetingRecord] = list(rows.select_related("meeting__place").order_by("number"))
    for record in records:
        follow_as_agreed(record)
    return records


def _said(seat: Seat, record_ids: list[UUID]) -> dict[UUID, Said]:
    """Shared words of each record, and one's own private ones: who asks decides whether those are told."""
    rows: QuerySet[Words] = Words.objects.filter(
        visibility.readable(seat), place__in=[boxes.RECORD, boxes.LATE], subject_id__in=record_ids
    )
    found: dict[UUID, Said] = {record_id: {} for record_id in record_ids}
    for words in rows.order_by("created_at", "id"):
        if str(words.text).strip():
            found[words.subject_id].setdefault((words.place, words.box), []).append(words)
    return found


def _beforehand(seat: Seat) -> dict[str, Words]:
    """What mattered before each meeting, by the name of its box."""
    rows = Words.objects.filter(visibility.readable(seat), place=boxes.BEFORE, subject_id=seat.journey.id)
    return {words.box: words for words in rows if words.visibility != Visibility.MINE}


def _by_meeting(issues: Iterable[IssueHere]) -> dict[int, list[IssueHere]]:
    found: dict[int, list[IssueHere]] = {}
    for issue in issues:
        found.setdefault(issue.raised_in, []).append(issue)
    return found


def is_closed(record: MeetingRecord) -> bool:
    return record.state == RecordState.CLOSED  # type: ignore[attr-defined]


# --- how it began ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the story begins with: the first meeting, its notes, and each need with where it stood."""

    on: dt.datetime | None
    notes: tuple[str, ...]
    needs: tuple[tuple[str, Entry | None], ...] = field(default_factory=tuple)


def beginning_of(seat: Seat) -> Beginning:
    """Five queries."""
    met, picture = first_meeting_of(seat), starting_picture(seat)
    gone = (NeedState.PROPOSED, NeedState.LET_GO)
    rows = [need for need in needs_of(seat) if need.state not in gone]  # type: ignore[attr-defined]
    entries = picture.entries if picture else {}
    written = [
        str(words.text).strip() for words in notes(seat).values() if words.visibility != Visibility.MINE
    ]
    return Beginning(
        on=met.starts_at if met else None,
        notes=tuple(text for text in written if text),
        needs=tuple((str(need.statement), entries.get(need.id)) for need in rows),
    )
