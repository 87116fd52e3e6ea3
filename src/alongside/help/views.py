"""Reading the help."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.people.doors import Request, door, public
from alongside.people.models import Person
from alongside.people.openings import Nothing

from .contents import HelpPage, page_for
from .pages import contents_page, reading_page
from .rules import may_read_help

HELP = Nothing("Our own words about how to go on, and whom the organisation says to call.")


@public("Whoever cannot sign in needs help most.", opens=HELP)
@require_safe
def contents(request: Request) -> HttpResponse:
    """The contents of the help; who is not signed in reads how to come in."""
    if request.actor is None:
        return render(request, "help/coming_in.html")
    return render(request, "help/contents.html", {"page": contents_page(request.actor)})


@door(may_read_help, load=page_for, opens=HELP)
def page(request: Request, actor: Person, found: HelpPage) -> HttpResponse:
    return render(request, "help/page.html", {"page": reading_page(actor, found)})
