"""What the doors to booking have in common: the first times that suit, as links."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from .. import local_time
from ..models import Meeting, Place
from ..pages.action import Chosen, chosen_time
from ..pages.times import Suggested, suggested_times
from ..queries import guide_for
from ..queries.slots import Suiting, days_that_suit, first_times

COUNT = 15
ALL_OF_A_DAY = 48


def people_of(seat: Seat) -> list[Person]:
    """Those who meet: who guides it, and the participant."""
    return [guide_for(seat), seat.participant.person]


def since(request: HttpRequest) -> dt.datetime | None:
    """`?since=2026-12-01`: look from that day on, by the reader's clocks."""
    return _day_named(request, "since")


def _day_named(request: HttpRequest, name: str) -> dt.datetime | None:
    try:
        day = dt.date.fromisoformat(request.GET.get(name, ""))
        return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())
    except (ValueError, OverflowError):
        return None


def _how_many(request: HttpRequest) -> dict[str, Any]:
    """Some times of the next days; `?day=2026-12-01`: all of that day, or of the next that has one."""
    of_day = _day_named(request, "day")
    if of_day:
        return {"since": of_day, "count": 1, "most_a_day": ALL_OF_A_DAY}
    return {"since": since(request)}


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
    people = people_of(seat)
    zone, asked = zone_of(people[0]), {"minutes": str(minutes)}
    if request.GET.get("next"):
        asked["next"] = request.GET["next"]
    found = (
        days_that_suit(
            people,
            places,
            minutes=minutes,
            zone=zone,
            by=zone_of(seat.actor),
            **_how_many(request),
            besides=meeting.id if meeting else None,
        )
        if places
        else []
    )
    return suggested_times(
        found, zone=zone, people=people, reader=seat.actor, places=places, here=here, asked=asked
    )


def chosen(
    request: HttpRequest, seat: Seat, places: list[Place], here: str, meeting: Meeting | None = None
) -> Chosen | None:
    """The time a link names in full, where there is one such moment to come; None for all else."""
    if request.method != "GET" or request.GET.get("own"):
        return None
    asked = request.GET.dict()
    kept = str(meeting.place_id) if meeting else ""
    place = next((one for one in places if str(one.id) == asked.get("place", kept)), None)
    try:
        wall = dt.datetime.fromisoformat(f"{asked['date']}T{asked['time']}")
        named = local_time.moments(wall, zone_of(guide_for(seat)))
    except (KeyError, ValueError, OverflowError):
        return None
    if place is None or len(named) != 1 or named[0] <= now():
        return None
    minutes = meeting.minutes if meeting else minutes_of(request, seat)
    return chosen_time(seat, place, named[0], minutes, here, asked)
