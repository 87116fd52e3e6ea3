"""The administrator's doors to a copy that answers a request: collect, look through, take out, put back, release, take."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.errors import Refused, demand
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Journeys, OpenedThing

from . import access, access_actions, copies, copy_actions, copy_pages, forms, rules
from .access_views import done, said_at
from .copies import OnePart
from .copying import gathered_of
from .models import AccessRequest
from .states import AccessState

COPY = "access_copy"


@door(rules.may_change_copy, load=access.request_for, methods=("POST",), opens=LEADS_BACK)
def collect(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    copy_actions.collect_copy(request=found, gathered=gathered_of(found.person), by=actor)
    messages.success(request, _("The record is collected. Look through each part of it."))
    return redirect("retention:access_request", request_id=found.id)


@door(rules.may_see_part, load=copies.part_for, opens=Journeys(COPY))
def access_part(request: Request, actor: Person, part: OnePart) -> HttpResponse:
    return _shown(request, part, forms.TakeOutForm())


@door(rules.may_see_part, load=copies.part_for, methods=("POST",), opens=Journeys(COPY))
def take_out(request: Request, actor: Person, part: OnePart) -> HttpResponse:
    form = forms.TakeOutForm(request.POST, lines=part.row.lines)
    if not form.is_valid():
        return _shown(request, part, form, 422)
    try:
        made = copy_actions.take_lines_out(part=part.row, **form.cleaned_data, by=actor)
    except Refused as refused:
        return _shown(request, part, form, said_at(form, refused))
    said = ngettext("%(count)s line is taken out.", "%(count)s lines are taken out.", len(made))
    messages.success(request, said % {"count": len(made)})
    return _back(part)


@door(rules.may_see_part, load=copies.part_for, methods=("POST",), opens=LEADS_BACK)
def put_back(request: Request, actor: Person, part: OnePart) -> HttpResponse:
    line = request.POST.get("line", "")
    if line.isascii() and line.isdigit() and len(line) < 8:
        copy_actions.put_line_back(part=part.row, line=int(line), by=actor)
        messages.success(request, _("The line is back in the copy."))
    return _back(part)


@door(rules.may_see_part, load=copies.part_for, methods=("POST",), opens=LEADS_BACK)
def look_through(request: Request, actor: Person, part: OnePart) -> HttpResponse:
    """On to the next part, or back to the request after the last one."""
    copy_actions.look_through(part=part.row, by=actor)
    messages.success(request, _("Saved."))
    if part.row.number < part.of:
        return redirect("retention:access_part", request_id=part.request.id, number=part.row.number + 1)
    return redirect("retention:access_request", request_id=part.request.id)


@door(rules.may_see_request, load=access.request_for, methods=("POST",), opens=LEADS_BACK)
def release(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    form = forms.ReleaseForm(request.POST, auto_id="release_%s")
    answer = partial(access_actions.close_request, state=AccessState.ANSWERED)
    word = _("The copy is released. Download it and give it to them.")
    return done(request, actor, found, "release", form, answer, word=word)


@door(rules.may_see_request, load=access.request_for, opens=Journeys(COPY))
def copy(request: Request, actor: Person, found: AccessRequest) -> HttpResponse:
    made = copies.copy_of(found)
    demand(rules.may_take_copy(actor, found, made))
    outcome = copies.outcome_of(found)
    assert made and outcome
    given, out = copies.given_by(made), sum(map(len, copies.taken_out_of(made).values()))
    whose = {one.journey_id for one in copies.parts_of(made) if one.journey_id}
    request.opened = [OpenedThing(each, COPY, made.id) for each in sorted(whose)]
    answer = HttpResponse(copy_pages.copy_file(found, made, given, out, outcome), content_type="text/html")
    answer["Content-Disposition"] = 'attachment; filename="copy-of-a-record.html"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shown(request: Request, part: OnePart, form: forms.TakeOutForm, status: int = 200) -> HttpResponse:
    journey_id = part.row.journey_id
    request.opened = [OpenedThing(journey_id, COPY, part.row.copy_id)] if journey_id else []
    page = copy_pages.part_page(part, copies.redactions_of(part.row), form.chosen())
    return render(request, "retention/access_part.html", {"page": page, "form": form}, status=status)


def _back(part: OnePart) -> HttpResponse:
    return redirect("retention:access_part", request_id=part.request.id, number=part.row.number)
