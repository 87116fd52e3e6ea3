"""Who may do what with the record of a meeting, and when. Person and moment are combined in one line each."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.goals.models import Step
from alongside.goals.rules import belongs
from alongside.journeys.rules import is_one_of_two, is_open, is_participant, may_work
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.rooms.environment.rules import may_note_held, may_note_missed
from alongside.rooms.environment.states import MeetingState

from .boxes import MATTERS
from .issue_queries import own_issues
from .models import Issue
from .queries import Table, first_number_here, is_closed, own_words, side_of, sides_of, speaks_in_the_room
from .states import EDITORS_BY_STATE, IssueState, RecordState, Side, may_become

# --- coming in -------------------------------------------------------------------------------------------


def may_enter_room(seat: Seat) -> Verdict:
    return is_one_of_two(seat)


def may_see_meeting(seat: Seat, table: Table) -> Verdict:
    """The two read every meeting of theirs, also when the journey is over."""
    return is_one_of_two(seat)


def may_write_for_next_time(seat: Seat) -> Verdict:
    return first_denial(is_one_of_two(seat), is_open(seat))


# --- before it -------------------------------------------------------------------------------------------


def may_prepare(seat: Seat, table: Table) -> Verdict:
    """Until the record is closed, what matters and the readings that are due can be given."""
    if table.record and is_closed(table.record):
        return first_denial(
            may_work(seat), not_now(_("This record is closed. What you add is saved as an addition."))
        )
    return may_work(seat)


def may_start(seat: Seat, table: Table) -> Verdict:
    """From the day it is booked for, also a day late. Opening what is open already leads to it."""
    denied = may_work(seat)
    if not denied or table.record:
        return denied
    return first_denial(
        _agreement_holds(seat), _has_its_record_here(seat, table), _can_take_place(seat, table)
    )


def _agreement_holds(seat: Seat) -> Verdict:
    if seat.state in (JourneyState.ACTIVE, JourneyState.ENDING):
        return ALLOWED
    onward = reverse("first_meeting:room", args=[seat.journey.id])
    return not_now(_("Your agreement is not in force yet. First agree how you work together."), onward)


def _has_its_record_here(seat: Seat, table: Table) -> Verdict:
    if table.number >= first_number_here(seat):
        return ALLOWED
    onward = reverse("first_meeting:room", args=[seat.journey.id])
    return not_now(_("The first time you meet has its own page."), onward)


def _can_take_place(seat: Seat, table: Table) -> Verdict:
    held = table.meeting.state == MeetingState.HELD  # type: ignore[attr-defined]
    return ALLOWED if held else may_note_held(seat, table.meeting)


# --- while it is open ------------------------------------------------------------------------------------


def may_work_in_record(seat: Seat, table: Table) -> Verdict:
    """Both work in a record until it is closed: review, plan, issues, readings."""
    return first_denial(may_work(seat), _is_opened(table), _may_edit(seat, table))


def _is_opened(table: Table) -> Verdict:
    return hidden() if table.record is None else ALLOWED


def _may_edit(seat: Seat, table: Table) -> Verdict:
    if table.record and seat.parts & EDITORS_BY_STATE[RecordState(table.record.state)]:  # type: ignore[attr-defined]
        return ALLOWED
    return not_now(_("This record is closed. You can add to it, but not change it."))


def may_let_step_go(seat: Seat, table: Table, step: Step) -> Verdict:
    """Only out of the plan of this very meeting; earlier steps are let go in the review."""
    denied = first_denial(may_work_in_record(seat, table), belongs(seat, step))
    if denied and step.planned_in != table.number:
        return not_now(_("This step belongs to an earlier plan. Say in the review how it went."))
    return denied


def may_settle_issue(
    seat: Seat, table: Table, issue: Issue | None, state: IssueState | None = None
) -> Verdict:
    """What became of an issue is said once; one that was let be can be taken up again."""
    denied = first_denial(may_work_in_record(seat, table), _belongs(seat, issue))
    if not denied or state is None or issue is None:
        return denied
    if state not in may_become(IssueState(issue.state)):  # type: ignore[attr-defined]
        return not_now(_("This has already been decided. Please look at it as it is now."))
    return ALLOWED


def _belongs(seat: Seat, issue: Issue | None) -> Verdict:
    """None is one that is not found any more: it was entered in error meanwhile."""
    return ALLOWED if issue and issue.journey_id == seat.journey.id else hidden()


def may_write_in_box(seat: Seat, table: Table, box: str) -> Verdict:
    """Never refused for being late: after closing, words become their author's addition.

    What matters to the participant is theirs to write; in the room the guide writes it with them.
    """
    denied = first_denial(is_one_of_two(seat), is_open(seat))
    if denied and box == MATTERS and not (seat.is_participant or speaks_in_the_room(seat)):
        return not_yours(_("Only the participant can write here. You have your own boxes below."))
    return denied


# --- closing it ------------------------------------------------------------------------------------------


def may_acknowledge(seat: Seat, table: Table) -> Verdict:
    """Each side once, of a meeting that took place. Where the participant needn't, they may do so after it was closed."""
    denied = first_denial(is_one_of_two(seat), is_open(seat), _is_opened(table), took_place(table))
    if denied and table.record and side_of(seat) in sides_of(table.record):
        onward = reverse("sessions:meeting", args=[seat.journey.id, table.number])
        return not_now(_("You have acknowledged this already."), onward)
    return denied


