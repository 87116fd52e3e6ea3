"""Naming further people in a journey, and letting them go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys import rules
from alongside.journeys.actions import let_person_leave
from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import NAMED, Part
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial, hidden
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from .. import actions, queries
from ..forms import NameSomebodyForm
from ..pages.people import people_page


@door(rules.may_name_people, load=seat_for, opens=JOURNEY)
def people(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _page(request, seat, NameSomebodyForm(seat=seat))


@door(rules.may_name_people, load=seat_for, methods=("POST",), limit="names", opens=JOURNEY)
def name_somebody(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = NameSomebodyForm(request.POST, seat=seat)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    facts = form.cleaned_data
    try:
        actions.name_somebody(name=facts["name"], email=facts["email"], part=Part(facts["part"]), by=seat)
    except Refused as refused:
        if refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return _page(request, seat, form, status=409)
    messages.success(
        request, _("%(name)s has been added, and an email has been sent.") % {"name": facts["name"]}
    )
    return redirect("overview:people", journey_id=seat.journey.id)


@door(rules.may_name_people, load=seat_for, methods=("POST",), opens=LEADS_BACK)
def let_go(request: HttpRequest, seat: Seat) -> HttpResponse:
    member = queries.member_of(seat, request.POST.get("member_id", ""))
    if member is None or member.part not in NAMED:
        raise Refused(hidden())
    let_person_leave(member=queries.membership(seat, member), by=seat)
    messages.success(request, _("%(name)s no longer takes part.") % {"name": member.name})
    return redirect("overview:people", journey_id=seat.journey.id)


def _page(request: HttpRequest, seat: Seat, form: NameSomebodyForm, status: int = 200) -> HttpResponse:
    return render(request, "overview/people.html", {"page": people_page(seat), "form": form}, status=status)
