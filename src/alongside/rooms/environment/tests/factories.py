"""Places and times for the tests of this room."""

import datetime as dt

import pytest

from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.models import Person
from alongside.rooms.environment.actions import PlaceWords, book_meeting, make_place
from alongside.rooms.environment.models import Meeting, Place


def at(days: int, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A whole hour some days from now, in UTC."""
    day = now().astimezone(dt.UTC) + dt.timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def room(owner: Person, name: str = "Quiet room", **words: object) -> Place:
    said = {"kind": "room", "name": name, "details": "First floor", "is_private": True, **words}
    return make_place(words=PlaceWords(**said), by=owner)


def booked(seat: Seat, place: Place, starts_at: dt.datetime, minutes: int = 60, **more: object) -> Meeting:
    """A booked meeting, read as a door would find it."""
    from alongside.rooms.environment.queries import meeting_in

    meeting = book_meeting(place=place, starts_at=starts_at, minutes=minutes, by=seat, **more)
    return meeting_in(seat, meeting_id=meeting.id)


@pytest.fixture
def journey(cast):
    return cast.journey()


@pytest.fixture
def seat(cast, journey) -> Seat:
    return cast.seat(cast.guide, journey)


@pytest.fixture
def place(cast) -> Place:
    return room(cast.guide, participants_may_book=True)
