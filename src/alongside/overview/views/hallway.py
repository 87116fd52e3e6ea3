"""Today, and the list of one's journeys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from alongside.goals.measuring.many import raised_in
from alongside.journeys.queries import seats_of
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.rules import is_signed_in

from ..forms import CaseloadForm
from ..pages.caseload import journeys_page
from ..pages.hallway import today_page
from ..queries import own_steps
from ..standing import standings


@door(is_signed_in)
def today(request: HttpRequest, actor: Person) -> HttpResponse:
    seats = seats_of(actor)
    page = today_page(actor, seats, standings(seats), raised_in(actor, seats), own_steps(actor))
    return render(request, "overview/today.html", {"page": page})


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
