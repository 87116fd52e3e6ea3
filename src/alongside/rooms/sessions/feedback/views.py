"""How the meetings were, for the two who met."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import Request, door

from ..record import rules
from ..record.openings import note_opening
from .pages import felt_page
from .queries import felt_in


@door(rules.may_enter_room, load=seat_for)
def felt(request: Request, seat: Seat) -> HttpResponse:
    note_opening(request, seat, "sessions.felt", seat.journey.id)
    return render(request, "sessions/felt.html", {"page": felt_page(seat, felt_in(seat))})
