"""Collecting somebody's record so that their organisation can give them a copy: lines that can be looked at one by one.

It is what the archive of that person tells (`archive/`), less what they alone may read: that stays theirs, and they have
it by *Everything about me*. What only others may read is in no archive. Of a journey in which they are not the participant
it tells that they have a part in it, and what a named person wrote for all: the rest is another person's record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alongside.archive.gathering import Facts
from alongside.archive.gathering.account import account_of
from alongside.archive.gathering.journeys import journey_of
from alongside.archive.gathering.labels import Numbers
from alongside.archive.gathering.written import words_of
from alongside.archive.offline.account_page import account_sections
from alongside.archive.offline.journey_page import journey_sections
from alongside.archive.offline.sections import Entry, Section, entry, section, word_entry
from alongside.archive.offline.wording import state_of
from alongside.journeys.models import Visibility
from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.rooms.sessions.copies.queries import told_of

SOME_LINES = 120
"""About so many lines are looked through together, on one page."""
ENDS_OF_LINES = re.compile(r"(?<=\n)|(?<=[.!?؟] )(?=\S)|(?<=[。！？])")


@dataclass(frozen=True)
class Line:
    """One line: of which entry, what it is called there, and what it says."""

    number: int
    entry: int
    shape: str
    name: str
    text: str


@dataclass(frozen=True)
class Gathered:
    """What becomes a part of a copy. `content` is ready for JSON."""

    heading: str
    journey_id: UUID | None
    content: dict[str, Any]

    @property
    def lines(self) -> int:
        return len(lines_of(self.content))


def gathered_of(person: Person) -> list[Gathered]:
    """Everything, as it is at this moment, in the person's own language and by their own clocks."""
    found: list[Gathered] = []
    with translation.override(person.language), timezone.override(zone_of(person)):
        account = _("Your account")
        for one in account_sections(account_of(person)):
            found += _parts(account, None, one)
        for number, seat in enumerate(reversed(seats_of(person)), start=1):
            name = f"{seat.kind.name} {number}"
            for one in _sections(seat, number):
                found += _parts(name, seat.journey.id, one)
    return found


def _sections(seat: Seat, number: int) -> Iterator[Section]:
    if not seat.is_participant:
        yield from _of_others(seat)
        return
    facts = not_theirs_alone(journey_of(seat, number, told_of(seat), []))
    yield from journey_sections(facts, seat.kind.words)


def not_theirs_alone(facts: Facts) -> Facts:
    """Without what nobody but the participant may read, and what is still being made."""
    after = facts["follow_up"]
    return facts | {
        "words": [one for one in facts["words"] if one["read_by"] != Visibility.MINE],
        "how_meetings_were": [one for one in facts["how_meetings_were"] if not one["hidden_from_guide"]],
        "focusings": [one for one in facts["focusings"] if one["together"]],
        "questionnaires": [one for one in facts["questionnaires"] if one["handed_in_at"]],
        "reflections": [],
        "taken_to_supervision": [],
        "follow_up": {
            **after,
            "answers": [one for one in after["answers"] if one["read_by"] != Visibility.MINE],
        },
    }


def _of_others(seat: Seat) -> Iterator[Section]:
    parts = (state_of("part", part) for part in sorted(seat.parts))
    yield section("about", _("About this"), [entry(str(seat.kind.name), *parts, seat.journey.created_at)])
    if seat.is_named:
        own = Q(author=seat.actor) & ~Q(visibility=Visibility.MINE)
        written = words_of(seat, {seat.actor.id: str(seat.actor.name)}, Numbers({}, {}), only=own)
        yield section("written", _("What was written"), map(word_entry, written))


def _parts(name: str, journey_id: UUID | None, one: Section) -> Iterator[Gathered]:
    """A long chapter becomes several parts, each of whole entries."""
    waiting: list[dict[str, Any]] = []
    for each in one.entries:
        waiting.append(_plain(each))
        if len(lines_of({"entries": waiting})) >= SOME_LINES:
            yield _gathered(name, journey_id, one, waiting)
            waiting = []
    if waiting:
        yield _gathered(name, journey_id, one, waiting)


def _gathered(name: str, journey_id: UUID | None, one: Section, entries: list[dict[str, Any]]) -> Gathered:
    content = {"chapter": name, "key": one.key, "title": one.title, "entries": entries}
    return Gathered(f"{name} · {one.title}", journey_id, content)


def _plain(one: Entry) -> dict[str, Any]:
    pairs = [list(pair) for pair in one.pairs]
    return {"title": one.title, "about": one.about, "text": cut(one.text), "pairs": pairs}


def cut(text: str) -> list[str]:
    """Its sentences and lines, each with the space and the breaks behind it: put together they are the text again."""
    found: list[str] = []
    for piece in filter(None, ENDS_OF_LINES.split(text)):
        if found and not piece.strip():
            found[-1] += piece
        else:
            found.append(piece)
    return found


def lines_of(content: dict[str, Any]) -> list[Line]:
    """Every line by its number; what is empty, or only a break, is none."""
    found: list[Line] = []
    for place, one in enumerate(content["entries"]):
        told = [("title", "", one["title"]), ("about", "", one["about"])]
        told += [("text", "", line) for line in one["text"]]
        told += [("pair", name, value) for name, value in one["pairs"]]
        for shape, name, text in told:
            if text.strip():
                found.append(Line(len(found), place, shape, name, text))
    return found


def without(content: dict[str, Any], taken_out: set[int]) -> Section:
    """The chapter with a mark where a line was taken out: what was there is in it nowhere."""
    mark = _("[taken out]")
    entries: dict[int, list[tuple[Line, str]]] = {}
    for line in lines_of(content):
        kept = mark + line.text[len(line.text.rstrip()) :] if line.number in taken_out else line.text
        entries.setdefault(line.entry, []).append((line, kept))
    return section(content["key"], content["title"], (_entry(lines) for lines in entries.values()))


def _entry(lines: list[tuple[Line, str]]) -> Entry:
    of = {
        shape: [text for line, text in lines if line.shape == shape] for shape in ("title", "about", "text")
    }
    pairs = tuple((line.name, text) for line, text in lines if line.shape == "pair")
    return Entry("".join(of["title"]), "".join(of["about"]), "".join(of["text"]).strip(), pairs)
