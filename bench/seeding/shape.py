"""How much there is in a journey: a few rows in an ordinary one, a year's worth in the measured one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.kinds import Kind, Template

from .load import Load

EVERY_DAYS = 14
MINUTES = 60
ZONE = "Europe/London"


@dataclass(frozen=True)
class Shape:
    """`held` meetings lie behind; then one more is booked ahead, or has begun (`begun`), or none if it is over."""

    held: int = 2
    begun: bool = False
    over: bool = False
    needs: int = 2
    targets: int = 2
    readings: int = 6
    steps: int = 4
    issues: int = 1
    sentences: int = 3
    every_box: bool = False

    @property
    def meetings(self) -> int:
        return self.held if self.over else self.held + 1


ORDINARY = Shape()
OVER = Shape(held=3, over=True)
BEGUN = Shape(held=2, begun=True, every_box=True)
MEASURED = Shape(
    held=29, begun=True, needs=4, targets=8, readings=240, steps=40, issues=12, sentences=6, every_box=True
)


@dataclass(frozen=True)
class Scene:
    """What the rows of one journey share."""

    load: Load
    shape: Shape
    journey_id: UUID
    guide_id: UUID
    participant_id: UUID
    organisation_id: UUID
    place_id: UUID
    kind: Kind
    template: Template
    last_meeting: dt.datetime
    every_days: int
    seed: int

    @property
    def two(self) -> tuple[UUID, UUID]:
        return (self.guide_id, self.participant_id)

    def meeting_at(self, number: int) -> dt.datetime:
        return self.last_meeting - dt.timedelta(days=self.every_days * (self.shape.meetings - number))

    @property
    def begins(self) -> dt.datetime:
        """When the journey was set up: three weeks before the first meeting."""
        return self.meeting_at(1) - dt.timedelta(days=21)
