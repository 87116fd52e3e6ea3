"""Earlier versions of some words. Bringing one back is writing it where it was: through the door of its own box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.journeys import rules
from alongside.journeys.history import history_for, history_of, version_for
from alongside.journeys.models import Words, WordsVersion
from alongside.journeys.seat import Seat
from alongside.people.doors import Request, door
from alongside.people.openings import Words as OpensWords
from alongside.people.openings import the_second

from ..pages.history import history_page, version_page

HISTORY = OpensWords("journeys.words", of=the_second)


@door(rules.may_read_history, load=history_for, opens=HISTORY)
def history(request: Request, seat: Seat, words: Words) -> HttpResponse:
    page = history_page(seat, history_of(seat, words), request.GET.get("to", ""))
    return render(request, "overview/history.html", {"page": page})


@door(rules.may_read_version, load=version_for, opens=HISTORY)
def version(request: Request, seat: Seat, words: Words, version: WordsVersion) -> HttpResponse:
    page = version_page(seat, words, version, request.GET.get("to", ""))
    return render(request, "overview/version.html", {"page": page})
