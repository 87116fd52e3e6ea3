"""Who may do what in the hallway. Most of its doors are guarded by the rules of journeys and goals."""

from __future__ import annotations

from alongside.goals.models import Step
from alongside.journeys.rules import may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden


def may_tick_own_step(seat: Seat, step: Step) -> Verdict:
    """A step is ticked here by the one it belongs to; in a meeting the two do it together."""
    own = step.journey_id == seat.journey.id and step.owner_id == seat.actor.id
    return first_denial(may_work(seat), ALLOWED if own else hidden())
