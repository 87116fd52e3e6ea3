"""What the doors to booking have in common: the first times that suit, as links."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from alongside.journeys.seat import Seat
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..models import Meeting, Place
from ..pages.times import Suggested, suggested_times
from ..queries import guide_for
from ..queries.slots import Suiting, first_times

COUNT = 15


def people_of(seat: Seat) -> list[Person]:
    """Those who meet: who guides it, and the participant."""
    return [guide_for(seat), seat.participant.person]


def since(request: HttpRequest) -> dt.datetime | None:
    """`?since=2026-12-01`: look from that day on, by the reader's clocks."""
    try:
        day = dt.date.fromisoformat(request.GET.get("since", ""))
        return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())
    except (ValueError, OverflowError):
        return None


def minutes_of(request: HttpRequest, seat: Seat) -> int:
    asked = request.GET.get("minutes", "")
    fits = asked.isascii() and asked.isdigit() and 5 <= int(asked[:4]) <= 480
    return int(asked[:4]) if fits else seat.journey.meeting_minutes


def suiting(
    request: HttpRequest, seat: Seat, places: list[Place], minutes: int, **more: UUID | int | None
) -> list[Suiting]:
    if not places:
        return []
    people = people_of(seat)
    asked = {"count": COUNT, "since": since(request), **more}
    return first_times(people, places, minutes=minutes, zone=zone_of(people[0]), **asked)  # type: ignore[arg-type]


def suggested(
    request: HttpRequest, seat: Seat, places: list[Place], here: str, meeting: Meeting | None = None
) -> Suggested | None:
    """Nothing while a form is being sent: then its own answer says what is free."""
    if request.method != "GET":
        return None
    minutes = meeting.minutes if meeting else minutes_of(request, seat)
    found = suiting(request, seat, places, minutes, besides=meeting.id if meeting else None)
    asked = {"minutes": str(minutes)}
    if request.GET.get("next"):
        asked["next"] = request.GET["next"]
    zone = zone_of(guide_for(seat))
    return suggested_times(found, zone=zone, places=places, here=here, asked=asked)
