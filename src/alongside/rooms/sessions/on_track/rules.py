"""Who is shown what is not on track in a meeting, and may decide on it."""

from __future__ import annotations

from alongside.goals.measuring.rules import may_answer_finding, may_see_on_track
from alongside.journeys.rules import may_guide
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict, first_denial

from ..record.queries import Table, is_closed
from ..record.rules import may_work_in_record, may_write_for_next_time


def may_review(seat: Seat, table: Table) -> Verdict:
    """The guide alone: the participant sees the same numbers beside their targets, without the word."""
    return may_see_on_track(seat)


def may_decide(seat: Seat, table: Table) -> Verdict:
    return may_answer_finding(seat)


def may_bring_up(seat: Seat, table: Table) -> Verdict:
    """Put it on the table of this meeting, in words for both, while its record is open."""
    return first_denial(may_guide(seat), may_work_in_record(seat, table))


def may_put_on_agenda(seat: Seat) -> Verdict:
    """Findings are for the guide to see, and so for the guide to bring up."""
    return first_denial(may_guide(seat), may_write_for_next_time(seat))


def is_looked_at(seat: Seat, table: Table) -> bool:
    """Before a meeting and while its record is open, as long as the journey goes on."""
    closed = table.record is not None and is_closed(table.record)
    return seat.is_guide and not closed and may_guide(seat).allowed
