"""What every page is given: where help is now, for a person who may be low and writes there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from alongside.journeys.seat import Seat

from .pages import Crisis, crisis_of


def before_words(request: HttpRequest) -> dict[str, Any]:
    """`before_words`: worked out only on a page that has something to write in (`{% where_one_writes %}`). Who came by
    a link sits in a seat too."""
    seat = getattr(request, "seat", None) or getattr(request, "seat_by_link", None)
    # a door that only asks whether something changed loads no seat
    if not isinstance(seat, Seat) or not seat.is_participant:
        return {}
    return {"before_words": SimpleLazyObject(lambda: _before(seat))}


def _before(seat: Seat) -> SafeString | str:
    crisis: Crisis | None = crisis_of(seat)
    return render_to_string("goals/_crisis.html", {"crisis": crisis}) if crisis else ""
