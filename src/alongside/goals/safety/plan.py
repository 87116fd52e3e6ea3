"""A safety plan to be read at a hard moment: its fields, the people in it, and numbers that call by a tap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alongside.journeys.kinds.shapes import MAY_BE_CALLED, PEOPLE, Section
from alongside.ui.telephones import telephone_link

_NUMBER = re.compile(
    r"(?<![\w.])(?:\+\s?\d|\(?\d)[\d ().\-/]*\d(?:[ ,]*(?:ext\.?|x) ?\d{1,6})?(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be called by a tap."""

    name: str
    number: str
    link: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: words, or a number with its link."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class PlanField:
    title: str
    lines: tuple[tuple[Piece, ...], ...]
    people: tuple[Phone, ...] = ()
    may_be_called: bool = False
    """Whether the service may call these people, too."""


SafetyPlan = tuple[PlanField, ...]


def plan_field(section: Section, text: str) -> PlanField:
    people = people_in(text) if section.telephones in (PEOPLE, MAY_BE_CALLED) else ()
    lines = text.strip().splitlines()
    return PlanField(
        str(section.title),
        tuple(pieces_of(line) if section.telephones else (Piece(line),) for line in lines),
        people,
        section.telephones == MAY_BE_CALLED,
    )


def people_of(plan: SafetyPlan) -> tuple[Phone, ...]:
    """Everyone in a plan who can be called, each number once."""
    return once(phone for field in plan for phone in field.people)


def may_be_called(plan: SafetyPlan) -> tuple[Phone, ...]:
    """Whom the service may call for this person, as they said themselves."""
    return once(phone for field in plan if field.may_be_called for phone in field.people)


def once(phones: Iterable[Phone]) -> tuple[Phone, ...]:
    """The first of those with the same number."""
    found: dict[str, Phone] = {}
    for phone in phones:
        found.setdefault(phone.link, phone)
    return tuple(found.values())


def people_in(text: str) -> tuple[Phone, ...]:
    """One person a line, with the number in it; the last one, where there are several."""
    people = []
    for line in text.splitlines():
        numbers = list(_numbers(line))
        if numbers:
            at, number, link = numbers[-1]
            name = " ".join((line[:at] + line[at + len(number) :]).strip(" \t,.:;–—-•*").split())
            people.append(Phone(name or number, number, link))
    return tuple(people)


def pieces_of(line: str) -> tuple[Piece, ...]:
    """The line as it was written, its telephone numbers as links."""
    found, end = [], 0
    for at, number, link in _numbers(line):
        found += [Piece(line[end:at])] if at > end else []
        found.append(Piece(number, link))
        end = at + len(number)
    return (*found, Piece(line[end:])) if end < len(line) or not found else tuple(found)


def lines_of(text: str) -> tuple[tuple[Piece, ...], ...]:
    return tuple(pieces_of(line) for line in text.strip().splitlines())


def _numbers(line: str) -> Iterator[tuple[int, str, str]]:
    for match in _NUMBER.finditer(line):
        try:
            yield match.start(), match[0], telephone_link(match[0])
        except ValueError:
            continue
