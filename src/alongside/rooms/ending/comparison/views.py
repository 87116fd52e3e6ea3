"""The doors of then and now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.goals.actions import change_target
from alongside.goals.models import Target
from alongside.goals.queries import target_for
from alongside.goals.states import TargetState
from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..record.models import Ending
from ..record.openings import ENDING
from ..record.queries import room_for, speaks_in_the_room
from ..record.rules import may_look_back
from ..record.views import WRITES
from . import actions, forms, queries, rules
from .pages.then_and_now import then_and_now_page
from .pages.today import today_page


@door(may_look_back, load=room_for, opens=ENDING)
def then_and_now(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return _then_and_now(request, seat, ending, forms.LeaveOutForm())


@door(rules.may_leave_picture_out, load=room_for, methods=("POST",), opens=ENDING)
def leave_out(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    form = forms.LeaveOutForm(request.POST)
    if not form.is_valid():
        return _then_and_now(request, seat, ending, form, status=422)
    actions.leave_picture_out(reason=form.cleaned_data["reason"], by=seat)
    messages.success(request, _("It is left out, and the reason is given."))
    return redirect("ending:then_and_now", seat.journey.id)


def _then_and_now(
    request: HttpRequest, seat: Seat, ending: Ending, form: Any, status: int = 200
) -> HttpResponse:
    page = then_and_now_page(seat, ending)
    return render(request, "ending/then_and_now.html", {"page": page, "form": form}, status=status)


@door(rules.may_look_at_today, load=room_for, methods=WRITES, opens=ENDING)
def today(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    found = queries.asked_today(seat)
    data = request.POST if request.method == "POST" else None
    form = forms.TodayForm(data, needs=found.needs, targets=found.targets, latest=found.latest)
    if data is not None and form.is_valid():
        readings = {
            target: value for id_, value in form.readings.items() if (target := target_for(seat, id_))
        }
        actions.look_at_today(entries=form.entries, readings=readings, by=seat)
        messages.success(request, _("Today's picture is saved, beside the first one."))
        return redirect("ending:then_and_now", seat.journey.id)
    page = today_page(seat, in_the_room=speaks_in_the_room(seat))
    return render(
        request, "ending/today.html", {"page": page, "form": form}, status=422 if data is not None else 200
    )


@door(rules.may_call_reached, load=queries.target_in, methods=("POST",), opens=LEADS_BACK)
def reached(request: HttpRequest, seat: Seat, ending: Ending, target: Target) -> HttpResponse:
    change_target(target=target, state=TargetState.REACHED, by=seat)
    messages.success(request, _("Reached."))
    return redirect("ending:then_and_now", seat.journey.id)
