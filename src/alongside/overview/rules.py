"""Who may do what in the overview. Most of its doors are guarded by the rules of journeys and goals."""

from __future__ import annotations

from alongside.goals.models import Step
from alongside.journeys.rules import is_one_of_two, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden


def may_open_own_step(seat: Seat, step: Step) -> Verdict:
    """The door where a word on it is typed: if the moment has passed the page says so, and the word is not lost."""
    own = step.journey_id == seat.journey.id and step.owner_id == seat.actor.id
    return first_denial(is_one_of_two(seat), ALLOWED if own else hidden())


def may_tick_own_step(seat: Seat, step: Step) -> Verdict:
    """A step is ticked here by the one it belongs to; in a meeting the two do it together."""
    return first_denial(may_open_own_step(seat, step), may_work(seat))
