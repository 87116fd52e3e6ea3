"""What is not on track, reviewed from a meeting: look, decide, bring it up, now or next time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from alongside.goals.alerts import Alert
from alongside.goals.measuring.actions import answer_finding
from alongside.goals.measuring.forms import DecisionForm
from alongside.goals.measuring.openings import MEASURED
from alongside.goals.measuring.queries import Tracked, tracked
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.kernel.errors import NotThisMoment
from alongside.people.doors import Request, door
from alongside.people.openings import LEADS_BACK

from ..record.queries import Table, open_table_for, table_for
from ..supervision_cases.queries import outcomes_of
from . import actions, rules
from .pages import alone_page

POST = ("POST",)


def decision_form(number: int, alert: Alert, data: Any = None) -> DecisionForm:
    """The form of one finding among several on a page: each field has an id of its own."""
    return DecisionForm(data, auto_id=f"id_{number}_%s")


@door(rules.may_review, load=table_for, opens=MEASURED)
def review(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """The whole page, or what stands of it beside the meeting."""
    response = _show(request, seat, table, tracked(seat))
    patch_vary_headers(response, ["HX-Request"])
    return response


@door(rules.may_decide, load=table_for, methods=POST, opens=MEASURED)
def decide(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """Say what was decided about one finding. What was typed comes back where it needs another look."""
    found = tracked(seat)
    alert = _alert(request, found)
    if alert is None:
        raise NotThisMoment(_("This no longer applies: something new is known."), _to(seat, table))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, seat, table, found, status=422, typed=alert)
    answer_finding(alert=alert, **form.cleaned_data, by=seat)
    messages.success(request, _("Saved. You will not be reminded until something new is known."))
    return redirect(_to(seat, table))


@door(rules.may_bring_up, load=open_table_for, methods=POST, opens=LEADS_BACK)
def bring_up(request: HttpRequest, seat: Seat, table: Table) -> HttpResponse:
    alert = _alert(request, tracked(seat))
    if alert is None:
        raise NotThisMoment(_("This no longer applies: something new is known."), _to(seat, table))
    actions.bring_up(table=table, finding=alert.finding, by=seat)
    messages.success(request, _("It is on today's list, in words you can both read."))
    return redirect(_to(seat, table))


@door(rules.may_put_on_agenda, load=seat_for, methods=("POST",), opens=LEADS_BACK)
def add_finding(request: HttpRequest, seat: Seat) -> HttpResponse:
    key = (request.POST.get("rule", ""), request.POST.get("subject", ""))
    finding = next((each.finding for each in tracked(seat).alerts if each.finding.key == key), None)
    if finding is None:
        messages.warning(request, _("This no longer applies: something new is known."))
    else:
        actions.put_on_agenda(finding=finding, by=seat)
        messages.success(request, _("It is now under “for next time”. You can both read it there."))
    return redirect(address("goals:on_track", seat.journey.id))


def _alert(request: HttpRequest, found: Tracked) -> Alert | None:
    key = (request.POST.get("rule", ""), request.POST.get("subject", ""))
    return next((alert for alert in found.alerts if alert.finding.key == key), None)


def _to(seat: Seat, table: Table) -> str:
    return address("sessions:meeting", seat.journey.id, table.number)


def _show(
    request: Request, seat: Seat, table: Table, found: Tracked, status: int = 200, typed: Alert | None = None
) -> HttpResponse:
    def form_of(number: int, alert: Alert) -> DecisionForm:
        return decision_form(number, alert, request.POST if alert == typed else None)

    within = bool(request.htmx) and request.method == "GET"
    page = alone_page(seat, table, found, outcomes_of(seat), form_of, brief=within)
    template = "sessions/alone.html" if within else "sessions/on_track.html"
    return render(request, template, {"page": page}, status=status)
