"""What the tests of cases stand on: a treatment whose guide is supervised by a colleague, and a case on its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from alongside.goals.actions import Wording, propose_need, propose_target, take_reading
from alongside.goals.measuring.queries import tracked
from alongside.goals.models import Reading, Target, TargetStateRecord
from alongside.goals.states import TargetState
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Part
from alongside.kernel.clock import today
from alongside.people.models import Person
from alongside.rooms.sessions.supervision_cases import actions
from alongside.rooms.sessions.supervision_cases.content import Draft, key_of
from alongside.rooms.sessions.supervision_cases.models import Case, TakenCase
from tests.cast import ON_THE_WAY, Cast, person

NAME = "Margarethe Whitlöck-Petrov"
AGREED = "Margarethe tends her allotment again without bracing"


def journey_of(
    cast: Cast, guide: Person, participant: Person, kind: str = "supervision", state: str = "active"
) -> Journey:
    shape = KINDS[kind].templates[0]
    journey = Journey.objects.create(
        organisation=cast.organisation, kind=kind, template=shape.slug, begun_by=guide, every_days=7
    )
    for who, part in ((guide, Part.GUIDE), (participant, Part.PARTICIPANT)):
        JourneyMember.objects.create(journey=journey, person=who, part=part)
    for passed in ON_THE_WAY[state]:
        JourneyStateRecord.objects.create(journey=journey, state=JourneyState(passed), by=guide)
    return journey


@dataclass
class Practice:
    """A guide with somebody in treatment, and the guide's own supervision with the colleague."""

    cast: Cast
    patient: Person
    treatment: Journey
    supervision: Journey
    target: Target

    @property
    def guide(self) -> Seat:
        return self.cast.seat(self.cast.guide, self.treatment)

    @property
    def supervised(self) -> Seat:
        return self.cast.seat(self.cast.guide, self.supervision)

    @property
    def supervisor(self) -> Seat:
        return self.cast.seat(self.cast.colleague, self.supervision)

    @property
    def own(self) -> str:
        """A field of the form: this target in the guide's own words."""
        return f"target_{self.target.id}"

    def draft(self, **changes: object) -> Draft:
        """A case that says nothing of who it is about."""
        alerts = tuple(key_of(alert.finding) for alert in tracked(self.guide).alerts)
        whole = {
            "question": "They move more and still brace. Am I in too much of a hurry?",
            "targets": {str(self.target.id): "To be outdoors and not hold back"},
            "alerts": alerts,
        }
        return Draft(**{**whole, **changes})  # type: ignore[arg-type]

    def keep(self, draft: Draft | None = None, **more: str) -> TakenCase:
        return actions.keep_draft(draft=draft or self.draft(), by=self.guide, **more)

    def put(self, supervision: Journey | None = None) -> Case:
        return actions.put_on_agenda(
            supervision_id=(supervision or self.supervision).id, considered=True, by=self.guide
        )

    def brought(self, draft: Draft | None = None) -> Case:
        self.keep(draft)
        return self.put()


def practice(cast: Cast, kind: str = "treatment") -> Practice:
    """Five readings, a week apart, each worse than the last: the rules suggest a review."""
    patient = person(cast.organisation, NAME)
    treatment = journey_of(cast, cast.guide, patient, kind)
    supervision = journey_of(cast, cast.colleague, cast.guide)
    guide = cast.seat(cast.guide, treatment)
    need = propose_need(statement="To trust my back, says Margarethe", by=guide)
    wording = Wording(
        difference=AGREED, why="Because of Alfie", measure="rating-0-10", baseline=Decimal(3), aim=Decimal(7)
    )
    target = propose_target(need=need, wording=wording, by=guide)
    TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, by=cast.guide)
    start = today("Europe/London") - dt.timedelta(weeks=5)
    Reading.objects.filter(target=target).update(taken_on=start)
    for week, value in enumerate(("3", "2", "1", "0"), start=1):
        take_reading(target=target, value=Decimal(value), taken_on=start + dt.timedelta(weeks=week), by=guide)
    return Practice(cast, patient, treatment, supervision, target)
