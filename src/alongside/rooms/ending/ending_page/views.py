"""The door of the room, and the press that begins an ending."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..record.actions import begin_ending
from ..record.models import Ending
from ..record.openings import ENDING
from ..record.queries import room_for
from ..record.rules import may_begin_ending, may_enter_room
from .pages.room import room_page


@door(may_enter_room, load=room_for, opens=ENDING)
def room(request: HttpRequest, seat: Seat, ending: Ending | None) -> HttpResponse:
    return render(request, "ending/room.html", {"page": room_page(seat, ending)})


@door(may_begin_ending, load=room_for, methods=("POST",), opens=LEADS_BACK)
def begin(request: HttpRequest, seat: Seat, ending: Ending | None) -> HttpResponse:
    begin_ending(by=seat)
    messages.success(request, _("The ending is started. %(name)s has been told.") % {"name": seat.other.name})
    return redirect("ending:room", seat.journey.id)
