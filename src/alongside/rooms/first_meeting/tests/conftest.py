"""A room with something in it: a need with its picture, a target, a step, an agreement in any state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from alongside.goals.actions import Wording, plan_step, propose_target
from alongside.goals.queries import needs_of, target_for
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.rooms.first_meeting import actions, queries
from alongside.rooms.first_meeting.models import AgreementVersion
from tests.cast import Cast
from tests.furnish import SAFETY_PLAN

FRAME = actions.Frame(dt.date(2026, 3, 2), dt.date(2026, 6, 1), 50, 14, 10, None)


class Room:
    """One journey's first meeting, with a seat for each of the two."""

    def __init__(self, cast: Cast, **facts: object) -> None:
        self.cast = cast
        self.journey: Journey = cast.journey(**{"state": "preparing", **facts})

    @property
    def guide(self) -> Seat:
        return self.cast.seat(self.cast.guide, self.journey)

    @property
    def participant(self) -> Seat:
        return self.cast.seat(self.cast.participant, self.journey)

    @property
    def facts(self) -> queries.RoomFacts:
        return queries.room_facts(self.guide)

    def url(self, path: str = "") -> str:
        return f"/journeys/{self.journey.id}/first-meeting/{path}"

    def need(self, statement: str = "Saying what I think", rating: int | None = 3):
        made = actions.add_need(statement=statement, rating=rating, words="I go quiet.", by=self.guide)
        return needs_of(self.guide).get(id=made.id)

    def target(self, need=None, **more):
        wording = Wording("I speak once", "rating-0-10", baseline=Decimal(2), aim=Decimal(7), **more)
        made = propose_target(need=need or self.need(), wording=wording, by=self.guide)
        return target_for(self.guide, made.id)

    def step(self, text: str = "Write one sentence down"):
        return plan_step(text=text, owner=self.guide.participant.person, by=self.guide)

    def draft(self) -> AgreementVersion:
        """Everything an agreement needs, not proposed yet."""
        self.target()
        self.step()
        version = actions.begin_agreement(by=self.guide)
        keys = [section.key for section in self.guide.kind.agreement if section.required]
        actions.use_texts(version=version, keys=keys, by=self.guide)
        self.plan_for_safety(version)
        return actions.set_frame(version=version, frame=FRAME, by=self.guide)

    def plan_for_safety(self, version: AgreementVersion) -> None:
        """In the kinds that have such a plan, in the words of one person."""
        written = queries.sections_of(self.guide, version)
        for section in self.guide.kind.agreement:
            if section.key in SAFETY_PLAN:
                known = written[section.key].version if section.key in written else 0
                words = {"text": SAFETY_PLAN[section.key], "known": known, "base": None}
                actions.write_section(version=version, key=section.key, **words, by=self.guide)

    def proposed(self) -> AgreementVersion:
        return actions.propose_agreement(version=self.draft(), by=self.guide)

    def in_force(self) -> AgreementVersion:
        version = self.proposed()
        actions.accept_agreement(version=version, typed_name="Gwen", by=self.guide)
        actions.accept_in_the_room(version=version, typed_name="Paul", by=self.guide)
        return version

    def state(self, number: int = 1) -> str:
        agreement = queries.agreement_of(self.guide, number)
        assert agreement
        return str(agreement.state)


@pytest.fixture
def room(cast: Cast) -> Room:
    return Room(cast)


@pytest.fixture
def guide(cast: Cast):
    """The browser of the guide."""
    return cast.client(cast.guide)


@pytest.fixture
def participant(cast: Cast):
    return cast.client(cast.participant)
