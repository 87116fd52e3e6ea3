"""Today, and the list of one's journeys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.journeys.queries import seats_of
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.rules import is_signed_in

from ..pages.hallway import journeys_page, today_page
from ..queries import own_steps
from ..standing import standings


@door(is_signed_in)
def today(request: HttpRequest, actor: Person) -> HttpResponse:
    seats = seats_of(actor)
    page = today_page(actor, seats, standings(seats), own_steps(actor))
    return render(request, "overview/today.html", {"page": page})


@door(is_signed_in)
def journeys(request: HttpRequest, actor: Person) -> HttpResponse:
    seats = seats_of(actor)
    page = journeys_page(actor, seats, standings(seats))
    return render(request, "overview/journeys.html", {"page": page})
