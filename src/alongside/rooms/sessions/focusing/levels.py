"""The five levels and the boxes of each: where one writes, under which name, and who reads it.

Each level is a place of its own, so that one level can be shared without the others.
"""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.kinds.shapes import FOCUSING_KEYS, PERSPECTIVE_KEYS
from alongside.journeys.models import Visibility
from alongside.journeys.words import Box

WIDE, DESCRIBE, EXPLORE, NARROW, ACT = FOCUSING_KEYS
NUMBER_OF = {key: number for number, key in enumerate(FOCUSING_KEYS, start=1)}
SHAREABLE = (WIDE, DESCRIBE, EXPLORE, NARROW)
"""The act is shared by itself: it becomes a step of the plan."""

PLACE = "focusing_"
LATER = "focusing_later"

TOPICS, CHOSEN, HOW_ARE_YOU = "topics", "chosen_topic", "how_are_you"
ACCOUNT, FEELING = "account", "feeling_then"
PATTERNS, PERSPECTIVE = "patterns", "perspective_"
INSIGHT, OPTIONS, FOCUS = "insight", "options", "focus"

WRITTEN: dict[str, tuple[str, ...]] = {
    WIDE: (HOW_ARE_YOU,),
    DESCRIBE: (ACCOUNT, FEELING),
    EXPLORE: (PATTERNS, *(PERSPECTIVE + key for key in PERSPECTIVE_KEYS)),
    NARROW: (INSIGHT, OPTIONS, FOCUS),
    ACT: (),
}
"""The boxes one types in, by level. Topics are put down one by one; the act is a form of its own."""


def place_of(level: str) -> str:
    return PLACE + level


PLACES = tuple(place_of(level) for level in SHAREABLE)


def box_in(focusing_id: UUID, level: str, name: str, *, together: bool, shared: bool) -> Box:
    """A box of one level: both write in it when they focus together; else it is its author's, and theirs to share."""
    if together:
        return Box(place_of(level), focusing_id, name, Visibility.OURS)
    return Box(place_of(level), focusing_id, name, Visibility.OURS if shared else Visibility.MINE, own=True)


def kept_topics(journey_id: UUID, *, together: bool) -> Box:
    """Topics that were not chosen and are kept for another time: one's own, or what both kept."""
    return Box(LATER, journey_id, TOPICS, Visibility.OURS if together else Visibility.MINE, own=not together)


def lines_of(text: str) -> tuple[str, ...]:
    """A list that was written one on each line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
