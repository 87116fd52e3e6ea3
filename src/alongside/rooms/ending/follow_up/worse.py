"""Whether an answer after the end is much worse than the end itself: the one place that says what that means.

An answer is much worse when something in it got worse, since the end, by a reliable change of its own measure: a
questionnaire, a target, or how a need is rated. A need is rated from 0 to 10 like a target's `rating-0-10`, so that the
bound of that measure speaks for it. Where nothing was compared no number can say it; then it is the answer that what was
taken along does not help at the moment. One who is well and one who answers nothing are left in peace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from alongside.goals.measuring.queries import bounds_of, form_scores, with_bounds
from alongside.goals.measuring.versions import of_line
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure
from alongside.measures.change import Change, classify

from ..comparison.queries import then_and_now_of
from .states import Helping

OF_A_NEED = "rating-0-10"


@dataclass(frozen=True, slots=True)
class Values:
    """What was answered, as plain numbers."""

    helping: str
    needs: Mapping[UUID, int]
    targets: Mapping[UUID, Decimal]
    forms: Mapping[str, Decimal | None]


def is_much_worse(seat: Seat, values: Values) -> bool:
    changes = list(_since_the_end(seat, values))
    if not changes:
        return values.helping == Helping.NO
    return any(_got_worse(change) for change in changes)


def _got_worse(change: Change) -> bool:
    """By a reliable change; where a measure has no such bound, by one that its own rule calls important."""
    if change.label != "deterioration":
        return False
    return change.reliable if change.reliable is not None else change.importance == "important"


def _since_the_end(seat: Seat, values: Values) -> Iterator[Change]:
    """Each value beside the one of the end; where the end has none, beside the last before it."""
    story, bounds = then_and_now_of(seat), bounds_of(seat.actor)

    def change(key: str, was: object, now: object) -> Change:
        return classify(with_bounds(measure(key), bounds), was, now)

    for need, rating in values.needs.items():
        entries = [picture.entries.get(need) for picture in (story.now, story.then) if picture]
        if known := next((entry for entry in entries if entry), None):
            yield change(OF_A_NEED, known.rating, rating)
    for target in story.goals.targets:
        if target.id in values.targets and target.current_readings:
            yield change(target.wording.measure, target.current_readings[-1].value, values.targets[target.id])
    scores = form_scores(seat)
    for instrument, total in values.forms.items():
        scored = of_line(scores, instrument, ())
        if total is not None and scored:
            yield change(instrument, scored[-1].value, total)
