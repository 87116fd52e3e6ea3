"""The administrator's pages about erasing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing

from . import actions, forms, pages, queries, rules
from .models import Erasure

DECISIONS = Nothing("What is to be erased and what was: who, when and how much, and no word of a journey.")


@door(rules.may_look_after_erasure, opens=DECISIONS)
def erasures(request: Request, actor: Person) -> HttpResponse:
    found = queries.latest_erasures(actor)
    page = pages.erasures_page(found, queries.lines_of([one for one, _state in found]))
    return render(request, "retention/erasures.html", {"page": page})


@door(rules.may_ask_for_erasure, load=queries.erasable_person, methods=("GET", "POST"), opens=DECISIONS)
def ask(request: Request, actor: Person, person: Person) -> HttpResponse:
    form = forms.ErasureForm(
        request.POST if request.method == "POST" else None,
        journeys=pages.journey_choices(queries.journeys_with(actor, person)),
        today=today(actor.time_zone),
    )
    if form.is_bound and form.is_valid():
        erasure = actions.decide_erasure(person=person, **form.as_facts(), by=actor)
        messages.success(request, _("The decision is saved."))
        return redirect("retention:erasure", erasure_id=erasure.id)
    facts = {"page": pages.ask_page(person), "form": form}
    return render(request, "retention/ask.html", facts, status=422 if form.is_bound else 200)


@door(rules.may_see_erasure, load=queries.erasure_for, opens=DECISIONS)
def erasure(request: Request, actor: Person, erasure: Erasure) -> HttpResponse:
    page = pages.erasure_page(
        actor,
        erasure,
        queries.history_of(erasure),
        queries.certificate_of(erasure),
        queries.lines_of([erasure]),
        queries.would_delete(erasure),
        **queries.standing_in_the_way(erasure),
    )
    return render(request, "retention/erasure.html", {"page": page})


@door(rules.may_see_erasure, load=queries.erasure_for, methods=("POST",), opens=LEADS_BACK)
def carry_out(request: Request, actor: Person, erasure: Erasure) -> HttpResponse:
    actions.carry_out_erasure(erasure=erasure, by=actor)
    messages.success(request, _("It is erased. The certificate is below."))
    return redirect("retention:erasure", erasure_id=erasure.id)


@door(rules.may_see_erasure, load=queries.erasure_for, methods=("POST",), opens=LEADS_BACK)
def withdraw(request: Request, actor: Person, erasure: Erasure) -> HttpResponse:
    actions.withdraw_erasure(erasure=erasure, by=actor)
    messages.success(request, _("It is withdrawn. Nothing was erased."))
    return redirect("retention:erasure", erasure_id=erasure.id)
