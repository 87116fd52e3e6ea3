"""What every page of a journey is given: the path above it, worked out only when a template shows it; and whether it is
restricted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.journeys.restriction import RESTRICTED

from .journey_summary import path_summary
from .pages.path import path_of


def path(request: HttpRequest) -> dict[str, Any]:
    """`journey_path`, and what is said where only keeping is allowed, for the two whose journey it is.

    A view that knows the standing gives its own.
    """
    seat = getattr(request, "seat", None)
    if seat is None or not seat.is_one_of_two:
        return {}
    restricted = RESTRICTED if seat.is_restricted else ""
    return {
        "journey_path": SimpleLazyObject(lambda: path_of(seat, path_summary(seat))),
        "restricted": restricted,
    }
