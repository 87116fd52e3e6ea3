"""Looking after programmes: the list, adding, changing, closing, naming people."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import today
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing
from alongside.people.queries import person_by_address

from .. import actions, queries, rules
from ..forms import ClosingForm, MemberForm, ProgrammeForm
from ..models import ProgrammeMember, ProgrammeRole
from ..pages import manage as pages
from ..queries import ProgrammeSeat

DETAILS = ("name", "site", "kinds", "templates", "begins_on", "ends_on", "small_numbers")

PROGRAMMES = Nothing("Programmes, their templates and who leads them: no journey.")


@door(rules.may_see_programmes, opens=PROGRAMMES)
def programmes(request: HttpRequest, actor: Person) -> HttpResponse:
    page = pages.programmes_page(actor, queries.programmes_for(actor))
    return render(request, "programmes/programmes.html", {"page": page})


@door(rules.may_add_programme, methods=("GET", "POST"), opens=PROGRAMMES)
def add(request: HttpRequest, actor: Person) -> HttpResponse:
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, initial={"begins_on": today(actor.time_zone)}
    )
    if form.is_valid():
        programme = actions.add_programme(details=actions.ProgrammeDetails(**form.cleaned_data), by=actor)
        messages.success(request, _("The programme is saved."))
        return redirect("programmes:programme", programme_id=programme.id)
    return _form(request, form, pages.add_page())


@door(rules.may_change_programme, load=queries.programme_for, methods=("GET", "POST"), opens=PROGRAMMES)
def change(request: HttpRequest, seat: ProgrammeSeat) -> HttpResponse:
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(seat.programme, name) for name in DETAILS},
    )
    if form.is_valid():
        details = actions.ProgrammeDetails(**form.cleaned_data)
        actions.change_programme(details=details, programme=seat, by=seat.actor)
        messages.success(request, _("The programme is saved."))
        return redirect("programmes:programme", programme_id=seat.programme.id)
    return _form(request, form, pages.change_page(seat.programme))


@door(rules.may_close_programme, load=queries.programme_for, methods=("GET", "POST"), opens=PROGRAMMES)
def close(request: HttpRequest, seat: ProgrammeSeat) -> HttpResponse:
    others = [
        each
        for each in queries.programmes_for(seat.actor)
        if each.closed_at is None and each.id != seat.programme.id
    ]
    form = ClosingForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_valid():
        actions.close_programme(programme=seat, go_on_in=form.chosen, by=seat.actor)
        messages.success(request, _("The programme is closed."))
        return redirect("programmes:programmes")
    return _form(request, form, pages.close_page(seat.programme))


@door(rules.may_name_members, load=queries.programme_for, methods=("GET", "POST"), opens=PROGRAMMES)
def add_member(request: HttpRequest, seat: ProgrammeSeat) -> HttpResponse:
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        find=lambda email: person_by_address(seat.actor.organisation_id, email),
    )
    if form.is_valid() and form.person:
        role = ProgrammeRole(form.cleaned_data["role"])
        denied = rules.may_be_named(seat, form.person, role)
        if denied:
            actions.name_member(programme=seat, person=form.person, role=role, by=seat.actor)
            messages.success(request, _("%(name)s is added.") % {"name": form.person.name})
            return redirect("programmes:programme", programme_id=seat.programme.id)
        form.add_error("role", str(denied.sentence))
    return _form(request, form, pages.add_member_page(seat.programme))


@door(rules.may_name_members, load=queries.member_for, methods=("POST",), opens=LEADS_BACK)
def remove_member(request: HttpRequest, seat: ProgrammeSeat, member: ProgrammeMember) -> HttpResponse:
    actions.remove_member(programme=seat, member=member, by=seat.actor)
    messages.success(request, _("They no longer have a part in this programme."))
    return redirect("programmes:programme", programme_id=seat.programme.id)


def _form(request: HttpRequest, form: object, page: pages.FormPage) -> HttpResponse:
    bound = bool(getattr(form, "is_bound", False))
    return render(request, "programmes/form.html", {"form": form, "page": page}, status=422 if bound else 200)
