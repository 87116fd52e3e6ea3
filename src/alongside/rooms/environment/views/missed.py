"""The doors of somebody who cannot come any more, and of the guide who calls whoever did not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.visibility import sentence
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..actions.calendars import say_cannot_come
from ..actions.missed import note_called
from ..forms import CannotComeForm
from ..models import CallToMake, Meeting
from ..openings import MEETINGS
from ..pages import cannot_come_page
from ..queries import meeting_for
from ..queries.missed import call_for
from ..rules import may_cancel, may_say_cannot_come
from ..rules.missed import may_note_called
from .common import as_seen, attempt, next_path


@door(may_say_cannot_come, load=meeting_for, methods=("GET", "POST"), opens=MEETINGS)
def cannot_come(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """In time it is simply cancelled, on the page for that."""
    if request.method == "GET" and may_cancel(seat, meeting):
        return redirect("environment:cancel", journey_id=seat.journey.id, meeting_id=meeting.id)
    seen, form = as_seen(request, meeting), _form(request, seat)
    tried = attempt(request, form, lambda data: say_cannot_come(meeting=seen, word=data["word"], by=seat))
    if tried.done is None:
        return _show(request, seat, meeting, form, tried.status)
    messages.success(request, _("Thank you. %(name)s is told now.") % {"name": seat.other.name})
    return redirect(next_path(request) or reverse("environment:room", args=[seat.journey.id]))


def show_cannot_come(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """For whoever wanted to cancel, and may have written why, when the time for it had passed."""
    form = _form(request, seat)
    return _show(request, seat, meeting, form, 409 if form.is_bound else 200)


def _form(request: HttpRequest, seat: Seat) -> CannotComeForm:
    posted = request.POST if request.method == "POST" else None
    return CannotComeForm(posted, readers=sentence(seat, Visibility.OURS))


def _show(
    request: HttpRequest, seat: Seat, meeting: Meeting, form: CannotComeForm, status: int
) -> HttpResponse:
    here = reverse("environment:cannot_come", args=[seat.journey.id, meeting.id])
    facts = {
        "page": cannot_come_page(seat, meeting, next_path(request)),
        "form": form,
        "send_to": here,
        "may_say": may_say_cannot_come(seat, meeting),
    }
    return render(request, "environment/cannot_come.html", facts, status=status)


@door(may_note_called, load=call_for, methods=("POST",), opens=LEADS_BACK)
def called(request: HttpRequest, seat: Seat, call: CallToMake) -> HttpResponse:
    note_called(call=call, by=seat)
    messages.success(request, _("Done."))
    return redirect(next_path(request) or reverse("environment:room", args=[seat.journey.id]))
