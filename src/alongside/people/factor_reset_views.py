"""Pages on which two administrators remove the second factor of somebody who lost it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import forms, rules
from .doors import Request, door
from .factor_resets import ask_for_factor_reset, decide_factor_reset
from .models import FactorReset, Person
from .openings import ACCOUNTS, LEADS_BACK
from .pages import factor_reset_page
from .queries import factor_reset_for, person_for


@door(rules.may_manage_person, load=person_for, methods=("GET", "POST"), opens=ACCOUNTS)
def ask(request: Request, actor: Person, person: Person) -> HttpResponse:
    form = forms.AccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ask_for_factor_reset(person=person, **form.cleaned_data, by=actor)
        messages.success(
            request, _("The other administrators are asked, and %(name)s is told.") % {"name": person.name}
        )
        return redirect("people:person", person_id=person.id)
    facts = {"page": factor_reset_page(person), "form": form}
    return render(request, "people/account.html", facts, status=422 if form.is_bound else 200)


@door(rules.may_see_factor_reset, load=factor_reset_for, methods=("POST",), opens=LEADS_BACK)
def decide(request: Request, actor: Person, reset: FactorReset) -> HttpResponse:
    agrees = request.POST.get("agrees") == "yes"
    decide_factor_reset(reset=reset, agrees=agrees, by=actor)
    said = (
        _("The second factor of %(name)s is removed.")
        if agrees
        else _("The second factor of %(name)s stays.")
    )
    messages.success(request, said % {"name": reset.person.name})
    return redirect("people:person", person_id=reset.person_id)
