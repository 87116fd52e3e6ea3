"""What helped on the way, as far as the participant may read it. Nothing is taken along by itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from alongside.goals.queries import StepFacts, step_facts
from alongside.goals.states import StepState
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.rooms.sessions.focusing.queries import FocusingHere, insights_of

from ..record.models import Ending
from ..record.queries import room_for
from .models import EndingEntry
from .states import Sort


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step becomes what I will do, something understood a key point. `id` is the step's or the words'."""

    id: UUID
    sort: Sort
    text: str
    helped: str = ""
    """What was said to have helped when it was reviewed."""
    number: int | None = None
    """The meeting it was reviewed or begun in."""
    is_private: bool = False
    """Nobody but the participant reads it so far."""


def suggestions_of(seat: Seat, ending: Ending) -> tuple[Suggestion, ...]:
    """The latest first; without what was taken along already, or taken away again after that."""
    rows = EndingEntry.objects.filter(ending=ending).exclude(taken_from=None)
    taken = set(rows.values_list("taken_from", flat=True))
    found = (*_understood(seat), *_done(seat))
    return tuple(each for each in found if each.id not in taken)


def _done(seat: Seat) -> list[Suggestion]:
    """The participant's own steps that were done, those of which it was said what helped before the others."""
    mine = seat.participant.person.id
    done = [step for step in step_facts(seat) if step.state == StepState.DONE and step.owner_id == mine]
    done.sort(key=lambda step: (not step.word, -(step.reviewed_in or step.planned_in or 0)))
    return [_step(step) for step in done]


def _step(step: StepFacts) -> Suggestion:
    return Suggestion(step.id, Sort.STRATEGY, step.text, helped=step.word, number=step.reviewed_in)


def _understood(seat: Seat) -> list[Suggestion]:
    """What the participant, or the two together, understood in a focusing of which a step was done since."""
    return [
        Suggestion(
            words.id,
            Sort.KEY_POINT,
            str(words.text).strip(),
            number=here.number,
            is_private=words.visibility == Visibility.MINE,
        )
        for here, words in reversed(insights_of(seat))
        if _is_theirs(seat, here) and any(act.state == StepState.DONE for act in here.acts)
    ]


def _is_theirs(seat: Seat, here: FocusingHere) -> bool:
    return here.together or here.row.author_id == seat.participant.person.id


def suggestion_for(
    actor: Person, *, journey_id: UUID, suggested_id: UUID
) -> tuple[Seat, Ending | None, Suggestion] | None:
    seat, ending = room_for(actor, journey_id=journey_id) or (None, None)
    if seat is None or ending is None:
        return None
    found = next((each for each in suggestions_of(seat, ending) if each.id == suggested_id), None)
    return (seat, ending, found) if found else None
