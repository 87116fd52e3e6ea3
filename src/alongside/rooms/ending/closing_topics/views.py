"""The doors of what is said before an ending closes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import Matter
from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..record.models import Ending
from . import actions, rules
from .queries import matter_for


@door(rules.may_say_nothing, load=matter_for, methods=("POST",), opens=LEADS_BACK)
def nothing(request: HttpRequest, seat: Seat, ending: Ending, matter: Matter) -> HttpResponse:
    actions.say_nothing(matter=matter, by=seat)
    messages.success(request, _("Saved. If there is something after all, just write it here."))
    return redirect("ending:closing", seat.journey.id)
