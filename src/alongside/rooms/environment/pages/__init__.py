"""What the pages of this room show: words and times ready to read."""

from .action import (
    after_page,
    booking_page,
    cancel_page,
    cannot_come_page,
    free_choices,
    missed_page,
    move_page,
    not_this_time,
)
from .places import places_page
from .room import room_page
from .said import when

__all__ = [
    "after_page",
    "booking_page",
    "cancel_page",
    "cannot_come_page",
    "free_choices",
    "missed_page",
    "move_page",
    "not_this_time",
    "places_page",
    "room_page",
    "when",
]
