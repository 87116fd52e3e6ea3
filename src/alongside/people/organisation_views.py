"""Pages on which an administrator says how the organisation is reached, and anyone how they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import rules
from .doors import door
from .models import Person
from .openings import ACCOUNTS
from .organisation_actions import change_contact, change_organisation
from .organisation_forms import ContactForm, OrganisationForm
from .public_actions import change_look, change_texts
from .public_forms import LookForm, TextsForm
from .queries import emergency_numbers, staff_of, texts_of

MOST_BYTES_OF_A_LOGO = 64 * 1024
"""More than a logo may have, so that a larger one is told what is wrong with it."""


@door(rules.may_change_organisation, methods=("GET", "POST"), limit="names", opens=ACCOUNTS)
def organisation(request: HttpRequest, actor: Person) -> HttpResponse:
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        organisation=actor.organisation,
        numbers=emergency_numbers(actor.organisation_id),
        readers=staff_of(actor),
    )
    if form.is_valid():
        change_organisation(**form.cleaned_data, by=actor)
        messages.success(request, _("The details of your organisation are saved."))
        return redirect("people:organisation")
    return render(request, "people/organisation.html", {"form": form}, status=422 if form.is_bound else 200)


@door(rules.is_signed_in, methods=("GET", "POST"), limit="names", opens=ACCOUNTS)
def contact(request: HttpRequest, actor: Person) -> HttpResponse:
    fields = ("telephone", "emergency_contact_name", "emergency_contact_telephone")
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(actor, name) for name in fields},
    )
    if form.is_valid():
        change_contact(**form.cleaned_data, by=actor)
        messages.success(request, _("Your telephone and emergency contact are saved."))
        return redirect("people:profile")
    return render(request, "people/contact.html", {"form": form}, status=422 if form.is_bound else 200)


@door(
    rules.may_change_organisation,
    methods=("GET", "POST"),
    limit="uploads",
    biggest_file=MOST_BYTES_OF_A_LOGO,
    opens=ACCOUNTS,
)
def look(request: HttpRequest, actor: Person) -> HttpResponse:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LookForm(*given, organisation=actor.organisation)
    if form.is_valid():
        change_look(**form.cleaned_data, by=actor)
        messages.success(request, _("The logo and the colour are saved."))
        return redirect("people:look")
    return render(request, "people/look.html", {"form": form}, status=422 if form.is_bound else 200)


@door(rules.may_change_organisation, methods=("GET", "POST"), limit="names", opens=ACCOUNTS)
def texts(request: HttpRequest, actor: Person) -> HttpResponse:
    form = TextsForm(
        request.POST if request.method == "POST" else None,
        organisation=actor.organisation,
        texts=texts_of(actor.organisation_id),
    )
    if form.is_valid():
        change_texts(**form.cleaned_data, by=actor)
        messages.success(request, _("The texts are saved."))
        return redirect("people:texts")
    return render(request, "people/texts.html", {"form": form}, status=422 if form.is_bound else 200)
