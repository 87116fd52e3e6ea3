"""What a service brings itself: instruments and thresholds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.errors import Refused
from alongside.measures.own import MOST_BYTES, risk_lines
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import Nothing

from . import actions, pages, queries, rules
from .forms import BoundsForm, InstrumentForm, initial_bounds
from .models import ServiceInstrument
from .pages_bounds import bounds_page

INSTRUMENTS = Nothing("The organisation's own questionnaires and numbers.")


@door(rules.may_bring_instruments, opens=INSTRUMENTS)
def instruments(request: HttpRequest, actor: Person) -> HttpResponse:
    found = pages.instrument_lines(queries.instruments_of(actor))
    return render(request, "goals/instruments.html", {"instruments": found})


@door(
    rules.may_bring_instruments,
    methods=("GET", "POST"),
    limit="uploads",
    biggest_file=MOST_BYTES,
    opens=INSTRUMENTS,
)
def add(request: HttpRequest, actor: Person) -> HttpResponse:
    return _instrument(request, actor, None, {})


@door(
    rules.may_renew_instrument,
    load=queries.instrument_for,
    methods=("GET", "POST"),
    limit="uploads",
    biggest_file=MOST_BYTES,
    opens=INSTRUMENTS,
)
def renew(request: HttpRequest, actor: Person, instrument: ServiceInstrument) -> HttpResponse:
    kept = queries.own_instrument(queries.key_of(instrument.id))
    names = ("name", "rule", "direction", "reliable_change", "case_cutoff", "source", "licence_line")
    bands = "\n".join(f"{band.lowest} {band.label}" for band in kept.bands)
    initial = {name: getattr(kept, name) for name in names} | {
        "file": instrument.file,
        "bands": bands,
        "risk": risk_lines(kept),
    }
    return _instrument(request, actor, instrument, initial)


def _instrument(
    request: HttpRequest, actor: Person, renews: ServiceInstrument | None, initial: dict[str, Any]
) -> HttpResponse:
    """First shown what was read, then kept: the preview's button sends the same form once more."""
    form = InstrumentForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), initial=initial, renews=renews
    )
    preview, status = None, 200
    if form.is_bound and form.is_valid():
        if "keep" in request.POST:
            text = form.cleaned_data["file"]
            facts = {"file": text, "renews": renews, "same_meaning": form.same_meaning}
            actions.bring_instrument(instrument=form.instrument, **facts, by=actor)
            messages.success(request, _("Saved. It can now be filled in, and goals can be measured by it."))
            return redirect(reverse("service_measures:instruments"))
        preview = pages.preview_of(form.instrument)
    elif form.is_bound:
        status = 422
    shown = {"form": form, "preview": preview, "back": reverse("service_measures:instruments")}
    return render(request, "goals/instrument.html", shown, status=status)


@door(rules.may_set_bounds, methods=("GET", "POST"), opens=INSTRUMENTS)
def bounds(request: HttpRequest, actor: Person) -> HttpResponse:
    row = queries.latest_bounds(actor)
    known = row.version if row else 0
    now = queries.bounds_from(row)
    form = BoundsForm(request.POST if request.method == "POST" else None, initial=initial_bounds(now, known))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.set_bounds(
                numbers=form.numbers, source=clean["source"], known_version=clean["known_version"], by=actor
            )
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
        else:
            messages.success(request, _("Saved. Every alert names the numbers it was made with."))
            return redirect(reverse("service_measures:bounds"))
    page = bounds_page(form, source=str(now.source), version=known)
    return render(request, "goals/bounds.html", {"form": form, "page": page}, status=status)
