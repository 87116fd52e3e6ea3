"""What the tests of this room stand on: booked meetings, opened records, targets and steps, straight into the rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from alongside.goals import actions as goals
from alongside.goals.models import Need, Target
from alongside.goals.states import TargetState
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.rooms.environment.models import Meeting, MeetingStateRecord, Place
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.models import MeetingRecord
from tests.cast import Cast

LONDON = ZoneInfo("Europe/London")


def place_of(cast: Cast) -> Place:
    known = Place.objects.filter(organisation=cast.organisation).first()
    return known or Place.objects.create(
        organisation=cast.organisation, kind="room", name="Room 3", is_private=True
    )


def booked(
    cast: Cast, journey: Journey, number: int | None = 2, *, state: str = "planned", days: float = 0
) -> Meeting:
    """A meeting of the two, an hour ago plus so many days."""
    starts_at = now() + dt.timedelta(days=days) - dt.timedelta(minutes=10)
    on_the_wall = starts_at.astimezone(LONDON)
    meeting = Meeting.objects.create(
        journey=journey,
        number=number,
        guide=cast.guide,
        place=place_of(cast),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=45),
        minutes=45,
        zone="Europe/London",
        wall_date=on_the_wall.date(),
        wall_time=on_the_wall.time(),
        booked_by=cast.guide,
    )
    MeetingStateRecord.objects.create(meeting=meeting, state=MeetingState(state), by=cast.guide)
    return meeting


def opened(cast: Cast, journey: Journey, number: int = 2) -> MeetingRecord:
    """A meeting of today whose record has been opened."""
    booked(cast, journey, number)
    return actions.start_meeting(number=number, by=cast.seat(cast.guide, journey))


def target(seat: Seat, difference: str = "I lead a ward round", measure: str = "rating-0-10") -> Target:
    need = Need.objects.filter(journey=seat.journey).first() or goals.propose_need(
        statement="Confidence", by=seat
    )
    wording = goals.Wording(difference=difference, measure=measure, baseline=Decimal(2), aim=Decimal(8))
    found = goals.propose_target(need=need, wording=wording, by=seat)
    goals.TargetStateRecord.objects.create(target=found, state=TargetState.AGREED, by=seat.actor)
    return found


def closing(seat: Seat, **changes: object) -> actions.Closing:
    two = (seat.guide.person.id, seat.participant.person.id)
    return actions.Closing(**{"minutes_taken": 45, "present": two, "safety_raised": False, **changes})  # type: ignore[arg-type]
