"""Pages about people: one's own profile, the people of an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Denial, Verdict, hidden

from . import actions, addresses, forms, rules
from .doors import door
from .models import Person
from .openings import ACCOUNTS, LEADS_BACK
from .pages import (
    AccountPage,
    close_page,
    people_page,
    person_page,
    profile_page,
    reopen_page,
)
from .queries import (
    account_history,
    latest_invitation,
    open_factor_reset,
    person_by_address,
    person_for,
    persons_of,
)

# --- oneself ----------------------------------------------------------------------------------------------


@door(rules.is_signed_in, methods=("GET", "POST"), limit="names", opens=ACCOUNTS)
def profile(request: HttpRequest, actor: Person) -> HttpResponse:
    fields = ("name", "pronouns", "time_zone", "language")
    form = forms.ProfileForm(_posted(request), initial={name: getattr(actor, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(**form.cleaned_data, by=actor)
        messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    page = profile_page(actor, persons_of(actor.user_id) if actor.user_id else [])
    return render(request, "people/profile.html", {"page": page, "form": form}, status=_status(form))


@door(rules.is_signed_in, methods=("POST",), opens=LEADS_BACK)
def choose_organisation(request: HttpRequest, actor: Person) -> HttpResponse:
    wanted = request.POST.get("person_id", "")
    persons = persons_of(actor.user_id) if actor.user_id else []
    chosen = next((person for person in persons if str(person.id) == wanted), None)
    if chosen is None:
        raise Refused(hidden())
    request.session["person_id"] = str(chosen.id)
    messages.success(request, _("You are now at %(name)s.") % {"name": chosen.organisation.name})
    return redirect("/")


# --- people and roles -------------------------------------------------------------------------------------


@door(rules.may_manage_people, opens=ACCOUNTS)
def people(request: HttpRequest, actor: Person) -> HttpResponse:
    page = people_page(actor, request.GET.get("find", "").strip()[:100])
    return render(request, "people/people.html", {"page": page})


@door(rules.may_manage_people, methods=("GET", "POST"), limit="invitations", opens=ACCOUNTS)
def add_person(request: HttpRequest, actor: Person) -> HttpResponse:
    form = forms.NewPersonForm(_posted(request), initial={"time_zone": actor.time_zone, "is_guide": True})
    if request.method == "POST" and form.is_valid():
        known = person_by_address(actor.organisation_id, form.cleaned_data["email"], closed_too=True)
        if known is None:
            added = actions.welcome_person(**form.cleaned_data, by=actor)
            messages.success(
                request, _("The invitation has been sent to %(email)s.") % {"email": added.email}
            )
            return redirect("people:people")
        taken = _("%(name)s already has this address.")
        closed = _(
            "%(name)s has this address. Their account is closed; it can be opened again on their page."
        )
        form.add_error("email", (taken if known.is_active else closed) % {"name": known.name})
    return render(request, "people/add.html", {"form": form}, status=_status(form))


@door(rules.may_manage_person, load=person_for, opens=ACCOUNTS)
def person(request: HttpRequest, actor: Person, person: Person) -> HttpResponse:
    return _person_page(request, actor, person)


@door(rules.may_manage_person, load=person_for, methods=("POST",), opens=ACCOUNTS)
def change_roles(request: HttpRequest, actor: Person, person: Person) -> HttpResponse:
    form = forms.RolesForm(request.POST)
    if not form.is_valid():
        return _person_page(request, actor, person, roles=form)
    actions.change_roles(person=person, **form.cleaned_data, by=actor)
    messages.success(request, _("The roles of %(name)s are saved.") % {"name": person.name})
    return redirect("people:person", person_id=person.id)


@door(rules.may_speak_for_address, load=person_for, methods=("POST",), limit="invitations", opens=ACCOUNTS)
def correct_address(request: HttpRequest, actor: Person, person: Person) -> HttpResponse:
    form = forms.AddressForm(request.POST)
    if form.is_valid():
        known = person_by_address(actor.organisation_id, form.cleaned_data["email"])
        if known is None or known.id == person.id:
            addresses.readdress(person=person, email=form.cleaned_data["email"], by=actor)
            messages.success(
                request, _("A new invitation is on its way to %(email)s.") % {"email": person.email}
            )
            return redirect("people:person", person_id=person.id)
        form.add_error("email", _("%(name)s already has this address.") % {"name": known.name})
    return _person_page(request, actor, person, address=form)


@door(rules.may_speak_for_address, load=person_for, methods=("POST",), limit="invitations", opens=LEADS_BACK)
def invite_again(request: HttpRequest, actor: Person, person: Person) -> HttpResponse:
    actions.invite_again(person=person, by=actor)
    messages.success(request, _("The invitation has been sent to %(email)s.") % {"email": person.email})
    return redirect("people:person", person_id=person.id)


@door(rules.may_manage_person, load=person_for, methods=("GET", "POST"), opens=ACCOUNTS)
def close_account(request: HttpRequest, actor: Person, person: Person) -> HttpResponse:
    said = _("The account of %(name)s is closed.") % {"name": person.name}
    action = partial(actions.close_account, person=person, by=actor)
    page = close_page(person)
    return _say_why(request, page, rules.may_close_account(actor, person), action, said)


@door(rules.may_manage_person, load=person_for, methods=("GET", "POST"), opens=ACCOUNTS)
def reopen_account(request: HttpRequest, actor: Person, person: Person) -> HttpResponse:
    said = _("The account of %(name)s is open again.") % {"name": person.name}
    action = partial(actions.reopen_account, person=person, by=actor)
    page = reopen_page(person)
    return _say_why(request, page, rules.may_reopen_account(actor, person), action, said)


def _say_why(
    request: HttpRequest, page: AccountPage, moment: Verdict, action: Callable[..., Any], said: str
) -> HttpResponse:
    """A page with a reason. If the moment has passed meanwhile, it says so and keeps what was typed."""
    form = forms.AccountForm(_posted(request))
    status = 422 if form.is_bound else 200
    try:
        demand(moment)
        if form.is_bound and form.is_valid():
            action(**form.cleaned_data)
            messages.success(request, said)
            return redirect(page.back)
    except Refused as refused:
        if not form.is_bound or refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        status = 409
    return render(request, "people/account.html", {"page": page, "form": form}, status=status)


def _person_page(
    request: HttpRequest,
    actor: Person,
    person: Person,
    roles: forms.RolesForm | None = None,
    address: forms.AddressForm | None = None,
) -> HttpResponse:
    facts = {
        "page": person_page(
            actor, person, latest_invitation(person.id), account_history(person), open_factor_reset(person)
        ),
        "roles": roles
        or forms.RolesForm(
            initial={n: getattr(person, n) for n in ("is_guide", "is_lead", "is_administrator")}
        ),
        "address": address or forms.AddressForm(initial={"email": person.email}),
    }
    return render(request, "people/person.html", facts, status=422 if roles or address else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: Form) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
