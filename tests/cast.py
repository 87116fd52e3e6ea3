"""The cast: the same few people in every test, and a journey between two of them.

A guide and a participant; a supporter named in the journey; a colleague of the same organisation without part in it; a
programme lead and an administrator; a stranger of another organisation.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Part
from alongside.people.models import Organisation, Person, User

PASSWORD = "correct horse battery staple"

# the states a journey passes through on its way to another
ON_THE_WAY = {
    "draft": ["draft"],
    "preparing": ["draft", "preparing"],
    "withdrawn": ["draft", "preparing", "withdrawn"],
    "active": ["draft", "preparing", "active"],
    "paused": ["draft", "preparing", "active", "paused"],
    "ending": ["draft", "preparing", "active", "ending"],
    "completed": ["draft", "preparing", "active", "ending", "completed"],
    "ended_early": ["draft", "preparing", "active", "ending", "ended_early"],
}


def person(organisation: Organisation, name: str, *, account: bool = True, **roles: bool) -> Person:
    """Somebody in an organisation, with a sign-in unless said otherwise."""
    email = f"{name.split()[0].lower()}.{str(organisation.id)[-6:]}@example.org"
    user = User.objects.create_user(email) if account else None
    return Person.objects.create(organisation=organisation, user=user, name=name, email=email, **roles)


def signed_in_at(client: Client, who: Person, moment: float) -> None:
    """As the sign-in library notes it: whoever has just signed in is not asked again."""
    session = client.session
    session["account_authentication_methods_user"] = str(who.user_id)
    session["account_authentication_methods"] = [{"method": "code", "at": moment}]
    session.save()


@dataclass
class Cast:
    organisation: Organisation
    guide: Person
    participant: Person
    supporter: Person
    colleague: Person
    lead: Person
    administrator: Person
    stranger: Person
    clients: dict = field(default_factory=dict)

    def journey(
        self,
        kind: str = "supervision",
        state: str = "active",
        participant_has_account: bool = True,
        **facts: object,
    ) -> Journey:
        """A journey of guide and participant, with the supporter named, in any state."""
        shape = KINDS[kind].templates[0]
        journey = Journey.objects.create(
            **{
                "organisation": self.organisation,
                "kind": kind,
                "template": shape.slug,
                "meeting_minutes": shape.meeting_minutes,
                "every_days": shape.frequency.every_days,
                "planned_meetings": shape.planned_meetings,
                "begun_by": self.guide,
                **facts,
            }
        )
        participant = self.participant
        if not participant_has_account:
            participant = person(self.organisation, "Pat Withoutaccount", account=False)
            Person.objects.filter(id=participant.id).update(known_in=journey.id)
            participant.known_in = journey.id
        for who, part in (
            (self.guide, Part.GUIDE),
            (participant, Part.PARTICIPANT),
            (self.supporter, Part.SUPPORTER),
        ):
            JourneyMember.objects.create(journey=journey, person=who, part=part)
        for passed in ON_THE_WAY[state]:
            JourneyStateRecord.objects.create(journey=journey, state=JourneyState(passed), by=self.guide)
        return journey

    def seat(self, who: Person, journey: Journey) -> Seat:
        """Who this person is in that journey, read afresh."""
        found = seat_for(who, journey_id=journey.id)
        assert found, f"{who.name} has no part in this journey"
        return found[0]

    def client(self, who: Person) -> Client:
        """A browser in which this person is signed in."""
        if who.id not in self.clients:
            client = Client()
            client.force_login(who.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            signed_in_at(client, who, time.time())
            self.clients[who.id] = client
        return self.clients[who.id]


def gather() -> Cast:
    organisation = Organisation.objects.create(name="Riverside House")
    elsewhere = Organisation.objects.create(name="Hillside House")
    return Cast(
        organisation=organisation,
        guide=person(organisation, "Gwen Guide", is_guide=True),
        participant=person(organisation, "Paul Participant"),
        supporter=person(organisation, "Sue Supporter"),
        colleague=person(organisation, "Colin Colleague", is_guide=True),
        lead=person(organisation, "Lena Lead", is_lead=True),
        administrator=person(organisation, "Ada Administrator", is_administrator=True),
        stranger=person(elsewhere, "Stan Stranger", is_guide=True, is_administrator=True, is_lead=True),
    )
