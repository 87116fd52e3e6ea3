"""Saying when questionnaires are asked in a journey."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import door

from . import actions, pages, queries, rules
from .forms_schedule import ScheduleForm
from .schedule import schedule_of


@door(rules.may_set_schedule, load=seat_for, methods=("GET", "POST"), opens=JOURNEY)
def schedule(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = ScheduleForm(
        queries.offered_forms(seat), schedule_of(seat), request.POST if request.method == "POST" else None
    )
    if form.is_bound and form.is_valid():
        actions.set_schedule(asked=form.asked, by=seat)
        messages.success(request, _("Saved."))
        return redirect(pages.where(seat, "lines"))
    shown = {"form": form, "back": pages.where(seat, "lines")}
    return render(request, "goals/schedule.html", shown, status=422 if form.is_bound else 200)
