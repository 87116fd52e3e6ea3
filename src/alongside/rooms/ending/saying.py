"""Saying something in an ending, and taking it back: what every action of its record does, behind the journey's row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alongside.goals.models import How
from alongside.journeys.actions import seat_of
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now

from .models import Ending, Saying
from .queries import ending_of, side_of
from .states import Said, Side


def fresh(by: Seat) -> tuple[Seat, Any]:
    """Seat and ending as they are now, behind the journey's row: two at once go through one after the other.

    The ending is None until it is begun, which the rules of its work refuse.
    """
    Journey.objects.select_for_update().get(id=by.journey.id)
    seat = seat_of(by.actor, by.journey)
    return seat, ending_of(seat)


@action(unrecorded_because="the action it is a part of is recorded")
def contribute(
    *,
    ending: Ending,
    said: Said,
    side: Side,
    word: str = "",
    about: str = "",
    on: dt.date | None = None,
    by: Seat,
) -> Saying:
    """Say something in an ending, on one side of it. For somebody without an account it is noted in the room."""
    how = How.SIGNED_IN if side == side_of(by) else How.IN_THE_ROOM
    return Saying.objects.create(
        ending=ending, said=said, side=side, word=word.strip(), about=about, on=on, how=how, by=by.actor
    )


@action(unrecorded_because="the action it is a part of is recorded")
def retract(*, ending: Ending, said: Said, about: str = "", by: Seat) -> int:
    """Take back what was said, on whichever side. It stays as a row, marked."""
    return Saying.objects.filter(ending=ending, said=said, about=about, taken_back_at=None).update(
        taken_back_at=now(), taken_back_by=by.actor
    )
