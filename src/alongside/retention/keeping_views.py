"""The administrator's pages about how long records are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK

from . import forms, keeping_actions, keeping_pages, pages, queries, rules
from .keeping import keepings_of
from .models import LegalHold
from .views import DECISIONS


@door(rules.may_set_keeping, opens=DECISIONS)
def keeping(request: Request, actor: Person) -> HttpResponse:
    page = keeping_pages.keeping_page(
        keepings_of(actor.organisation_id),
        queries.due_journeys(actor, today(actor.time_zone)),
        queries.holds(actor),
    )
    return render(request, "retention/keeping.html", {"page": page})


@door(rules.may_set_rule, load=queries.keeping_for, methods=("GET", "POST"), opens=DECISIONS)
def set_keeping(request: Request, actor: Person, kind: str) -> HttpResponse:
    holds = keepings_of(actor.organisation_id)[kind]
    initial = {"years": holds.years, "basis": str(holds.basis)}
    form = forms.KeepingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        keeping_actions.set_keeping(kind=kind, **form.cleaned_data, by=actor)
        messages.success(request, _("Saved."))
        return redirect("retention:keeping")
    facts = {"page": keeping_pages.rule_page(kind), "form": form}
    return render(request, "retention/rule.html", facts, status=422 if form.is_bound else 200)


@door(rules.may_end_keeping, load=queries.due_for, methods=("POST",), opens=LEADS_BACK)
def end_keeping(request: Request, actor: Person, due: queries.Due) -> HttpResponse:
    erasure = keeping_actions.end_keeping(due=due, by=actor)
    messages.success(request, _("The decision is saved."))
    return redirect("retention:erasure", erasure_id=erasure.id)


@door(rules.may_ask_for_erasure, load=queries.erasable_person, methods=("GET", "POST"), opens=DECISIONS)
def hold(request: Request, actor: Person, person: Person) -> HttpResponse:
    choices = pages.journey_choices(queries.journeys_with(actor, person))
    form = forms.HoldForm(request.POST if request.method == "POST" else None, journeys=choices)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        keeping_actions.hold_journey(journey_id=said["journey"], reason=said["reason"], by=actor)
        messages.success(request, _("The hold is saved. Nothing of this journey can be erased."))
        return redirect("retention:keeping")
    facts = {"page": keeping_pages.hold_page(person), "form": form}
    return render(request, "retention/hold.html", facts, status=422 if form.is_bound else 200)


@door(rules.may_lift_hold, load=queries.hold_for, methods=("POST",), opens=LEADS_BACK)
def lift_hold(request: Request, actor: Person, hold: LegalHold) -> HttpResponse:
    keeping_actions.lift_hold(hold=hold, by=actor)
    messages.success(request, _("The hold is lifted."))
    return redirect("retention:keeping")
