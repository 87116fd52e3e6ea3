"""Earlier versions of some words. Bringing one back is writing it where it was: through the door of its own box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.journeys import rules
from alongside.journeys.history import history_for, history_of, version_for
from alongside.journeys.models import Words, WordsVersion
from alongside.journeys.seat import Seat
from alongside.ledger.record import record_opening
from alongside.people.doors import Request, door

from ..pages.history import history_page, version_page


@door(rules.may_read_history, load=history_for)
def history(request: Request, seat: Seat, words: Words) -> HttpResponse:
    _note_opening(request, seat, words)
    page = history_page(seat, history_of(seat, words), request.GET.get("to", ""))
    return render(request, "overview/history.html", {"page": page})


@door(rules.may_read_version, load=version_for)
def version(request: Request, seat: Seat, words: Words, version: WordsVersion) -> HttpResponse:
    _note_opening(request, seat, words)
    page = version_page(seat, words, version, request.GET.get("to", ""))
    return render(request, "overview/version.html", {"page": page})


def _note_opening(request: Request, seat: Seat, words: Words) -> None:
    record_opening(
        subject_kind="journeys.words",
        subject_id=words.id,
        journey_id=seat.journey.id,
        login_session=str(request.login_session),
        by=seat,
    )
