"""A journey and the newest version of what leads it: its guide may go on with it, or keep what there is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.models import MaterialVersion
from alongside.journeys.openings import JOURNEY
from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from . import actions, queries, rules
from .pages.journey import led_by_page


@door(rules.may_see_what_leads, load=queries.led_by, opens=JOURNEY)
def led_by(request: HttpRequest, seat: Seat, newest: MaterialVersion) -> HttpResponse:
    return render(request, "material/led_by.html", {"page": led_by_page(seat, newest)})


@door(rules.may_take_up, load=queries.led_by, methods=("POST",), opens=LEADS_BACK)
def take_up(request: HttpRequest, seat: Seat, newest: MaterialVersion) -> HttpResponse:
    actions.take_up_version(version=newest, by=seat)
    messages.success(request, _("It goes on with version %(number)s.") % {"number": newest.number})
    return redirect("journey_material:led_by", journey_id=seat.journey.id)
