"""What can be done with the record of a meeting: open it, review, plan, raise and settle issues, acknowledge it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.goals.actions import enter_step_in_error, plan_step, propose_need, tick_step
from alongside.goals.models import Source, Step, Target
from alongside.goals.states import StepState
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box, Written, write
from alongside.kernel.actions import action
from alongside.kernel.clock import today
from alongside.kernel.errors import demand
from alongside.kernel.prepared import Prepared
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record
from alongside.people.models import Person
from alongside.rooms.environment.actions import book_meeting, note_held
from alongside.rooms.environment.models import Meeting
from alongside.rooms.environment.states import MeetingState

from . import boxes, rules
from .in_error import seal, seal_issue, step_it_became
from .issue_queries import issue_in
from .late_additions import added
from .models import (
    Acknowledgement,
    EnteredInError,
    How,
    Issue,
    IssueStateRecord,
    MeetingFeedback,
    MeetingRecord,
    MeetingRecordStateRecord,
)
from .queries import Table, is_closed, own_words, shared_text, table_of
from .reviewing import StepAnswer, Value, answer_step, step_behind, take_value
from .shapes import as_kept, shape_named
from .stale_forms import Otherwise
from .states import IssueState, RecordState, Side, state_after


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How much of a review was new, and where somebody else has said otherwise meanwhile: nothing was saved there."""

    new: int
    otherwise: tuple[Otherwise, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """What belongs in any record: how long it took, who was there, whether somebody's safety was a matter."""

    minutes_taken: int
    present: tuple[UUID, ...] = ()
    safety_raised: bool | None = None
    safety_where: str = ""


@action("meeting_record.opened")
def start_meeting(*, number: int, shape: str = "", by: Seat) -> MeetingRecord:
    """Open the record of a meeting. When both open it at once, or it is open already, both find the same.

    `shape` says what kind of meeting it is; "" what it was booked as. The record keeps it as it reads now.

    A record that was opened for a meeting which was then cancelled or missed goes on with the meeting that bears its
    number now: nothing written in it is lost.
    """
    table = _locked(number, by)
    demand(rules.may_start(by, table))
    if table.record:
        return table.record
    known = MeetingRecord.objects.filter(journey=by.journey, number=number).first()
    if known:
        known.meeting = table.meeting
        known.save(update_fields=["meeting"])
        record("meeting_record.opened", subject=known, by=by, number=number, again=True)
        return known
    opened = MeetingRecord.objects.create(
        meeting=table.meeting,
        journey=by.journey,
        number=number,
        opened_by=by.actor,
        kept_shape=as_kept(shape_named(by, shape or table.meeting.shape)),
    )
    MeetingRecordStateRecord.objects.create(record=opened, state=RecordState.OPEN, by=by.actor)
    record("meeting_record.opened", subject=opened, by=by, number=number, again=False)
    return opened


@action("meeting_record.reviewed")
def review_last_plan(
    *, number: int, answers: Sequence[StepAnswer] = (), values: Sequence[Value] = (), by: Seat
) -> Reviewed:
    """Save the whole review at once: how each step went and the new readings.

    Saying the same again changes nothing; another value for the same target in the same meeting takes the earlier
    one back and stands instead. What the sender left as it was shown does not undo what was said since.
    """
    table = _locked(number, by)
    demand(rules.may_work_in_record(by, table))
    said = [answer_step(answer, number, by) for answer in answers]
    said += [take_value(value, number, Source.MEETING, by) for value in values]
    new = said.count(True)
    if new:
        record("meeting_record.reviewed", subject=_record(table), by=by, number=number, new=new)
    return Reviewed(new, tuple(each for each in said if isinstance(each, Otherwise)))


@action("meeting.prepared")
def give_readings(*, number: int, values: Sequence[Value], by: Seat) -> int:
    """Fill the measures that are due before a meeting. Giving one again takes the earlier value back."""
    table = _locked(number, by)
    demand(rules.may_prepare(by, table))
    new = [take_value(value, number, Source.BETWEEN, by) for value in values].count(True)
    if new:
        record("meeting.prepared", subject=table.meeting, by=by, number=number, readings=new)
    return new


@action("meeting_record.step_planned")
def plan_step_in_meeting(
    *,
    number: int,
    text: str,
    owner: Person,
    target: Target | None = None,
    due: dt.date | None = None,
    by: Seat,
) -> Step:
    """Add a step to the plan of a meeting: the next review begins with it."""
    table = _locked(number, by)
    demand(rules.may_work_in_record(by, table))
    step = plan_step(text=text, owner=owner, target=target, due=due, planned_in=number, by=by)
    record("meeting_record.step_planned", subject=step, by=by, number=number)
    return step


@action("meeting_record.step_let_go")
def let_step_go(*, number: int, step: Step, by: Seat) -> Step:
    """Take a step out of the plan of a meeting. It stays in the record as let go."""
    table = _locked(number, by)
    demand(rules.may_let_step_go(by, table, step))
    tick_step(step=step_behind(step.id, by), state=StepState.DROPPED, reviewed_in=number, by=by)
    record("meeting_record.step_let_go", subject=step, by=by, number=number)
    return step


@action("issue.raised")
def raise_issue(*, number: int, text: str, by: Seat) -> Issue:
    """Put an issue, a difficulty or a further need on the table."""
    table = _locked(number, by)
    demand(rules.may_work_in_record(by, table))
    issue = Issue.objects.create(
        journey=by.journey, record=_record(table), text=text.strip(), raised_by=by.actor
    )
    IssueStateRecord.objects.create(issue=issue, state=IssueState.RAISED, by=by.actor)
    record("issue.raised", subject=issue, by=by, number=number)
    return issue


@action("issue.settled")
def settle_issue(
    *, number: int, issue: Issue, becomes: IssueState, word: str = "", by: Seat
) -> IssueStateRecord:
    """Say what becomes of an issue: a need (proposed), a step of this plan, a concern for someone else, or let be.

    A need or a step takes the word as its wording where there is one, else the issue's own.
    """
    table = _locked(number, by)
    demand(rules.may_settle_issue(by, table, issue_in(by, issue.id), becomes))
    wording = word.strip() or str(issue.text)
    need = step = None
    if becomes == IssueState.BECAME_NEED:
        need = propose_need(statement=wording, by=by)
    if becomes == IssueState.BECAME_STEP:
        step = plan_step(text=wording, owner=by.actor, planned_in=number, by=by)
    record("issue.settled", subject=issue, by=by, number=number, becomes=str(becomes))
    return IssueStateRecord.objects.create(
        issue=issue, state=becomes, word=word.strip(), need=need, step=step, by=by.actor
    )


@action("meeting_record.next_booked")
def book_next(*, number: int, starts_at: dt.datetime, minutes: int, by: Seat) -> Meeting:
    """Book the next meeting from this one's page, in the same place."""
    table = _locked(number, by)
    demand(rules.may_work_in_record(by, table))
    meeting = book_meeting(place=table.meeting.place, starts_at=starts_at, minutes=minutes, by=by)
    record("meeting_record.next_booked", subject=meeting, by=by, number=meeting.number)
    return meeting


@action("meeting_record.acknowledged")
def close_meeting(*, number: int, closing: Closing, with_participant: bool = False, by: Seat) -> RecordState:
    """The guide notes what belongs in any record and acknowledges it.

    The record is closed once those who must have acknowledged it (the kind says who). In the room the guide notes the
    yes of a participant without an account too. The meeting itself becomes *held*.
    """
    table = _locked(number, by)
    demand(rules.may_close(by, table))
    sides = [(Side.GUIDE, How.SIGNED_IN)]
    if with_participant:
        demand(rules.may_note_acknowledgement(by, table))
        sides.append((Side.PARTICIPANT, How.IN_THE_ROOM))
    found = _record(table)
    found.minutes_taken = closing.minutes_taken
    found.present = _who_was_there(closing.present, by)
    found.safety_raised = closing.safety_raised
    found.safety_where = closing.safety_where.strip()
    found.save(update_fields=["minutes_taken", "present", "safety_raised", "safety_where"])
    state = _acknowledge(table, sides, by)
    record("meeting_record.acknowledged", subject=found, by=by, number=number, state=str(state))
    return state


@action("meeting_record.acknowledged")
def confirm_meeting(*, number: int, by: Seat) -> RecordState:
    """The participant acknowledges the record of a meeting."""
    table = _locked(number, by)
    demand(rules.may_confirm(by, table))
    state = _acknowledge(table, [(Side.PARTICIPANT, How.SIGNED_IN)], by)
    record("meeting_record.acknowledged", subject=_record(table), by=by, number=number, state=str(state))
    return state


@action("meeting_record.questions_answered")
def answer_questions(*, number: int, answers: dict[str, int | None], kept: bool, by: Seat) -> MeetingFeedback:
    """The participant's four answers about how a meeting was; kept ones are shown to nobody else."""
    table = _locked(number, by)
    demand(rules.may_answer_questions(by, table))
    answered = MeetingFeedback.objects.create(
        record=_record(table), journey=by.journey, by=by.actor, kept=kept, **answers
    )
    record("meeting_record.questions_answered", subject=_record(table), by=by, number=number)
    return answered


@action(unrecorded_because="each version of the words is itself kept, with who saved it and when")
def write_in_box(
    *,
    number: int,
    name: str,
    text: str,
    version: int,
    base: str | None = None,
    letter: UUID | None = None,
    by: Seat,
) -> Written:
    """Save what was typed in a box of a meeting. Words that arrive after closing become their author's addition.

    Then what they added is worked out against what was closed; what they took away stays as it was.
    """
    table = _locked(number, by)
    demand(rules.may_write_in_box(by, table, name))
    if table.record and name == boxes.AFTERWARDS:
        late = boxes.late(table.record.id, name, today(by.actor.time_zone))
        return write(box=late, text=text, version=version, base=base, letter=letter, by=by)
    box = _box(table, name, by)
    if table.record is None or name == boxes.PRIVATE or not is_closed(table.record):
        return write(box=box, text=text, version=version, base=base, letter=letter, by=by)
    return _add_late(table, box, name, text, base, letter, by)


@action("words.entered_in_error")
def mark_in_error(*, number: int, words_id: UUID, reason: str, by: Seat) -> EnteredInError:
    """Hide words that were written in the wrong record, from both: sealed, with the reason, for an investigation."""
    table = _locked(number, by)
    demand(rules.may_mark_in_error(by, table, words_id, reason))
    words = next(words for words in own_words(by, table) if words.id == words_id)
    record("words.entered_in_error", subject=words, by=by, number=number)
    return seal(words, reason, by)


@action("issue.entered_in_error")
def mark_issue_in_error(*, number: int, issue_id: UUID, reason: str, by: Seat) -> IssueStateRecord:
    """Hide an issue that was raised in the wrong record, from both: sealed, with the reason, for an investigation."""
    table = _locked(number, by)
    demand(rules.may_mark_issue_in_error(by, table, issue_id, reason))
    issue = Issue.objects.get(id=issue_id)
    record("issue.entered_in_error", subject=issue, by=by, number=number)
    if step := step_it_became(issue):
        enter_step_in_error(step=step, reason=reason, by=by)
    return seal_issue(issue, reason, by)


@action("meeting_record.step_in_error")
def mark_step_in_error(*, number: int, step_id: UUID, reason: str, by: Seat) -> Step:
    """Hide a step that was written in the wrong record, from both and from every figure."""
    demand(rules.may_correct(by, _locked(number, by)))
    step = enter_step_in_error(step=step_behind(step_id, by), reason=reason, by=by)
    record("meeting_record.step_in_error", subject=step, by=by, number=number)
    return step


# --- what they have in common ----------------------------------------------------------------------------


def _meeting_held(journey_id: UUID, number: int) -> QuerySet:
    return Meeting.objects.select_for_update().filter(journey=journey_id, number=number).values_list("id")


_HOLD = Prepared(_meeting_held, numbers=1)


def _locked(number: int, by: Seat) -> Table:
    """The meeting and its record as they stand now; whoever else acts on them waits until this act is done."""
    _HOLD.rows(by.journey.id, number)
    table = table_of(by, number)
    if table is None:
        demand(hidden())
    assert table
    return table


def _record(table: Table) -> MeetingRecord:
    assert table.record
    return table.record


def _box(table: Table, name: str, by: Seat) -> Box:
    if name == boxes.MATTERS or table.record is None:
        return boxes.before(by.journey.id, table.kept_under)
    return boxes.in_record(table.record.id, name)


def _add_late(
    table: Table, box: Box, name: str, text: str, base: str | None, letter: UUID | None, by: Seat
) -> Written:
    closed = shared_text(box)
    late = boxes.late(_record(table).id, name, today(by.actor.time_zone))
    known = added(closed, base) if base is not None else None
    addition = added(closed, text)
    kept = None
    if addition or known:
        kept = write(box=late, text=addition, version=0, base=known, letter=letter, by=by)
    sentence = _("This record was closed before you saved. What you added is saved beside it, as yours.")
    return Written(text, kept.version if kept else 0, True, sentence)


def _who_was_there(present: Sequence[UUID], by: Seat) -> list[dict[str, str]]:
    """The part and id of those at the table who were there; whoever is not at this table can't have been."""
    return [
        {"part": str(member.part), "person": str(member.person.id)}
        for member in by.members
        if member.person.id in present
    ]


def _acknowledge(table: Table, sides: list[tuple[Side, How]], by: Seat) -> RecordState:
    found = _record(table)
    Acknowledgement.objects.bulk_create(
        [Acknowledgement(record=found, side=side, how=how, by=by.actor) for side, how in sides]
    )
    said = frozenset(found.acknowledgements.values_list("side", flat=True))
    must = by.kind.acknowledgement.participant_must
    state = state_after(frozenset(map(Side, said)), participant_must=must)
    if state == RecordState.CLOSED:
        found.next_agreed_at = table.record.following_at  # type: ignore[union-attr]
        found.save(update_fields=["next_agreed_at"])
    if state != found.state:  # type: ignore[attr-defined]
        MeetingRecordStateRecord.objects.create(record=found, state=state, by=by.actor)
    if table.meeting.state == MeetingState.PLANNED:  # type: ignore[attr-defined]
        note_held(meeting=table.meeting, by=by)
    return state
