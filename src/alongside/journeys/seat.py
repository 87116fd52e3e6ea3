"""Who I am in this journey: the one thing rules, pages and actions of every room are given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.people.models import Person

from .kinds import Kind
from .models import Journey
from .states import CLOSED, GUIDING, NAMED, JourneyState, Part


@dataclass(frozen=True, slots=True)
class Member:
    """A person at the table, as others at it may know them."""

    id: UUID
    person: Person
    part: Part
    until: dt.datetime | None = None
    """When a part with a time of its own ends: that of somebody who covers."""

    @property
    def name(self) -> str:
        return str(self.person.name)


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place at the table of one journey.

    `state` is the journey's current state. `members` are those with a part now, guide first, then participant.
    """

    actor: Person
    journey: Journey
    kind: Kind
    state: JourneyState
    members: tuple[Member, ...]

    @property
    def parts(self) -> frozenset[Part]:
        return frozenset(member.part for member in self.members if member.person.id == self.actor.id)

    @property
    def member(self) -> Member:
        """The actor's own membership (the first, when they have several parts)."""
        return next(member for member in self.members if member.person.id == self.actor.id)

    def called(self, part: Part | str) -> str:
        """What somebody with this part is called, in the words of the kind."""
        words = self.kind.words
        own = {
            Part.GUIDE: words.guide,
            Part.PARTICIPANT: words.participant,
            Part.COVERING: words.covering,
            Part.CO_GUIDE: words.co_guide,
        }
        return str(own.get(Part(part), Part(part).label))

    @property
    def is_guide(self) -> bool:
        """Guide, or covering for the guide."""
        return bool(self.parts & {Part.GUIDE, Part.COVERING})

    @property
    def covers_until(self) -> dt.datetime | None:
        """Until when the actor covers for the guide; None for everybody else."""
        until = (member.until for member in self.members if member.person.id == self.actor.id)
        return next((moment for moment in until if moment), None)

    @property
    def is_participant(self) -> bool:
        return Part.PARTICIPANT in self.parts

    @property
    def is_one_of_two(self) -> bool:
        return self.is_guide or self.is_participant

    @property
    def is_named(self) -> bool:
        """Has a part, but is neither guide nor participant: sees only what is marked for them."""
        return bool(self.parts & NAMED) and not self.is_one_of_two

    @property
    def guide(self) -> Member:
        return next(member for member in self.members if member.part in GUIDING)

    @property
    def participant(self) -> Member:
        return next(member for member in self.members if member.part == Part.PARTICIPANT)

    @property
    def other(self) -> Member:
        """The other of the two."""
        return self.guide if self.is_participant else self.participant

    @property
    def is_restricted(self) -> bool:
        """Its participant asked that it is kept and nothing else is done with it (`restriction`)."""
        return self.journey.is_restricted

    @property
    def is_kept_closed(self) -> bool:
        """It is restricted, and the actor is none who may read it meanwhile."""
        return self.is_restricted and not self.is_participant

    @property
    def is_over(self) -> bool:
        return self.state in CLOSED

    def name_of(self, person_id: UUID | None) -> str:
        """The name of somebody at this table; "" for anyone else."""
        return next((member.name for member in self.members if member.person.id == person_id), "")
