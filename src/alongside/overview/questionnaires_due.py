"""The questionnaires that are due before the meeting that comes next, where one looks first."""

from __future__ import annotations

from alongside.goals.measuring.pages_schedule import DuePanel, due_panel
from alongside.goals.measuring.schedule import asked_before, due_forms
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.addresses import address

from .journey_summary import JourneySummary

ASKING = (JourneyState.PREPARING, JourneyState.ACTIVE, JourneyState.ENDING)


def due_next(seat: Seat, summary: JourneySummary) -> DuePanel | None:
    """While one of them is still to be answered; nothing while no meeting is booked, nor while a journey rests."""
    coming = summary.next
    if coming is None or seat.state not in ASKING:
        return None
    if not summary.has_schedule and not seat.kind.template(seat.journey.template).asked_forms:
        return None
    asked = asked_before(seat, number=coming.number, is_last=seat.state == JourneyState.ENDING)
    due = due_forms(seat, asked, summary.last_at)
    panel = due_panel(seat, due, address("overview:journey", seat.journey.id))
    return panel if panel and panel.is_open else None
