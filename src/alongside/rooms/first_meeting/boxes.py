"""The boxes of this room in which people write, and their names in the address."""

from __future__ import annotations

from alongside.journeys.kinds.shapes import Question, Template
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box

NOTES = "first_meeting"
PREPARATION = "preparation"
AGREEMENT = "agreement"
LATE = "agreement_late"
SHARED = "notes"
PRIVATE = "private"
ELSE = "else"
OWN_ANSWER = "answer-"
TOGETHER = "together-"


def template_of(seat: Seat) -> Template:
    return seat.kind.template(seat.journey.template)


def questions_for(seat: Seat, *, guide: bool) -> tuple[Question, ...]:
    """The questions a guide, or a participant, prepares with: the template's own, else the kind's."""
    template = template_of(seat)
    if guide:
        return template.guide_preparation or seat.kind.guide_preparation
    return template.preparation or seat.kind.preparation


def answer_keys(seat: Seat, *, guide: bool) -> tuple[str, ...]:
    return (*(question.key for question in questions_for(seat, guide=guide)), ELSE)


def shared_notes(seat: Seat) -> Box:
    return Box(NOTES, seat.journey.id, SHARED, Visibility.OURS)


def private_notes(seat: Seat) -> Box:
    return Box(NOTES, seat.journey.id, PRIVATE, Visibility.MINE, own=True)


def own_answer(seat: Seat, key: str, *, has_sent: bool) -> Box:
    """An answer is its author's until they send it; what is added after that is open from the first word."""
    return Box(PREPARATION, seat.journey.id, key, Visibility.OURS if has_sent else Visibility.MINE, own=True)


def answer_together(seat: Seat, key: str) -> Box:
    """An answer of the participant that the guide writes down with them, in the room."""
    return Box(PREPARATION, seat.journey.id, key, Visibility.OURS)


def section(version_id, key: str) -> Box:
    return Box(AGREEMENT, version_id, key, Visibility.OURS)


def late(version_id, key: str) -> Box:
    """What somebody was still typing in a section when it was proposed: kept, for them alone."""
    return Box(LATE, version_id, key, Visibility.MINE, own=True)


def by_name(seat: Seat, name: str, *, has_sent: bool) -> Box | None:
    """The box of that name in the address; None where there is none."""
    if name == SHARED:
        return shared_notes(seat)
    if name == PRIVATE:
        return private_notes(seat)
    if name.startswith(OWN_ANSWER):
        key = name.removeprefix(OWN_ANSWER)
        known = key in answer_keys(seat, guide=not seat.is_participant)
        return own_answer(seat, key, has_sent=has_sent) if known else None
    if name.startswith(TOGETHER):
        key = name.removeprefix(TOGETHER)
        return answer_together(seat, key) if key in answer_keys(seat, guide=False) else None
    return None
