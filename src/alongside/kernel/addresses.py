"""Addresses of pages, worked out once for each door and then only filled in.

A page of a journey names thirty other doors. `reverse` works out each of them anew; between two journeys, or two
steps of one, they differ only in their parts.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

_NUMBER = 990_000_017
"""A stand-in for a number: no address of ours has it by itself."""


def address(door: str, *parts: UUID | int | str) -> str:
    """The address of a door, as `reverse(door, args=parts)` gives it; `NoReverseMatch` when there is none.

    Ids and numbers are filled in; a text belongs to the pattern, so it has to be one of few: a box, never a token.
    """
    found = _pattern(door, tuple(part if isinstance(part, str) else isinstance(part, UUID) for part in parts))
    for place, part in enumerate(parts):
        if not isinstance(part, str):
            found = found.replace(str(_stand_in(place, isinstance(part, UUID))), str(part), 1)
    return get_script_prefix() + found


@cache
def _pattern(door: str, parts: tuple[bool | str, ...]) -> str:
    """What follows the prefix under which a request is answered: that may be another the next time."""
    found = reverse(
        door,
        args=[part if isinstance(part, str) else _stand_in(place, part) for place, part in enumerate(parts)],
    )
    return found[len(get_script_prefix()) :]


@cache
def _stand_in(place: int, is_id: bool) -> UUID | int:
    return UUID(int=(0xA10_51DE << 96) + place) if is_id else _NUMBER + place
