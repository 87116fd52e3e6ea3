"""The doors to a rehearsal: begin one of the draft or of a version, and delete it. What it shows is `rehearsing`'s."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.journeys.models import MaterialVersion, Rehearsal
from alongside.journeys.rehearsals import rehearsal_for
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK
from alongside.retention.rehearsal_actions import end_rehearsal
from alongside.retention.rules import may_end_rehearsal

from . import queries, rules
from .queries import Desk
from .rehearsal_actions import begin_rehearsal
from .rehearsing import GUIDE, url_in


@door(rules.may_rehearse, load=queries.desk_for, methods=("POST",), limit="names", opens=LEADS_BACK)
def rehearse(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _begin(request, desk, None)


@door(
    rules.may_rehearse_version, load=queries.version_for, methods=("POST",), limit="names", opens=LEADS_BACK
)
def rehearse_version(request: HttpRequest, desk: Desk, version: MaterialVersion) -> HttpResponse:
    return _begin(request, desk, version)


def _begin(request: HttpRequest, desk: Desk, version: MaterialVersion | None) -> HttpResponse:
    try:
        rehearsal = begin_rehearsal(material=desk.material, version=version, by=desk.actor)
    except Refused as refused:
        if refused.verdict.denial != Denial.NOT_NOW:
            raise
        messages.warning(request, str(refused.verdict.sentence))
        return redirect("material:material", material_id=desk.material.id)
    return redirect(url_in(rehearsal, GUIDE))


@door(may_end_rehearsal, load=rehearsal_for, methods=("POST",), opens=LEADS_BACK)
def end(request: HttpRequest, actor: Person, rehearsal: Rehearsal) -> HttpResponse:
    end_rehearsal(rehearsal=rehearsal, by=actor)
    messages.success(request, _("The rehearsal is deleted."))
    return redirect("material:material", material_id=rehearsal.material_id)
