"""Who has opened what of a journey, and when: from the ledger, in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.journeys.seat import Seat
from alongside.ledger.openings import OpenedThing

from ..queries import MOST_OPENED, OpenedWhat
from .common import meeting_name, room

WHAT = {
    "journeys.journey": gettext_lazy("the main page"),
    "journeys.words": gettext_lazy("earlier versions of a note"),
    "overview.search": gettext_lazy("words found by a search"),
    "overview.today": gettext_lazy("steps shown on the first page"),
    "overview.journeys": gettext_lazy("a line in the list"),
    "goals.measuring": gettext_lazy("measurements"),
    "goals.need": gettext_lazy("a need"),
    "goals.target": gettext_lazy("a goal"),
    "goals.step": gettext_lazy("a step"),
    "goals.safetynotice": gettext_lazy("an answer about safety"),
    "meeting_reasons": gettext_lazy("why a time was changed or cancelled"),
    "sessions": gettext_lazy("the list of meetings, and what is written for next time"),
    "sessions.felt": gettext_lazy("how it was each time"),
    "story": gettext_lazy("everything in one go"),
    "focusing": gettext_lazy("what was focused on"),
    "focusings": gettext_lazy("what was focused on"),
    "archive": gettext_lazy("everything, as a copy to keep"),
    "access_copy": gettext_lazy("a copy of the record, to answer a request"),
    "case": gettext_lazy("what was taken to supervision"),
    "sessions.reflection": gettext_lazy("a look back of the guide’s own"),
    "room_first_meeting.agreementversion": gettext_lazy("the agreement"),
    "room_ending.ending": gettext_lazy("the ending"),
    "room_ending.followup": gettext_lazy("answers given after the end"),
    "room_ending.keepsake": gettext_lazy("the keepsake"),
    "room_ending.wayback": gettext_lazy("the request to come back"),
}
GUIDES_ALONE = frozenset({"case", "sessions.reflection"})
"""What is no word of the participant's, and not told to them: they are told once and for all that supervision happens."""
MEETINGS = frozenset({"meeting", "meeting_record"})
COPY = "meeting_record_copy"


@dataclass(frozen=True)
class OpenedLine:
    name: str
    what: str
    when: str


@dataclass(frozen=True)
class OpenedDay:
    title: str
    lines: tuple[OpenedLine, ...]


@dataclass(frozen=True)
class OpenedPage:
    lead: str
    days: tuple[OpenedDay, ...]
    empty: str
    more: str
    keeping: str
    """Said to the participant: how long their record stays."""
    back: str


def opened_page(seat: Seat, opened: OpenedWhat, keeping: str = "") -> OpenedPage:
    shown = [thing for thing in opened.things if seat.is_guide or thing.kind not in GUIDES_ALONE]
    days = groupby(shown, key=lambda thing: timezone.localtime(thing.at).date())
    return OpenedPage(
        lead=_(
            "When someone else opens what is written here, it is noted, once each time they sign "
            "in. What you open yourself is not listed."
        ),
        days=tuple(
            OpenedDay(
                capfirst(formats.date_format(day, "l j F Y")),
                tuple(_line(seat, opened, thing) for thing in things),
            )
            for day, things in days
        ),
        empty=_("No one else has opened anything yet."),
        more=_("The latest %(count)s are shown.") % {"count": MOST_OPENED}
        if len(opened.things) == MOST_OPENED
        else "",
        keeping=keeping,
        back=room(seat, "overview:journey"),
    )


def _line(seat: Seat, opened: OpenedWhat, thing: OpenedThing) -> OpenedLine:
    return OpenedLine(
        name=opened.names.get(thing.person_id) or _("Someone who has left"),
        what=_what(seat, opened, thing),
        when=formats.date_format(timezone.localtime(thing.at), "H:i"),
    )


def _what(seat: Seat, opened: OpenedWhat, thing: OpenedThing) -> str:
    number = opened.numbers.get(thing.subject_id)
    if thing.kind in MEETINGS and number:
        return meeting_name(seat, number)
    if thing.kind == COPY and number:
        return _("a copy of %(meeting)s") % {"meeting": meeting_name(seat, number)}
    return str(WHAT.get(thing.kind, _("words")))
