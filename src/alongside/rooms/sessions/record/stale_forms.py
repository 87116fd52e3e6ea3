"""What the review on the page of a meeting showed when something was said on it.

Its form is sent whole, also from a page that is an hour old. Beside each row goes a mark of what it showed; so what the
sender left as it was does not undo what the other has said since, and where both said something, neither is lost unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from uuid import UUID

from alongside.goals.models import StepStateRecord
from alongside.goals.states import StepState
from alongside.journeys.merging import merge

NOTHING = "--"


def row_of(row_id: UUID) -> str:
    """A row by the end of its id, which is the part of it that was drawn by lot."""
    return row_id.hex[-8:]


def step_mark(state: str, word: str) -> str:
    """Two letters of the state, and a print of the word: short, because it stands beside every row."""
    return f"{state[:2] or NOTHING}{_print(word)}"


def value_mark(value: Decimal | None) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}"


def marks_in(fields: Iterable[str]) -> Mapping[str, str]:
    """The marks as they come back with the form, by row. Whatever is not one of ours is left out."""
    return {field[:8]: field[8:] for field in fields if len(field) >= 8}


def _print(word: str) -> str:
    return blake2b(word.encode(), digest_size=3).hexdigest() if word else ""


def is_said(state: StepState, said_in: int | None, number: int) -> bool:
    """Whether a step's latest state is an answer in the review of that meeting: said in it, or ticked since the last."""
    return said_in == number or (said_in is None and state != StepState.OPEN)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Somebody else has said otherwise since the page was shown: what, and who."""

    row: UUID
    what: str
    by: UUID | None


def reconciled(
    sent: tuple[StepState, str], known: str, records: list[StepStateRecord], number: int, by: UUID
) -> tuple[StepState, str] | Otherwise | None:
    """What stands once somebody has sent a row, given what it showed them. None: they left it, and it has changed since.

    `records` are the step's, the latest first. Words both wrote are put together; of two different states neither wins.
    """
    state, word = sent[0], sent[1].strip()
    latest = records[0]
    said = is_said(StepState(latest.state), latest.reviewed_in, number)
    stands, their_word = (str(latest.state), str(latest.word)) if said else ("", "")
    if step_mark(stands, their_word) == known:
        # nobody has said anything since; what was ticked between two meetings and is left so, is said in this one
        return state, word
    if step_mark(state, word) == known:
        return None
    if latest.by_id == by:
        return state, word
    shown_state, shown_print = known[:2], known[2:]
    if state[:2] == shown_state and stands:
        state = StepState(stands)
    elif stands[:2] not in ("", shown_state, state[:2]):
        return Otherwise(latest.step_id, str(StepState(stands).label), latest.by_id)
    if _print(word) == shown_print:
        return state, their_word
    base = next((str(record.word) for record in records if _print(str(record.word)) == shown_print), "")
    return state, " ".join(merge(base, their_word, word).split())
