"""What stands on a meeting's pages beside its record: an answer about harm, what is asked, cases; what is the guide's.

The page of a meeting is opened often, and by both. What is the guide's alone is worked out at an address of its own
(`on_track`), which the page asks for once it is shown; without JavaScript it is a link.
"""

from __future__ import annotations

from typing import Any

from alongside.goals.measuring.pages_schedule import DuePanel, due_panel
from alongside.goals.measuring.schedule import asked_before, due_forms
from alongside.goals.safety.pages import DoneView, SafetyAlert, alert_of, done_of
from alongside.goals.safety.queries import answered_notices, open_notices
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.addresses import address
from alongside.rooms.environment.queries import meetings_of
from alongside.rooms.first_meeting.queries import safety_plan

from ..on_track.rules import is_looked_at
from ..record.queries import Table, is_closed
from ..reflection.rules import may_reflect
from ..supervision_cases.queries import cases_at
from ..supervision_cases.table_pages import cases_here


def beside(seat: Seat, table: Table) -> dict[str, Any]:
    """One query where cases are heard, one for what was done about safety once it is closed, none elsewhere."""
    alone = address("track:review", seat.journey.id, table.number) if is_looked_at(seat, table) else ""
    cases = cases_here(seat, cases_at(seat, table), table)
    closed = table.record is not None and is_closed(table.record)
    return {
        "cases": cases,
        "alone_url": alone,
        "alert": alert_here(seat, table),
        "due": None if closed else due_here(seat, table),
        "safety_done": safety_done(seat, table) if closed else (),
    }


def due_here(seat: Seat, table: Table) -> DuePanel | None:
    """The questionnaires asked before this meeting, and how it stands with them since the one before."""
    asked = asked_before(seat, number=table.number, is_last=seat.state == JourneyState.ENDING)
    if not asked:
        return None
    earlier = [
        each.starts_at
        for each in meetings_of(seat)
        if each.number is not None and each.number < table.number and each.has_started
    ]
    back = address("sessions:meeting", seat.journey.id, table.number)
    return due_panel(seat, due_forms(seat, asked, max(earlier, default=None)), back)


def safety_done(seat: Seat, table: Table) -> tuple[DoneView, ...]:
    """What was done about answers given since the meeting before, up to the end of this one, as its copies have it."""
    if not seat.is_one_of_two:
        return ()
    found = answered_notices(seat, until=table.meeting.ends_at)
    before = (each.ends_at for each in meetings_of(seat) if each.number == table.number - 1) if found else ()
    since = next(iter(before), None)
    return done_of(seat, [each for each in found if since is None or each.created_at > since])


def alert_here(seat: Seat, table: Table) -> SafetyAlert | None:
    """An answer about harm nobody has answered yet, at once and above all else: for whoever guides. What the page has
    asked already says whether there is one."""
    known = table.pulse is None or table.pulse.open_notices
    notices = open_notices(seat) if seat.is_guide and known else []
    back = address("sessions:meeting", seat.journey.id, table.number)
    return alert_of(seat, notices, safety_plan(seat), back=back) if notices else None


def own_look_back(seat: Seat, table: Table) -> str:
    """Where the guide looks back on how they helped; "" for everybody else."""
    return address("reflecting:reflect", seat.journey.id, table.number) if may_reflect(seat, table) else ""
