"""Where some words stand, in words: the question they answer, the section or the part they were written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.journeys.states import GUIDING, Part
from alongside.rooms.ending.contributions.queries import IN_THE_ROOM
from alongside.rooms.ending.handover import queries as handover
from alongside.rooms.ending.record.queries import PLACE as ENDING
from alongside.rooms.first_meeting import boxes as first
from alongside.rooms.sessions.focusing import levels
from alongside.rooms.sessions.record import boxes as sessions
from alongside.rooms.sessions.supervision_cases.boxes import TAKEN


@dataclass(frozen=True)
class Numbers:
    """The numbers of meetings by their records, and of agreements by their versions."""

    meetings: Mapping[UUID, int]
    agreements: Mapping[UUID, int]


def group_of(place: str) -> str:
    """In which chapter words of a place are read."""
    if place in (first.PREPARATION, first.NOTES):
        return "preparation" if place == first.PREPARATION else "meetings"
    if place in (first.AGREEMENT, first.LATE):
        return "agreement"
    if place in (sessions.RECORD, sessions.LATE, sessions.BEFORE, sessions.FOR_NEXT_TIME):
        return "meetings"
    if place in (*levels.PLACES, levels.LATER):
        return "focusing"
    return "ending" if place == ENDING else "other"


def number_of(words: Words, numbers: Numbers) -> int | None:
    """The meeting or the version of the agreement they belong to."""
    if words.place in (sessions.BEFORE, sessions.FOR_NEXT_TIME):
        last = words.box.rpartition("_")[2]
        return int(last) if last.isascii() and last.isdigit() else None
    return numbers.meetings.get(words.subject_id) or numbers.agreements.get(words.subject_id)


def question_of(seat: Seat, words: Words) -> str:
    """What stands above the box."""
    place, box = words.place, words.box
    if place == first.PREPARATION:
        return _preparation(seat, words)
    if place == first.NOTES:
        return _("Our notes") if box == first.SHARED else _("My private notes")
    if place in (first.AGREEMENT, first.LATE):
        return _titled(seat.kind.agreement, box)
    if place in (sessions.RECORD, sessions.LATE):
        return _in_record(seat, box.partition("@")[0], late=place == sessions.LATE)
    if place == sessions.BEFORE:
        return _("What mattered beforehand")
    if place == sessions.FOR_NEXT_TIME:
        return _("For next time")
    if place in levels.PLACES:
        return _titled(seat.kind.focusing, place.removeprefix(levels.PLACE))
    if place == levels.LATER:
        return _("Topics for another time")
    return _afterwards(seat, place, box)


def _afterwards(seat: Seat, place: str, box: str) -> str:
    if place == ENDING:
        asked = seat.kind.ending_questions
        both = (*asked.participant, *asked.guide)
        return _titled(seat.kind.ending_matters, box) or _texts(both, box.removeprefix(IN_THE_ROOM))
    if place == handover.PLACE:
        return _("Summary for the next guide")
    if place == handover.CARRIED:
        return _("Passed on from before")
    return _("My note on a case") if place == TAKEN else _("Note")


def _preparation(seat: Seat, words: Words) -> str:
    if words.box == first.ELSE:
        return _("Anything else")
    guides = {member.person.id for member in seat.members if member.part in (*GUIDING, Part.COVERING)}
    own = words.author_id in guides
    sides = (first.questions_for(seat, guide=own), first.questions_for(seat, guide=not own))
    return _texts(sides[0], words.box) or _texts(sides[1], words.box)


def _in_record(seat: Seat, box: str, *, late: bool) -> str:
    known = {
        sessions.SUMMARY: _("Summary"),
        sessions.PRIVATE: _("My private notes"),
        sessions.MATTERS: _("What mattered beforehand"),
        sessions.AFTERWARDS: _("Added afterwards"),
    }
    title = known.get(box) or _titled(first.template_of(seat).parts, box) or _("Note")
    return _("Added afterwards: %(part)s") % {"part": title} if late else title


def _titled(things: tuple[Any, ...], key: str) -> str:
    return next((str(one.title) for one in things if one.key == key), "")


def _texts(questions: tuple[Any, ...], key: str) -> str:
    return next((str(one.text) for one in questions if one.key == key), "")
