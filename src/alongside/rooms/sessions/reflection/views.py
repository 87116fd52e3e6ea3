"""The guide's own look back: after a meeting, and over all of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import Journeys, OpenedThing
from alongside.people.rules import is_signed_in

from ..record.openings import REFLECTION
from ..record.pages.said import title_of
from ..record.queries import Table, open_table_for
from . import actions, queries, rules
from .forms import ReflectionForm
from .models import SKILLS
from .pages import reflections_page


@door(rules.may_reflect, load=open_table_for, methods=("GET", "POST"), opens=REFLECTION)
def reflect(request: HttpRequest, seat: Seat, table: Table) -> HttpResponse:
    form = ReflectionForm(request.POST if request.method == "POST" else None, initial=_kept(seat, table))
    if form.is_valid():
        given = form.cleaned_data
        actions.reflect(
            table=table, skills={skill: given[skill] for skill in SKILLS}, words=given["words"], by=seat
        )
        messages.success(request, _("Saved, for you only."))
        return redirect("reflections:mine")
    back = address("sessions:meeting", seat.journey.id, table.number)
    facts = {"form": form, "title": title_of(seat, table.number), "back": back}
    return render(request, "sessions/reflect.html", facts, status=422 if form.is_bound else 200)


def _kept(seat: Seat, table: Table) -> dict[str, object]:
    kept = queries.reflection_on(seat, table)
    return {skill: getattr(kept, skill) for skill in SKILLS} | {"words": str(kept.words)} if kept else {}


@door(is_signed_in, opens=Journeys("sessions.reflection"))
def mine(request: Request, actor: Person) -> HttpResponse:
    """One's own, over all the journeys one guides or guided. Nobody else has a door to it, whatever their role."""
    seats = {seat.journey.id: seat for seat in seats_of(actor) if seat.is_guide}
    reflections = queries.reflections_of(actor)
    request.opened = [OpenedThing(one.journey_id) for one in reflections]
    page = reflections_page(reflections, seats)
    return render(request, "sessions/reflections.html", {"page": page})
