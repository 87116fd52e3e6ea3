"""Reading the help."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import Nothing
from alongside.people.rules import is_signed_in

from .contents import HelpPage, page_for
from .pages import contents_page, reading_page
from .rules import may_read_help

HELP = Nothing("Our own words about how to go on, and whom the organisation says to call.")


@door(is_signed_in, opens=HELP)
def contents(request: Request, actor: Person) -> HttpResponse:
    return render(request, "help/contents.html", {"page": contents_page(actor)})


@door(may_read_help, load=page_for, opens=HELP)
def page(request: Request, actor: Person, found: HelpPage) -> HttpResponse:
    return render(request, "help/page.html", {"page": reading_page(actor, found)})
