"""What the doors of this room open."""

from __future__ import annotations

from typing import Any

from alongside.people.openings import Words, always, the_second

ENDING = Words("room_ending.ending", of=the_second)
KEEPSAKE = Words("room_ending.keepsake", of=the_second, figures=always)
FOLLOW_UP = Words("room_ending.followup", of=the_second)


def the_last(*found: Any) -> Any:
    return found[-1]


WISH = Words("room_ending.wayback", of=the_last)
