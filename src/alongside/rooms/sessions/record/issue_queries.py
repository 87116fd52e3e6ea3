"""Questions about the issues raised in meetings. Reading starts at the seat of the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.journeys.seat import Seat
from alongside.kernel.prepared import Prepared, uuid_in
from alongside.people.models import Person

from ..focusing.models import Focusing, FocusingAct
from ..focusing.queries import seen_by
from .in_error import issue_in_error as in_error
from .models import Issue, IssueStateRecord, MeetingRecord
from .queries import Table, is_closed, open_table_for
from .review_queries import opened
from .states import ISSUE_TRANSITIONS, IssueState


@dataclass(frozen=True, slots=True)
class IssueHere:
    """An issue with what became of it, and the number of the meeting it was raised in.

    `focusing_id` is the latest focusing on it that this person knows of.
    """

    id: UUID
    text: str
    raised_by_id: UUID
    raised_in: int
    state: IssueState
    word: str
    focusing_id: UUID | None = None


def _raised_here(journey_id: UUID, record_id: UUID, actor_id: UUID) -> QuerySet:
    return _issue_columns(_latest_issue_states(journey_id).filter(issue__record=record_id), actor_id)


def _raised_so_far(journey_id: UUID, record_id: UUID, actor_id: UUID, number: int) -> QuerySet:
    here = Q(issue__record=record_id)
    came_to_an_act = Exists(FocusingAct.objects.filter(focusing__issue=OuterRef("issue")))
    unsettled = Q(state=IssueState.RAISED) | Q(state=IssueState.FOCUSING) & ~Q(came_to_an_act)
    still_open = unsettled & Q(issue__record__number__lt=number)
    return _issue_columns(_latest_issue_states(journey_id).filter(here | still_open), actor_id)


def _latest_issue_states(journey_id: UUID) -> QuerySet[IssueStateRecord]:
    latest = IssueStateRecord.objects.filter(issue=OuterRef("issue")).order_by("-created_at", "-id")
    rows = IssueStateRecord.objects.filter(issue__journey=journey_id, id=Subquery(latest.values("id")[:1]))
    return rows.exclude(in_error("issue"))


def _issue_columns(states: QuerySet[IssueStateRecord], actor_id: UUID) -> QuerySet:
    ordered = states.order_by("issue__record__number", "issue__created_at", "issue_id")
    focusings = Focusing.objects.filter(seen_by(actor_id), issue=OuterRef("issue")).order_by(
        "-created_at", "-id"
    )
    return ordered.annotate(focusing=Subquery(focusings.values("id")[:1])).values_list(
        "issue_id",
        "issue__text",
        "issue__raised_by_id",
        "issue__record__number",
        "state",
        "id",
        "word",
        "focusing",
    )


_HERE, _SO_FAR = Prepared(_raised_here, takes=3), Prepared(_raised_so_far, takes=3, numbers=1)


def issues_around(seat: Seat, record: MeetingRecord) -> list[IssueHere]:
    """The issues of this meeting, and before it is closed those of earlier ones still open. One query.

    One that is focused on stays open until its focusing has come to an act, or something else became of it.
    """
    if is_closed(record):
        rows = _HERE.rows(seat.journey.id, record.id, seat.actor.id)
    else:
        rows = _SO_FAR.rows(seat.journey.id, record.id, seat.actor.id, record.number)
    return [_issue(row) for row in rows]


def issues_through(seat: Seat) -> list[IssueHere]:
    """Every issue of a journey with what became of it. One query."""
    return [_issue(row) for row in _issue_columns(_latest_issue_states(seat.journey.id), seat.actor.id)]


def _issue(row: tuple) -> IssueHere:
    issue, raised_by = uuid_in(row[0]), uuid_in(row[2])
    assert issue and raised_by
    text = opened(Issue, "text", issue, row[1])
    word = opened(IssueStateRecord, "word", uuid_in(row[5]), row[6])
    return IssueHere(issue, text, raised_by, row[3], IssueState(row[4]), word, uuid_in(row[7]))


def issue_in(seat: Seat, issue_id: UUID) -> Issue | None:
    """One issue of this journey as a row with its `state`, for the actions."""
    states = IssueStateRecord.objects.filter(issue=OuterRef("pk")).order_by("-created_at", "-id")
    found = Issue.objects.filter(journey=seat.journey, id=issue_id).exclude(in_error())
    return found.annotate(state=Subquery(states.values("state")[:1])).first()


def own_issues(seat: Seat, table: Table) -> list[Issue]:
    """The issues this person raised in one meeting and may enter in error: alone, or with the step they made of it."""
    states = IssueStateRecord.objects.filter(issue=OuterRef("pk")).order_by("-created_at", "-id")
    rows = Issue.objects.filter(journey=seat.journey, record=table.record, raised_by=seat.actor)
    wanted = [state for state in IssueState if IssueState.IN_ERROR in ISSUE_TRANSITIONS[state]]
    found = rows.annotate(state=Subquery(states.values("state")[:1])).filter(state__in=wanted)
    found = found.exclude(Exists(states.exclude(step=None).exclude(step__by=seat.actor)))
    return list(found.exclude(in_error()).order_by("created_at", "id")) if table.record else []


def issue_for(
    actor: Person, *, journey_id: UUID, number: int, entry_id: UUID
) -> tuple[Seat, Table, Issue] | None:
    found = open_table_for(actor, journey_id=journey_id, number=number)
    issue = issue_in(found[0], entry_id) if found else None
    return (*found, issue) if found and issue else None
