"""The questionnaires that are due before the meeting that comes next, where one looks first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from alongside.goals.measuring.pages_schedule import DuePanel, due_panel
from alongside.goals.measuring.schedule import Coming, DueForm, due_before
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.addresses import address

from .journey_summary import JourneySummary

ASKING = (JourneyState.PREPARING, JourneyState.ACTIVE, JourneyState.ENDING)


def due_next(seat: Seat, summary: JourneySummary) -> DuePanel | None:
    """While one of them is still to be answered; nothing while no meeting is booked, nor while a journey rests."""
    if not summary.has_schedule and not seat.kind.template(seat.journey.template).asked_forms:
        return None
    coming = _coming(seat, summary)
    due = due_before([coming] if coming else []).get(seat.journey.id, ())
    return _open_panel(seat, due, address("overview:journey", seat.journey.id))


def due_today(seats: Iterable[Seat], summaries: Mapping[UUID, JourneySummary]) -> dict[UUID, DuePanel]:
    """The same for every journey in which the reader is the participant. Nothing is asked for anybody else."""
    own = [seat for seat in seats if seat.is_participant]
    coming = [one for seat in own if (one := _coming(seat, summaries[seat.journey.id]))]
    due = due_before(coming)
    back = reverse("overview:today")
    panels = {
        each.seat.journey.id: _open_panel(each.seat, due.get(each.seat.journey.id, ()), back)
        for each in coming
    }
    return {journey_id: panel for journey_id, panel in panels.items() if panel}


def _coming(seat: Seat, summary: JourneySummary) -> Coming | None:
    ahead = summary.next
    if ahead is None or seat.state not in ASKING:
        return None
    return Coming(seat, ahead.number, seat.state == JourneyState.ENDING, summary.last_at)


def _open_panel(seat: Seat, due: Sequence[DueForm], back: str) -> DuePanel | None:
    panel = due_panel(seat, due, back)
    return panel if panel and panel.is_open else None
