"""The administrator's page about restricting what is done with somebody's record."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.doors import Request, door
from alongside.people.models import Person, Restriction
from alongside.people.openings import LEADS_BACK, Nothing

from . import forms, queries, restricting, restricting_actions, restricting_pages, rules

RESTRICTED = Nothing("That somebody asked for a restriction, and why: no word of a journey.")


@door(rules.may_ask_for_erasure, load=queries.erasable_person, methods=("GET", "POST"), opens=RESTRICTED)
def restrict(request: Request, actor: Person, person: Person) -> HttpResponse:
    if request.method != "POST" and restricting.standing_in_the_way(person)["is_restricted"]:
        return _shown(request, actor, person, forms.LiftForm())
    data = request.POST if request.method == "POST" else None
    form = forms.RestrictionForm(data, today=today(actor.time_zone))
    if form.is_bound and form.is_valid():
        restricting_actions.restrict_person(person=person, **form.cleaned_data, by=actor)
        messages.success(request, _("The record is restricted. The people concerned are told by email."))
        return redirect("retention:restrict", person_id=person.id)
    return _shown(request, actor, person, form)


@door(rules.may_lift, load=restricting.restriction_for, methods=("POST",), opens=LEADS_BACK)
def lift_restriction(
    request: Request, actor: Person, person: Person, restriction: Restriction
) -> HttpResponse:
    form = forms.LiftForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, person, form)
    reason = form.cleaned_data["reason"]
    restricting_actions.lift_restriction(restriction=restriction, reason=reason, by=actor)
    messages.success(request, _("The restriction is lifted. The people concerned are told by email."))
    return redirect("retention:restrict", person_id=person.id)


def _shown(request: Request, actor: Person, person: Person, form: django_forms.Form) -> HttpResponse:
    verdict = rules.may_restrict(actor, person, **restricting.standing_in_the_way(person))
    page = restricting_pages.restriction_page(person, restricting.restrictions_of(person), verdict)
    facts = {"page": page, "form": form}
    return render(request, "retention/restriction.html", facts, status=422 if form.is_bound else 200)
