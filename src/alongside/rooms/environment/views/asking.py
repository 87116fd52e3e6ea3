"""The doors by which a participant asks for a time, or to be told of an earlier one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..actions.asking import ask_for_time, let_earlier_be, wish_for_earlier
from ..forms.asking import AskForm
from ..models import Meeting
from ..openings import MEETINGS
from ..queries import meeting_for
from ..rules.asking import may_ask_for_time, may_wish_for_earlier
from .common import attempt


@door(may_ask_for_time, load=seat_for, methods=("GET", "POST"), opens=MEETINGS)
def ask(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    tried = attempt(request, form, lambda data: ask_for_time(word=data["word"], by=seat))
    room = reverse("environment:room", args=[seat.journey.id])
    name = {"name": seat.guide.name}
    if tried.done is None:
        facts = {
            "form": form,
            "title": _("Ask %(name)s for a time") % name,
            "lead": _("%(name)s is told by email and offers you times.") % name,
            "back": room,
            "label": _("Ask for a time"),
        }
        return render(request, "environment/time_form.html", facts, status=tried.status)
    messages.success(request, _("Sent. %(name)s will offer you times.") % name)
    return redirect(room)


@door(may_wish_for_earlier, load=meeting_for, methods=("POST",), opens=LEADS_BACK)
def wish(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    wish_for_earlier(meeting=meeting, by=seat)
    messages.success(request, _("We will email you when an earlier time becomes free."))
    return redirect("environment:room", journey_id=seat.journey.id)


@door(may_wish_for_earlier, load=meeting_for, methods=("POST",), opens=LEADS_BACK)
def let_be(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    let_earlier_be(meeting=meeting, by=seat)
    messages.success(request, _("We will not email you about earlier times any more."))
    return redirect("environment:room", journey_id=seat.journey.id)
