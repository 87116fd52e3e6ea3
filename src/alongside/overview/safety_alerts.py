"""The alerts one finds before everything else: answers about harm where one guides, and those passed on to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from alongside.goals.measuring.many import Raised
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.safety.pages import SafetyAlert, alert_for_reader, alert_of
from alongside.goals.safety.queries import open_notices, open_notices_in, two_of
from alongside.journeys.actions import seat_of
from alongside.journeys.seat import Seat
from alongside.rooms.first_meeting.queries import safety_plan


def alerts_for(
    seats: Iterable[Seat], raised: Mapping[UUID, Raised], passed_on: Iterable[SafetyNotice]
) -> tuple[SafetyAlert, ...]:
    """Where nothing is raised, nothing more is asked. What one guides oneself has not been passed on to one."""
    concerned = {
        seat.journey.id: seat
        for seat in seats
        if seat.is_guide and (found := raised.get(seat.journey.id)) and found.safety
    }
    notices = open_notices_in(concerned) if concerned else {}
    own = [
        alert_of(concerned[journey], rows, safety_plan(concerned[journey]))
        for journey, rows in notices.items()
    ]
    return (
        *(alert for alert in own if alert),
        *(alert_passed_on(one) for one in passed_on if one.journey_id not in concerned),
    )


def alert_in(seat: Seat) -> SafetyAlert | None:
    """The alert of one journey, for whoever guides it."""
    notices = open_notices(seat) if seat.is_guide else []
    return alert_of(seat, notices, safety_plan(seat)) if notices else None


def alert_passed_on(notice: SafetyNotice, *, error: str = "", typed: str = "") -> SafetyAlert:
    """A notice that was passed on, with the plan as the guide reads it."""
    guide, participant = two_of(notice.journey)
    plan = safety_plan(seat_of(guide.person, notice.journey))
    return alert_for_reader(notice, guide, participant, plan, error=error, typed=typed)
