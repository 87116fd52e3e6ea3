"""The door through which a finding gets on the agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.goals.measuring.queries import tracked
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.people.doors import door

from .. import rules
from .actions import put_on_agenda


@door(rules.may_put_on_agenda, find=seat_for, methods=("POST",))
def add_finding(request: HttpRequest, seat: Seat) -> HttpResponse:
    key = (request.POST.get("rule", ""), request.POST.get("subject", ""))
    finding = next((each.finding for each in tracked(seat).flags if each.finding.key == key), None)
    if finding is None:
        messages.warning(request, _("This no longer holds: something new is known."))
    else:
        put_on_agenda(finding=finding, by=seat)
        messages.success(request, _("It stands under “for next time” now. Both of you can read it there."))
    return redirect(address("goals:on_track", seat.journey.id))
