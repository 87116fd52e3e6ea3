"""The doors to the keepsake, as a page and as a file. Whoever may open the page may take it away; both are noted."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.middleware import zone_of
from alongside.people.publisher import letterhead_of

from ..keepsake_reminders.pages import reminders_of
from ..record.models import Ending
from ..record.openings import ENDING, KEEPSAKE
from ..record.queries import room_for
from .files import as_asked
from .pages import keepsake_page
from .rules import may_open_keepsake


def _taken(shape: str) -> Callable[..., HttpResponse]:
    """In the participant's language and by their clocks, whoever of the two takes it: it is theirs."""

    def take(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
        owner = seat.participant.person
        with translation.override(owner.language), timezone.override(zone_of(owner)):
            page = keepsake_page(seat, ending, theirs=True)
            return as_asked(page, shape, letterhead_of(seat.actor.organisation))

    return door(may_open_keepsake, load=room_for, opens=KEEPSAKE)(take)


pdf = _taken("pdf")
small_pdf = _taken("small_pdf")
file = _taken("file")


@door(may_open_keepsake, load=room_for, opens=ENDING)
def keepsake(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    facts = {"page": keepsake_page(seat, ending), "reminders": reminders_of(seat, ending)}
    return render(request, "ending/keepsake.html", facts)