def took_place(table: Table) -> Verdict:
    """Only what took place can be acknowledged."""
    if table.meeting.state in (MeetingState.MISSED, MeetingState.CANCELLED):  # type: ignore[attr-defined]
        onward = reverse("environment:room", args=[table.meeting.journey_id])
        return not_now(
            _("This did not take place. What is written here carries over to your next meeting."), onward
        )
    return ALLOWED


def may_miss(seat: Seat, table: Table) -> Verdict:
    """Once a meeting was opened and the other has not come: what was written is kept for the next one."""
    return first_denial(may_work_in_record(seat, table), may_note_missed(seat, table.meeting))


def may_close(seat: Seat, table: Table) -> Verdict:
    """The guide closes a meeting: notes what belongs in any record, and acknowledges it."""
    if seat.is_one_of_two and not seat.is_guide:
        return not_yours(_("Only the guide can record these. You acknowledge the record."))
    return may_acknowledge(seat, table)


def may_confirm(seat: Seat, table: Table) -> Verdict:
    """The participant acknowledges, without anything to fill in."""
    if seat.is_one_of_two and not seat.is_participant:
        return not_yours(_("Only the participant can do this. You acknowledge when you close the record."))
    return may_acknowledge(seat, table)


def may_note_acknowledgement(seat: Seat, table: Table) -> Verdict:
    """In the room, for a participant without an account."""
    if not speaks_in_the_room(seat):
        return not_yours(_("The participant acknowledges this themselves, signed in."))
    if table.record and Side.PARTICIPANT in sides_of(table.record):
        return not_now(_("This has already been acknowledged."))
    return is_open(seat)


# --- after it --------------------------------------------------------------------------------------------


def may_answer_questions(seat: Seat, table: Table) -> Verdict:
    """The four questions after a meeting are the participant's alone."""
    return first_denial(is_one_of_two(seat), is_participant(seat), is_open(seat), _is_opened(table))


def may_correct(seat: Seat, table: Table) -> Verdict:
    """Words in the wrong record can be hidden by the one who wrote them, as long as the journey is open."""
    return first_denial(is_one_of_two(seat), is_open(seat))


def may_mark_in_error(seat: Seat, table: Table, words_id: object, reason: str) -> Verdict:
    """Only by the one who wrote them, alone; and with a reason."""
    denied = may_correct(seat, table)
    if not denied:
        return denied
    if words_id not in {words.id for words in own_words(seat, table)}:
        return hidden()
    if not reason.strip():
        return not_now(_("Please say in a few words why they were entered in error."))
    return ALLOWED


def may_mark_issue_in_error(seat: Seat, table: Table, issue_id: object, reason: str) -> Verdict:
    """Only by the one who raised it, as long as it has not become a need; the step they made of it goes along."""
    denied = may_correct(seat, table)
    if not denied:
        return denied
    if issue_id not in {issue.id for issue in own_issues(seat, table)}:
        return hidden()
    if not reason.strip():
        return not_now(_("Please say in a few words why they were entered in error."))
    return ALLOWED
