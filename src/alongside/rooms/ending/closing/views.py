"""The doors of the closing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK
from alongside.rooms.first_meeting.states import Side

from ..closing_topics.actions import say_how_long
from ..closing_topics.rules import may_say_how_long
from ..record.models import Ending
from ..record.openings import ENDING
from ..record.queries import is_in_work, room_for, side_of
from ..record.rules import may_look_back
from ..wishes.models import Wish
from ..wishes.queries import wishes_for
from ..wishes.rules import may_end_early
from . import actions, rules
from .forms import KeptForm
from .pages import closing_page


@door(may_say_how_long, load=room_for, methods=("POST",), opens=ENDING)
def kept(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    """A day, or (pressed by itself) as the agreement says."""
    if "as_agreed" in request.POST:
        say_how_long(until=None, by=seat)
    else:
        form = KeptForm(request.POST, today=today(seat.actor.time_zone))
        if not form.is_valid():
            page = closing_page(seat, ending)
            return render(request, "ending/closing.html", {"page": page, "form": form}, status=422)
        say_how_long(until=form.cleaned_data["until"], by=seat)
    messages.success(request, _("Saved: how long it is stored."))
    return redirect("ending:closing", seat.journey.id)


@door(may_end_early, load=wishes_for, methods=("POST",), opens=LEADS_BACK)
def end_early(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.end_early(by=seat)
    messages.success(request, _("It is closed. You can both still read what was written."))
    return redirect("ending:room", seat.journey.id)


@door(may_look_back, load=room_for, opens=ENDING)
def closing(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    context = {"page": closing_page(seat, ending), "form": KeptForm(today=today(seat.actor.time_zone))}
    return render(request, "ending/closing.html", context)


@door(rules.may_acknowledge, load=room_for, methods=("POST",), opens=LEADS_BACK)
def acknowledge(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    asked = request.POST.get("side", "")
    side = Side(asked) if asked in Side.values else side_of(seat)
    closed = actions.acknowledge(side=side, by=seat)
    if not is_in_work(closed):
        messages.success(request, _("It is complete. Thank you, both of you."))
        return redirect("ending:room", seat.journey.id)
    messages.success(request, _("Acknowledged."))
    return redirect("ending:closing", seat.journey.id)


@door(rules.may_take_up_again, load=room_for, methods=("POST",), opens=LEADS_BACK)
def take_up_again(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.take_up_again(by=seat)
    messages.success(request, _("It can be changed again. You both have to acknowledge it again afterwards."))
    return redirect("ending:closing", seat.journey.id)


@door(rules.may_close_without_waiting, load=room_for, methods=("POST",), opens=LEADS_BACK)
def close(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.close_without_waiting(by=seat)
    messages.success(request, _("It is closed. You can both still read what was written."))
    return redirect("ending:room", seat.journey.id)
