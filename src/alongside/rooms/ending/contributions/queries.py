"""Questions about what the two contribute: answers, entries, supports."""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.people.models import Person
from alongside.rooms.first_meeting.states import Side

from ..record.models import Ending
from ..record.queries import PLACE, room_for, sayings_of, side_of, speaks_in_the_room
from .models import EndingEntry
from .states import Sort

IN_THE_ROOM = "participant_"


def questions_for(seat: Seat, side: Side) -> tuple:
    questions = seat.kind.ending_questions
    return questions.participant if side == Side.PARTICIPANT else questions.guide


def box_named(seat: Seat, ending: Ending, name: str, *, revealed: bool) -> Box | None:
    """The box of that name this person may write in; None when there is none."""
    if seat.kind.matter(name):
        return Box(PLACE, ending.id, name, Visibility.OURS)
    if name.startswith(IN_THE_ROOM):
        keys = {question.key for question in questions_for(seat, Side.PARTICIPANT)}
        spoken = speaks_in_the_room(seat) and name.removeprefix(IN_THE_ROOM) in keys
        return Box(PLACE, ending.id, name, Visibility.OURS) if spoken else None
    if name in {question.key for question in questions_for(seat, side_of(seat))}:
        # once both have shown theirs, what is added later is open to both as well
        return Box(PLACE, ending.id, name, Visibility.OURS if revealed else Visibility.MINE, own=True)
    return None


def voice_of(seat: Seat, side: Side, key: str, written: dict[tuple[str, UUID | None], Words]) -> Words | None:
    """One side's answer to one question, as far as this person may read it."""
    if side == Side.GUIDE:
        people = [
            member.person.id for member in seat.members if member.person.id != seat.participant.person.id
        ]
        answers = [answer for who in people if (answer := written.get((key, who)))]
        return next((answer for answer in answers if answer.text), answers[0] if answers else None)
    own = written.get((key, seat.participant.person.id))
    return own if own and own.text else written.get((IN_THE_ROOM + key, None)) or own


def has_answered(seat: Seat, side: Side, written: dict[tuple[str, UUID | None], Words]) -> bool:
    answers = [voice_of(seat, side, question.key, written) for question in questions_for(seat, side)]
    return any(words and str(words.text).strip() for words in answers)


def entries_of(ending: Ending) -> list[EndingEntry]:
    """All that was put down, in its order, also what was removed (but not what another wording replaced)."""
    rows = EndingEntry.objects.filter(ending=ending, replaced_by=None).select_related("by", "removed_by")
    return list(rows.order_by("position", "created_at", "id"))


def has_support(ending: Ending) -> bool:
    """Whether any support that goes on is written down."""
    return EndingEntry.objects.filter(ending=ending, sort=Sort.SUPPORT, removed_at=None).exists()


def standing(entries: list[EndingEntry], sort: Sort) -> list[EndingEntry]:
    return [entry for entry in entries if entry.sort == sort and entry.removed_at is None]


def box_for(actor: Person, *, journey_id: UUID, box: str) -> tuple[Seat, Ending, Box] | None:
    """One's own box, the shared one, or in the room the participant's."""
    found = room_for(actor, journey_id=journey_id)
    seat, ending = found or (None, None)
    if seat is None or ending is None:
        return None
    named = box_named(seat, ending, box, revealed=sayings_of(ending).both_ready)
    return (seat, ending, named) if named else None


def entry_for(actor: Person, *, journey_id: UUID, entry_id: UUID) -> tuple[Seat, Ending, EndingEntry] | None:
    found = room_for(actor, journey_id=journey_id)
    if found is None or found[1] is None:
        return None
    entry = EndingEntry.objects.filter(id=entry_id, ending=found[1]).select_related("by").first()
    return (found[0], found[1], entry) if entry else None
