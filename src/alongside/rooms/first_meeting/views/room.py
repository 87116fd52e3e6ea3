"""The room, its boxes, and that the two have met."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.journeys.openings import JOURNEY
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.journeys.words_view import answer
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK
from alongside.rooms.environment.actions import note_held
from alongside.rooms.environment.models import Meeting

from .. import boxes, finders, queries, rules
from ..pages.before import before_page
from ..pages.common import address
from ..pages.room import room_page
from .common import go, show


@door(rules.may_open_room, load=finders.room_for, opens=JOURNEY)
def room(request: HttpRequest, seat: Seat, facts: queries.RoomFacts) -> HttpResponse:
    prepared = queries.preparation_words(seat) if seat.is_guide else {}
    page = room_page(seat, facts, queries.first_meeting_of(seat), queries.notes(seat), prepared)
    return show(request, seat, "room", page=page)


@door(rules.may_open_room, load=finders.room_for, opens=JOURNEY)
def before(request: HttpRequest, seat: Seat, facts: queries.RoomFacts) -> HttpResponse:
    """What the participant needs to know before the first meeting; the guide sees what they are told."""
    return show(request, seat, "before", page=before_page(seat, facts, queries.first_meeting_of(seat)))


@door(rules.may_write, load=finders.box_for, methods=("POST",), limit="words", opens=JOURNEY)
def save_words(request: HttpRequest, seat: Seat, box: Box) -> HttpResponse:
    back = "preparation" if box.place == boxes.PREPARATION else "room"
    return answer(request, box=box, seat=seat, back=address(seat, back))


@door(rules.may_note_first_held, load=finders.first_meeting_for, methods=("POST",), opens=LEADS_BACK)
def note_first_held(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    note_held(meeting=meeting, by=seat)
    messages.success(request, _("Saved: you have met."))
    return go(seat, "room")
