"""The doors to meetings read again: a copy of one, and the story of all."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.people.doors import Request, door
from alongside.people.publisher import letterhead_of
from alongside.ui.paper import download, pdf

from ..record import rules
from ..record.openings import COPY, STORY
from ..record.queries import Table, open_table_for
from .choice import OWN, SHARED, nameless
from .forms import CopyForm
from .pages.chapters import Chapter, as_of, chapter_of, story_of
from .pages.paper import chapter_on_paper
from .pages.text import as_text
from .queries import beginning_of, told_of


@dataclass(frozen=True)
class Tick:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class CopyPage:
    """What is to be included, and the copy as it would be."""

    title: str
    shared: tuple[Tick, ...]
    own: tuple[Tick, ...]
    names: bool
    text: str
    here: str
    text_url: str
    paper_url: str
    print_url: str
    meeting_url: str


@door(rules.may_see_meeting, load=open_table_for, opens=COPY)
def copy(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """Choose what goes along, and take it as text, as PDF or as a page to print."""
    form, chapter = _copied(request, seat, table)
    journey, number, asked = seat.journey.id, table.number, request.GET.urlencode()
    query = f"?{asked}" if asked else ""
    chosen = form.choice
    page = CopyPage(
        title=chapter.title,
        shared=tuple(Tick(key, str(label), chosen.has(key)) for key, label in SHARED.items()),
        own=tuple(Tick(key, str(label), chosen.has(key)) for key, label in OWN.items()),
        names=chosen.names,
        text=as_text(chapter, _between(_reader(seat, form))),
        here=address("reading:copy", journey, number),
        text_url=address("reading:text", journey, number) + query,
        paper_url=address("reading:paper", journey, number) + query,
        print_url=address("reading:page", journey, number) + query,
        meeting_url=address("sessions:meeting", journey, number),
    )
    return render(request, "sessions/reading/copy.html", {"page": page})


@door(rules.may_see_meeting, load=open_table_for, opens=COPY)
def text(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """As plain text, to paste into the record kept elsewhere."""
    form, chapter = _copied(request, seat, table)
    said = as_text(chapter, _between(_reader(seat, form)))
    answer = HttpResponse(said, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="record.txt"'
    return answer


@door(rules.may_see_meeting, load=open_table_for, opens=COPY)
def paper(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """As PDF."""
    form, chapter = _copied(request, seat, table)
    facts = {
        "title": chapter.title,
        "between": _between(_reader(seat, form)),
        "made": _("Copied on %(when)s.") % {"when": as_of()},
        "chapters": [chapter_on_paper(chapter)],
        "is_story": False,
    }
    return download(
        pdf("sessions/reading/meetings.typ", facts, letterhead_of(seat.actor.organisation)), "record.pdf"
    )


@door(rules.may_see_meeting, load=open_table_for, opens=COPY)
def page(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """As one page to read and to print, without the path above it: that names the other of the two."""
    form, chapter = _copied(request, seat, table)
    here = address("sessions:meeting", seat.journey.id, table.number)
    facts = {"chapter": chapter, "between": _between(_reader(seat, form)), "back": here, "journey_path": None}
    return render(request, "sessions/reading/page.html", facts)


@door(rules.may_enter_room, load=seat_for, opens=STORY)
def story(request: Request, seat: Seat) -> HttpResponse:
    """All meetings of a journey as one story."""
    facts = {
        "title": _story_title(seat),
        "between": _between(seat),
        "chapters": _story(request, seat),
        "paper_url": address("reading:story_paper", seat.journey.id),
        "room_url": address("sessions:room", seat.journey.id),
    }
    return render(request, "sessions/reading/story.html", facts)


@door(rules.may_enter_room, load=seat_for, opens=STORY)
def story_paper(request: Request, seat: Seat) -> HttpResponse:
    facts = {
        "title": _story_title(seat),
        "between": _between(seat),
        "made": _("Printed on %(when)s.") % {"when": as_of()},
        "chapters": [chapter_on_paper(chapter) for chapter in _story(request, seat)],
        "is_story": True,
    }
    return download(
        pdf("sessions/reading/meetings.typ", facts, letterhead_of(seat.actor.organisation)), "story.pdf"
    )


# --- what the doors have in common -----------------------------------------------------------------------


def _copied(request: Request, seat: Seat, table: Table) -> tuple[CopyForm, Chapter]:
    """The chapter as it was asked for. Taking a copy out is recorded like opening the words."""
    assert table.record
    form = CopyForm(request.GET)
    reader = _reader(seat, form)
    told = told_of(reader, number=table.number)
    return form, chapter_of(reader, told, told.records[0], form.choice)


def _reader(seat: Seat, form: CopyForm) -> Seat:
    return seat if form.choice.names else nameless(seat)


def _story(request: HttpRequest, seat: Seat) -> tuple[Chapter, ...]:
    return story_of(seat, beginning_of(seat), told_of(seat))


def _story_title(seat: Seat) -> str:
    return str(seat.journey.title) or capfirst(str(seat.kind.words.journey))


def _between(seat: Seat) -> str:
    return f"{seat.guide.name} · {seat.participant.name}"
