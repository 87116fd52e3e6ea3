"""What was found, said as people know it: in which journey, in what, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.rooms.ending.contributions.states import TAKEN_ALONG
from alongside.rooms.first_meeting import boxes as first_meeting
from alongside.rooms.sessions.focusing import levels as focusing
from alongside.rooms.sessions.record import boxes as sessions

from ..search import Found, SearchHit
from .common import meeting_name, meeting_url, room, title_of


@dataclass(frozen=True)
class Line:
    what: str
    url: str
    before: str
    match: str
    after: str


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FoundPage:
    said: str
    groups: tuple[Group, ...]
    more: str


def found_page(found: Found) -> FoundPage:
    groups = tuple(
        Group(
            key=str(seat.journey.id),
            title=title_of(seat),
            kind=_("%(kind)s, you are %(part)s") % {"kind": seat.kind.name, "part": _part(seat)},
            lines=tuple(_line(seat, hit) for hit in hits),
        )
        for seat, hits in found.by_seat
    )
    return FoundPage(
        said=_said(found),
        groups=groups,
        more=_("There are more results. Add another word to narrow them down.") if found.more else "",
    )


def _said(found: Found) -> str:
    if not found.count:
        return _("Nothing found. Try fewer words, or part of a word.")
    return ngettext("Found in %(count)s place.", "Found in %(count)s places.", found.count) % {
        "count": found.count
    }


def _part(seat: Seat) -> str:
    if seat.is_guide:
        return seat.called(Part.GUIDE)
    return seat.called(Part.PARTICIPANT if seat.is_participant else seat.member.part)


def _line(seat: Seat, hit: SearchHit) -> Line:
    what, url = (
        _where(seat, hit) if seat.is_one_of_two else (_("Marked for you"), room(seat, "overview:journey"))
    )
    return Line(capfirst(what), url, hit.before, hit.match, hit.after)


def _where(seat: Seat, hit: SearchHit) -> tuple[str, str]:
    text, words = hit.text, seat.kind.words
    if text.sort in ("title", "name"):
        return str(words.journey), room(seat, "overview:journey")
    if text.sort == "target" and text.key:
        return str(words.target), room(seat, "first_meeting:target", text.key)
    if text.sort == "need":
        return str(words.need), room(seat, "first_meeting:goals")
    if text.sort == "step":
        return _("step"), room(seat, "overview:journey")
    if text.sort == "issue" and text.number:
        return meeting_name(seat, text.number), meeting_url(seat, text.number)
    if text.sort == "entry":
        taken = text.place in TAKEN_ALONG
        what = _("what you take with you") if taken else _("on-going support")
        return what, room(seat, "ending:taking_with_me" if taken else "ending:support")
    if text.sort == "answer":
        return _("afterwards"), room(seat, "follow_up:plan")
    if text.place in focusing.PLACES and text.key:
        return _("focusing"), room(seat, "focusing:show", text.key)
    return _place(seat, text.place, text.number)


def _place(seat: Seat, place: str, number: int | None) -> tuple[str, str]:
    """Where words stand: in a meeting, or in one of the other rooms."""
    if place in (sessions.RECORD, sessions.LATE, sessions.BEFORE, sessions.FOR_NEXT_TIME) and number:
        return meeting_name(seat, number), meeting_url(seat, number)
    known = {
        first_meeting.NOTES: (_("first meeting"), "first_meeting:room"),
        first_meeting.PREPARATION: (_("preparation"), "first_meeting:preparation"),
        first_meeting.AGREEMENT: (_("agreement"), "first_meeting:agreement"),
        first_meeting.LATE: (_("agreement"), "first_meeting:agreement"),
        "ending": (_("ending"), "ending:room"),
        "hand_over": (_("handover"), "handover:handover"),
        "carried": (_("brought along"), "handover:came_along"),
        focusing.LATER: (_("focusing"), "focusing:list"),
    }
    what, door = known.get(place, (str(seat.kind.words.journey), "overview:journey"))
    return what, room(seat, door)
