"""Which programme a journey belongs to, said by its guide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import door

from .. import queries, rules
from ..actions import place_journey
from ..forms import PlaceForm
from ..pages.manage import placement_page


@door(rules.may_place_journey, load=seat_for, methods=("GET", "POST"), opens=JOURNEY)
def placement(request: HttpRequest, seat: Seat) -> HttpResponse:
    now = queries.programme_of(seat)
    choices = queries.programmes_to_place_in(seat.actor, seat.journey.kind, seat.journey.template)
    if now and now not in choices:
        choices = [now, *choices]  # it stays there, though its guide is no member of it
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        programmes=choices,
        initial={"programme": str(now.id) if now else ""},
    )
    if form.is_valid():
        if form.chosen != now:
            place_journey(programme=form.chosen, by=seat)
        messages.success(request, _("The programme is saved."))
        return redirect("journey_programme:placement", journey_id=seat.journey.id)
    page = placement_page(seat, now, choices, queries.placements_of(seat))
    return render(
        request,
        "programmes/placement.html",
        {"form": form, "page": page},
        status=422 if form.is_bound else 200,
    )
