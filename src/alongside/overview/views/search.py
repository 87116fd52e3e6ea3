"""Looking for words in one's own journeys."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import Journeys, OpenedThing
from alongside.people.rules import is_signed_in

from ..forms import SearchForm
from ..pages.search import found_page
from ..search import search_words


@door(is_signed_in, methods=("GET", "POST"), opens=Journeys("overview.search"))
def search(request: Request, actor: Person) -> HttpResponse:
    """What is looked for is posted, so that it stands in no address, no history and no log."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "overview/search.html", {"form": form}, status=422 if form.is_bound else 200)
    found = search_words(actor, form.cleaned_data["words"])
    request.opened = [
        OpenedThing(seat.journey.id)
        for seat, hits in found.by_seat
        if any(hit.text.is_private for hit in hits)
    ]
    return render(request, "overview/search.html", {"form": form, "page": found_page(found)})
