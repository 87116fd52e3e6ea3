"""How the meetings were, for the two who met."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import Request, door
from alongside.people.openings import Words

from ..record import rules
from .pages import felt_page
from .queries import felt_in


def is_any(seat: Seat) -> bool:
    return bool(felt_in(seat))


@door(rules.may_enter_room, load=seat_for, opens=Words("sessions.felt", figures=is_any))
def felt(request: Request, seat: Seat) -> HttpResponse:
    return render(request, "sessions/felt.html", {"page": felt_page(seat, felt_in(seat))})
