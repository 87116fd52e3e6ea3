"""The page of what one has agreed to, and the two buttons on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import consent_actions, consents, rules
from .consent_pages import consents_page
from .doors import door
from .models import Person, Purpose
from .openings import ACCOUNTS, LEADS_BACK


@door(rules.is_signed_in, opens=ACCOUNTS)
def consents_of(request: HttpRequest, actor: Person) -> HttpResponse:
    return render(request, "people/consents.html", {"page": consents_page(consents.consents_of(actor))})


@door(rules.may_say_what_one_agrees_to, load=consents.purpose_named, methods=("POST",), opens=LEADS_BACK)
def give(request: HttpRequest, actor: Person, purpose: Purpose) -> HttpResponse:
    consent_actions.give_consent(purpose=purpose, by=actor)
    messages.success(request, _("Saved. You can withdraw it here at any time."))
    return redirect("people:consents")


@door(rules.may_say_what_one_agrees_to, load=consents.purpose_named, methods=("POST",), opens=LEADS_BACK)
def withdraw(request: HttpRequest, actor: Person, purpose: Purpose) -> HttpResponse:
    consent_actions.withdraw_consent(purpose=purpose, by=actor)
    messages.success(request, _("Saved. %(what)s") % {"what": consents.TEXTS[purpose].withdrawn})
    return redirect("people:consents")
