"""The doors to several meetings in a row."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.middleware import zone_of

from .. import rules
from ..actions.series import book_series
from ..forms.series import PicksForm, SeriesForm
from ..openings import MEETINGS
from ..pages.series import SeriesPage, booked_sentence, series_page
from ..queries import bookable_places, guide_for
from ..queries.series import Asked, occasions
from .common import Tried, attempt
from .slot_search import people_of

KEPT = ("place", "date", "time", "which", "minutes", "recurrence", "count")
"""What was asked for: it goes along with what is chosen of each date."""


@door(rules.may_book, load=seat_for, methods=("GET", "POST"), opens=MEETINGS)
def series(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Asking shows every date and changes nothing; the button below the dates books them."""
    places, zone = bookable_places(seat), zone_of(guide_for(seat))
    asked = request.POST if request.method == "POST" else request.GET if "recurrence" in request.GET else None
    initial = {"minutes": seat.journey.meeting_minutes}
    form = SeriesForm(asked, initial=initial, places=places, zone=zone)
    ready = asked is not None and form.is_valid()
    found = occasions(people_of(seat), _asked(form)) if ready else []
    page = series_page(seat, places, found, zone)
    picks = PicksForm(request.POST if request.method == "POST" else None, options=page.options)
    tried = _book(request, seat, form, picks) if ready else Tried(status=200 if asked is None else 422)
    if tried.done:
        messages.success(request, booked_sentence(len(picks.cleaned_data["starts"]), len(found)))
        return redirect("environment:room", journey_id=seat.journey.id)
    return _shown(request, page, form, picks, tried)


def _asked(form: SeriesForm) -> Asked:
    data = form.cleaned_data
    first = data["starts_at"].astimezone(form.zone).replace(tzinfo=None)
    return Asked(data["place"], first, data["minutes"], data["recurrence"], data["count"], form.zone)


def _book(request: HttpRequest, seat: Seat, form: SeriesForm, picks: PicksForm) -> Tried:
    data = form.cleaned_data
    facts = {name: data[name] for name in ("place", "minutes", "recurrence")}
    return attempt(request, picks, lambda picked: book_series(**facts, starts=picked["starts"], by=seat))


def _shown(
    request: HttpRequest, page: SeriesPage, form: SeriesForm, picks: PicksForm, tried: Tried
) -> HttpResponse:
    fields = [picks[name] for name in picks.fields]
    facts = {
        "page": page,
        "form": form,
        "picks": picks,
        "dates": list(zip(page.lines, fields, strict=True)),
        "kept": [(name, form.data[name]) for name in KEPT if form.data.get(name)],
    }
    return render(request, "environment/series.html", facts, status=tried.status)
