"""The papers of an archive: agreements, records and the keepsake, made as the pages make them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.middleware import zone_of
from alongside.rooms.ending.keepsake.files import paper, whole_page
from alongside.rooms.ending.keepsake.pages import keepsake_page
from alongside.rooms.ending.keepsake.rules import may_open_keepsake
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.first_meeting.pages.agreement import agreement_page
from alongside.rooms.first_meeting.pages.papers import agreement_paper
from alongside.rooms.first_meeting.pages.parts import paper_parts_of
from alongside.rooms.first_meeting.queries import Agreement, versions_of
from alongside.rooms.sessions.copies.choice import OWN, SHARED, Choice
from alongside.rooms.sessions.copies.pages.chapters import as_of, chapter_of
from alongside.rooms.sessions.copies.pages.paper import chapter_on_paper
from alongside.rooms.sessions.copies.queries import Told
from alongside.ui.paper import Letterhead, pdf

EVERYTHING = Choice(parts=frozenset(SHARED | OWN))
Paper = tuple[str, str, bytes]
"""The name of a file, what it is, and the file."""


def papers_of(seat: Seat, told: Told, letterhead: Letterhead) -> Iterator[Paper]:
    """Every paper of one journey. What its person wrote for themself stands in the records; it is their copy."""
    yield from _agreements(seat, letterhead)
    yield from _records(seat, told, letterhead)
    yield from _keepsake(seat, letterhead)


def _agreements(seat: Seat, letterhead: Letterhead) -> Iterator[Paper]:
    versions = versions_of(seat)
    name = capfirst(str(seat.kind.words.agreement))
    for version in reversed(versions):
        agreement = Agreement(version, versions)
        page = agreement_page(seat, agreement, paper_parts_of(seat, agreement))
        title = _("%(agreement)s, version %(number)s") % {"agreement": name, "number": version.number}
        yield (
            f"agreement-{version.number}.pdf",
            title,
            pdf("first_meeting/agreement.typ", agreement_paper(seat, page), letterhead),
        )


def _records(seat: Seat, told: Told, letterhead: Letterhead) -> Iterator[Paper]:
    for record in told.records:
        chapter = chapter_of(seat, told, record, EVERYTHING)
        facts = {
            "title": chapter.title,
            "between": f"{seat.guide.name} · {seat.participant.name}",
            "made": _("Copied on %(when)s.") % {"when": as_of()},
            "chapters": [chapter_on_paper(chapter)],
            "is_story": False,
        }
        made = pdf("sessions/reading/meetings.typ", facts, letterhead)
        yield f"record-{record.number}.pdf", chapter.title, made


def _keepsake(seat: Seat, letterhead: Letterhead) -> Iterator[Paper]:
    """In the participant's language and by their clocks, whoever of the two takes it: it is theirs."""
    ending = ending_of(seat)
    if ending is None or not may_open_keepsake(seat, ending):
        return
    owner = seat.participant.person
    with translation.override(owner.language), timezone.override(zone_of(owner)):
        page = keepsake_page(seat, ending, theirs=True)
        files = (
            ("keepsake.pdf", _("Keepsake (PDF)"), paper(page, "a4", letterhead)),
            ("keepsake.html", _("Keepsake (opens in any browser)"), whole_page(page).encode()),
        )
    yield from files
