"""The doors to everything about oneself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Journeys, Nothing, OpenedThing

from . import actions, queries, rules
from .asking import ask_for_archive
from .models import Archive
from .pages import everything_page

ABOUT = Nothing("Whether an archive was made, and when: no words of a journey.")
ARCHIVE = "archive"


@door(rules.may_open_everything, opens=ABOUT)
def everything(request: HttpRequest, actor: Person) -> HttpResponse:
    page = everything_page(actor, queries.newest_of(actor))
    return render(request, "archive/everything.html", {"page": page})


@door(rules.may_open_everything, methods=("GET", "POST"), opens=LEADS_BACK)
def make(request: HttpRequest, actor: Person) -> HttpResponse:
    """Whoever comes here after signing in once more is led to the page with the button."""
    if request.method == "POST":
        ask_for_archive(by=actor)
        messages.success(request, _("Your archive is being made. It will be here in a few minutes."))
    return redirect("archive:everything")


@door(rules.may_take_archive, load=queries.archive_for, opens=Journeys(ARCHIVE))
def take(request: Request, actor: Person, archive: Archive) -> HttpResponse:
    content = queries.content_of(archive)
    request.opened = [OpenedThing(UUID(each), ARCHIVE, archive.id) for each in archive.journeys]
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="alongside-everything-about-me.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@door(rules.may_remove_archive, load=queries.archive_for, methods=("POST",), opens=LEADS_BACK)
def remove(request: HttpRequest, actor: Person, archive: Archive) -> HttpResponse:
    actions.remove_archive(archive=archive, by=actor)
    messages.success(request, _("Your archive has been removed from here."))
    return redirect("archive:everything")
