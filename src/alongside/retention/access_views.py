"""The administrator's pages about people who ask for a copy of what is kept about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import Nothing

from . import access, access_actions, access_pages, copies, copy_pages, forms, queries, rules
from .models import AccessRequest

REQUESTS = Nothing("That somebody asked for a copy, and what became of it: no word of a journey.")


@door(rules.may_look_after_access, opens=REQUESTS)
def access_requests(request: Request, actor: Person) -> HttpResponse:
    waiting, earlier = access.open_requests(actor), access.closed_requests(actor)
    page = access_pages.list_page(waiting, earlier, today(actor.time_zone))
    return render(request, "retention/access_requests.html", {"page": page})


@door(rules.may_record_request, load=queries.erasable_person, methods=("GET", "POST"), opens=REQUESTS)
def record_access(request: Request, actor: Person, person: Person) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, status = forms.AccessForm(data, today=today(actor.time_zone)), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = access_actions.record_request(person=person, **form.cleaned_data, by=actor)
            except Refused as refused:
                status = said_at(form, refused)
            else:
                messages.success(request, _("The request is recorded."))
                return redirect("retention:access_request", request_id=made.id)
    facts = {"name": str(person.name), "person_id": person.id, "form": form}
    return render(request, "retention/record_access.html", facts, status=status)


@door(rules.may_see_request, load=access.request_for, opens=REQUESTS)
def access_request(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    return show_request(request, actor, found)


@door(rules.may_see_request, load=access.request_for, methods=("POST",), opens=REQUESTS)
def extend_access(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    form = forms.ExtendForm(request.POST, auto_id="extend_%s")
    return done(request, actor, found, "extend", form, access_actions.extend_request)


@door(rules.may_see_request, load=access.request_for, methods=("POST",), opens=REQUESTS)
def check_access(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    form = forms.HarmForm(request.POST, today=today(actor.time_zone), auto_id="check_%s")
    return done(request, actor, found, "check", form, access_actions.note_harm_check)


@door(rules.may_see_request, load=access.request_for, methods=("POST",), opens=REQUESTS)
def close_access(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    return done(
        request,
        actor,
        found,
        "close",
        forms.CloseForm(request.POST, auto_id="close_%s"),
        access_actions.close_request,
    )


def done(
    request: Request, actor: Person, found: AccessRequest, name: str, form: Any, act: Any, *, word: str = ""
) -> HttpResponse:
    """One of the forms of the page: what was typed stays where it cannot be taken. `word` is said when it is done."""
    if not form.is_valid():
        return show_request(request, actor, found, 422, **{name: form})
    try:
        act(request=found, **form.cleaned_data, by=actor)
    except Refused as refused:
        return show_request(request, actor, found, said_at(form, refused), **{name: form})
    messages.success(request, word or _("Saved."))
    return redirect("retention:access_request", request_id=found.id)


def said_at(form: Any, refused: Refused) -> int:
    """A wrong moment is said at the form; who may not reads what the door says."""
    if refused.verdict.denial != Denial.NOT_NOW:
        raise refused
    form.add_error(None, str(refused.verdict.sentence))
    return Denial.NOT_NOW.value


def show_request(
    request: Request, actor: Person, found: AccessRequest, status: int = 200, **bound: Any
) -> HttpResponse:
    day = today(actor.time_zone)
    page = access_pages.request_page(
        found,
        access.history_of(found),
        access.harm_checks_of(found),
        day,
        needs_check=access.needs_harm_check(found.person),
    )
    copy = copies.copy_of(found)
    parts = list(copies.parts_of(copy)) if copy else []
    unbound = {
        "release": forms.ReleaseForm(auto_id="release_%s"),
        "extend": forms.ExtendForm(auto_id="extend_%s"),
        "check": forms.HarmForm(today=day, auto_id="check_%s"),
        "close": forms.CloseForm(auto_id="close_%s"),
    }
    shown = copy_pages.copy_page(found, copy, parts, copies.log_of(found))
    facts = {"page": page, "copy": shown, "forms": unbound | bound}
    return render(request, "retention/access_request.html", facts, status=status)
