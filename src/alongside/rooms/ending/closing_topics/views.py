"""The doors of what is said before an ending closes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import Matter
from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.people.doors import door

from ..models import Ending
from ..pages.closing import closing_page
from ..queries import room_for
from . import actions, rules
from .forms import KeptForm
from .queries import matter_for


@door(rules.may_say_nothing, find=matter_for, methods=("POST",))
def nothing(request: HttpRequest, seat: Seat, ending: Ending, matter: Matter) -> HttpResponse:
    actions.say_nothing(matter=matter, by=seat)
    messages.success(request, _("Noted. If there is something after all, just write it down."))
    return redirect("ending:closing", seat.journey.id)


@door(rules.may_say_how_long, find=room_for, methods=("POST",))
def kept(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    """A day, or (pressed by itself) as the agreement says."""
    if "as_agreed" in request.POST:
        actions.say_how_long(until=None, by=seat)
    else:
        form = KeptForm(request.POST, today=today(seat.actor.time_zone))
        if not form.is_valid():
            page = closing_page(seat, ending)
            return render(request, "ending/closing.html", {"page": page, "form": form}, status=422)
        actions.say_how_long(until=form.cleaned_data["until"], by=seat)
    messages.success(request, _("Noted how long it is kept."))
    return redirect("ending:closing", seat.journey.id)
