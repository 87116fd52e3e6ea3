"""Questions about being reminded: what holds, and what is due now."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import state_of_journey
from alongside.journeys.restriction import looked_over, written_to_afterwards
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.clock import now, today
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.rooms.environment.queries.calendars import wishes_of

from ..record.queries import may_write_now
from ..record.states import AFTER
from .models import KeepsakeEmail, KeepsakePlan


def plan_of(seat: Seat) -> KeepsakePlan | None:
    """What holds; None while nothing was ever said."""
    return latest_plan(seat.journey.id)


def latest_plan(journey_id: UUID) -> KeepsakePlan | None:
    rows = KeepsakePlan.objects.filter(journey=journey_id).select_related("stopped")
    return rows.order_by("-created_at", "-id").first()


def days_ahead(seat: Seat, plan: KeepsakePlan | None) -> list[dt.date]:
    """Those of the plan that have not gone by. Today is one of them: whoever changes the days in the morning keeps it."""
    day = today(str(zone_of(seat.participant.person)))
    return [each for each in plan.dates if each >= day] if plan else []


class Due(NamedTuple):
    journey_id: UUID
    on: dt.date


def due_now() -> list[Due]:
    """Who is reminded today, by their own clocks, from eight on and outside of their quiet hours. Four queries.

    A day that has gone by is not made up for: an email about it would come out of nowhere.
    """
    latest = KeepsakePlan.objects.filter(journey=OuterRef("journey")).order_by("-created_at", "-id")
    plans = KeepsakePlan.objects.filter(
        looked_over(), written_to_afterwards(), id=Subquery(latest.values("id")[:1])
    ).annotate(journey_is=state_of_journey("journey"))
    plans = plans.filter(journey_is__in=[str(state) for state in AFTER])
    wanted = {plan.journey_id: plan for plan in plans if not plan.is_empty}
    if not wanted:
        return []
    people = _reachable(list(wanted))
    wishes, moment = wishes_of(people.values()), now()
    found = []
    for journey_id, person in people.items():
        day = moment.astimezone(zone_of(person)).date()
        if wanted[journey_id].falls_on(day) and may_write_now(person, moment, wishes[person.id].quiet):
            found.append(Due(journey_id, day))
    written = set(
        KeepsakeEmail.objects.filter(journey__in=[due.journey_id for due in found]).values_list(
            "journey_id", "on"
        )
    )
    return [due for due in found if tuple(due) not in written]


def _reachable(journeys: list[UUID]) -> dict[UUID, Person]:
    """The participants who can be written to: no closed account, and an address."""
    rows = JourneyMember.objects.filter(
        journey__in=journeys, part=Part.PARTICIPANT, left_at=None, person__is_active=True
    ).exclude(person__email="")
    return {row.journey_id: row.person for row in rows.select_related("person__user")}


def email_to_post(email_id: str) -> KeepsakeEmail:
    return KeepsakeEmail.objects.select_related("recipient__user").get(id=email_id)
