"""Today, and the list of one's journeys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from alongside.goals.measuring.many import raised_in
from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.rules import is_signed_in
from alongside.rooms.ending.handover.queries import asked_of
from alongside.rooms.ending.return_requests.queries import wishes_for

from ..forms import CaseloadForm
from ..pages.caseload import journeys_page
from ..pages.hallway import Beside, today_page
from ..queries import own_steps
from ..standing import standings, standings_and_waits
from ..standing_facts import Fact


@door(is_signed_in)
def today(request: HttpRequest, actor: Person) -> HttpResponse:
    seats = seats_of(actor)
    standing, waits = standings_and_waits(actor, seats)
    page = today_page(
        actor, seats, standing, raised_in(actor, seats), own_steps(actor), _beside(actor, seats, waits)
    )
    return render(request, "overview/today.html", {"page": page})


def _beside(actor: Person, seats: list[Seat], waits: list[Fact]) -> Beside:
    """What waits beside the journeys that go on. Nothing is asked where there is nothing; an administrator has more."""
    sorts = {fact.what for fact in waits}
    by_id = {seat.journey.id: seat for seat in seats}
    return Beside(
        handovers=tuple(asked_of(actor)) if "asked" in sorts else (),
        wishes=tuple(wishes_for(actor)) if "wish" in sorts or actor.is_administrator else (),
        again=tuple((by_id[fact.journey_id], fact.who) for fact in waits if fact.what == "again"),
    )


@door(is_signed_in)
def journeys(request: Request, actor: Person) -> HttpResponse:
    """One's journeys, all on one page; what is asked for stands in the address and can be kept as a bookmark."""
    seats = seats_of(actor)
    form = CaseloadForm(request.GET)
    page = journeys_page(actor, seats, standings(seats), raised_in(actor, seats), form.asked)
    template = "overview/caseload.html" if request.htmx else "overview/journeys.html"
    answer = render(request, template, {"page": page, "form": form})
    patch_vary_headers(answer, ["HX-Request"])
    return answer
