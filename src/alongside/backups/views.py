"""The administrator's page about backups."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing

from . import queries
from .actions.asking import ask_for_backup
from .pages import backups_page
from .rules import may_look_after_backups

BACKUPS = Nothing("When backups were made: no words of anybody.")


@door(may_look_after_backups, opens=BACKUPS)
def backups(request: HttpRequest, actor: Person) -> HttpResponse:
    page = backups_page(
        queries.standing(actor),
        queries.records(actor),
        str(settings.BACKUPS_FOLDER),
        by_itself=not settings.DEMO,
    )
    return render(request, "backups/backups.html", {"page": page})


@door(may_look_after_backups, methods=("POST",), opens=LEADS_BACK)
def ask(request: HttpRequest, actor: Person) -> HttpResponse:
    ask_for_backup(by=actor)
    messages.success(
        request, _("A backup is being made, and tested by restoring it. This takes a few minutes.")
    )
    return redirect("backups:backups")
