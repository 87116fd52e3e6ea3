"""One answer of a review, and one reading in it: what is new about them, and what somebody else has said meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from alongside.goals.actions import take_reading, tick_step, withdraw_reading
from alongside.goals.models import Source, Step
from alongside.goals.queries import step_for, target_for
from alongside.goals.states import StepState
from alongside.journeys.seat import Seat
from alongside.kernel.errors import demand
from alongside.kernel.verdict import hidden

from .review_queries import readings_taken_in
from .stale_forms import Otherwise, reconciled, value_mark


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """How one step of the last plan went, and in a word what helped or got in the way."""

    step_id: UUID
    state: StepState
    word: str = ""
    known: str | None = None
    """The mark of what the sender saw there (`shown`); None where it is not known, and what is said now holds."""


@dataclass(frozen=True, slots=True)
class Value:
    """A new reading of one target, clean for its measure."""

    target_id: UUID
    value: Decimal
    known: str | None = None


def answer_step(answer: StepAnswer, number: int, by: Seat) -> bool | Otherwise:
    """Whether it was something new, or what somebody else has said meanwhile."""
    step = step_behind(answer.step_id, by)
    records = list(step.state_records.order_by("-created_at", "-id"))
    state, word = answer.state, answer.word.strip()
    if answer.known is not None:
        stands = reconciled((state, word), answer.known, records, number, by.actor.id)
        if stands is None or isinstance(stands, Otherwise):
            return stands or False
        state, word = stands
    latest = records[0]
    if (latest.state, latest.reviewed_in, str(latest.word)) == (state, number, word):
        return False
    tick_step(step=step, state=state, word=word, reviewed_in=number, by=by)
    return True


def take_value(value: Value, number: int, source: Source, by: Seat) -> bool | Otherwise:
    """The same for a reading: one taken in the same meeting is taken back, and this one stands instead."""
    target = target_for(by, value.target_id)
    if target is None:
        demand(hidden())
    assert target
    known = readings_taken_in(target, number)
    stands, sent = value_mark(known[-1].value if known else None), value_mark(value.value)
    if sent == stands or sent == value.known:
        return False
    if known and value.known not in (None, stands) and known[-1].by_id != by.actor.id:
        return Otherwise(target.id, stands, known[-1].by_id)
    for reading in known:
        withdraw_reading(reading=reading, by=by)
    take_reading(target=target, value=value.value, source=source, meeting_number=number, by=by)
    return True


def step_behind(step_id: UUID, by: Seat) -> Step:
    """A step of this journey as it stands now; of any other there is none."""
    step = step_for(by, step_id)
    if step is None:
        demand(hidden())
    assert step
    return step
