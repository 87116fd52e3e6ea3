"""What is left open when it ends."""

from __future__ import annotations

from alongside.goals.queries import step_facts
from alongside.goals.states import TargetState
from alongside.journeys.seat import Seat
from alongside.rooms.first_meeting.queries import worded_targets


def left_open(seat: Seat) -> tuple[list[str], list[str]]:
    """What is unfinished when it ends: targets not reached, and steps still to do."""
    going_on = (TargetState.AGREED, TargetState.ON_HOLD)
    targets = [
        str(found.wording.difference)
        for found in worded_targets(seat)
        if found.target.state in going_on  # type: ignore[attr-defined]
    ]
    return targets, [step.text for step in step_facts(seat) if step.is_still_to_do]
