"""The doors for who is signed in. The one in the email is among those behind a link (`later/`)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Denial
from alongside.people.doors import door
from alongside.people.middleware import zone_of
from alongside.people.openings import LEADS_BACK, Nothing

from ..record.models import Ending
from ..record.queries import ended_on, room_for
from . import actions, pages, queries, rules
from .forms import RemindersForm

DAYS_ALONE = Nothing("The days on which one is reminded, and no word of what one is reminded of.")


@door(rules.may_open_reminders, load=room_for, methods=("GET", "POST"), opens=DAYS_ALONE)
def choose(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    form = _form(seat, ending, request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if not form.is_bound:
        demand(rules.may_choose_reminders(seat, ending))
    elif form.is_valid():
        try:
            actions.choose_reminders(days=form.chosen, weekly=form.cleaned_data["weekly"], by=seat)
        except Refused as refused:
            if refused.verdict.denial != Denial.NOT_NOW:
                raise
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("keepsake:page", seat.journey.id)
    facts = {"page": pages.choose_page(seat), "form": form}
    return render(request, "ending/keepsake_reminders/choose.html", facts, status=status)


def _form(seat: Seat, ending: Ending, data: Any) -> RemindersForm:
    plan, day = queries.plan_of(seat), today(str(zone_of(seat.participant.person)))
    return RemindersForm(
        data,
        since=ended_on(ending, seat) or day,
        today=day,
        planned=queries.days_ahead(seat, plan),
        weekly=plan.weekly if plan else None,
    )


@door(rules.may_stop_reminders, load=room_for, methods=("POST",), opens=LEADS_BACK)
def stop(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.stop_reminders(by=seat)
    messages.success(request, _("You will get no more reminders. You can undo this below."))
    return redirect("keepsake:page", seat.journey.id)


@door(rules.may_undo_stop, load=room_for, methods=("POST",), opens=LEADS_BACK)
def again(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.start_reminders_again(by=seat)
    messages.success(request, _("Your reminders are as they were."))
    return redirect("keepsake:page", seat.journey.id)
