"""What stands out in the ledger, for an administrator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import Nothing
from alongside.people.rules import may_manage_people

from ..pages.standing_out import standing_out_page
from ..standing_out import what_stands_out

COUNTS = Nothing("Persons and counts: no journey, and no word.")


@door(may_manage_people, opens=COUNTS)
def standing_out(request: HttpRequest, actor: Person) -> HttpResponse:
    page = standing_out_page(what_stands_out(actor))
    return render(request, "overview/standing_out.html", {"page": page})
