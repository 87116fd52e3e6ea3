"""What is begun in the overview: a journey with its participant, and a part in it for somebody named."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.actions import begin_journey, invite_participant, name_person, seat_of
from alongside.journeys.addresses.actions import correct_participants_address
from alongside.journeys.joining import sit_apart
from alongside.journeys.models import Journey, JourneyMember, MaterialVersion
from alongside.journeys.rules import may_begin_kind, may_correct_address, may_invite, may_name_people
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.journeys.tasks import post_welcome
from alongside.kernel.actions import action
from alongside.kernel.email_addresses import normal_address
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.people.actions import add_person, invite_person
from alongside.people.models import Invitation, Person
from alongside.programmes.actions import place_new_journey
from alongside.rooms.environment.actions.invitations import invite_to_what_is_booked
from alongside.rooms.first_meeting.actions import carry_agreement_over


@action("journey.set_up")
def set_up_journey(
    *,
    participant: Person | None,
    name: str,
    email: str,
    time_zone: str,
    kind: str,
    template: str,
    material: MaterialVersion | None = None,
    title: str,
    meeting_minutes: int,
    every_days: int,
    planned_meetings: int | None,
    first_number: int = 1,
    agreed_on: dt.date | None = None,
    programme_id: UUID | None = None,
    by: Person,
) -> Journey:
    """Begin a journey with somebody known, or with somebody new, whom the organisation then knows.

    An address says nothing of who is known at it: whoever is typed is somebody new, until they have come. For a journey
    under way elsewhere the agreement is carried over.
    """
    demand(may_begin_kind(by, kind))
    who = participant or add_person(
        organisation_id=by.organisation_id, name=name, email=email, time_zone=time_zone, by=by
    )
    journey = begin_journey(
        participant=who,
        kind=kind,
        template=template,
        material=material,
        title=title,
        meeting_minutes=meeting_minutes,
        every_days=every_days,
        planned_meetings=planned_meetings,
        first_number=first_number,
        by=by,
    )
    place_new_journey(journey=journey, programme_id=programme_id, by=by)
    record("journey.set_up", subject=journey, by=by, journey_id=journey.id, carried_over=bool(agreed_on))
    if agreed_on:
        carry_agreement_over(made_on=agreed_on, by=seat_of(by, journey))
        if who.user_id:
            post_welcome.enqueue(journey_id=str(journey.id), person_id=str(who.id))
    return journey


@action("journey.participant_addressed")
def invite_at(*, email: str, by: Seat) -> Invitation | None:
    """Invite the participant, at a corrected address if it is another. Without one the two write in the room."""
    demand(may_invite(by))
    by = sit_apart(by)
    person = by.participant.person
    if email and normal_address(email) != person.email and not person.user_id:
        demand(may_correct_address(by))
        correct_participants_address(email=email, by=by)
    record("journey.participant_addressed", subject=by.journey, by=by)
    invitation = invite_participant(by=seat_of(by.actor, by.journey))
    invite_to_what_is_booked(by=seat_of(by.actor, by.journey))
    return invitation


@action("journey.somebody_named")
def name_somebody(*, name: str, email: str, part: Part, by: Seat) -> JourneyMember:
    """Offer somebody a further part, and invite them. It is theirs once they accept, whoever they turn out to be."""
    demand(may_name_people(by))
    waiting = {member.person.email for member in by.members if not member.person.user_id}
    if normal_address(email) in waiting:
        raise NotThisMoment(_("Someone at this address has been invited already."))
    organisation = by.journey.organisation_id
    person = add_person(
        organisation_id=organisation, name=name, email=email, time_zone=by.actor.time_zone, by=by.actor
    )
    member = name_person(person=person, part=part, by=by)
    record("journey.somebody_named", subject=member, by=by, part=str(part))
    path = f"/journeys/{by.journey.id}/"
    invite_person(
        person=member.person, letter="journey", next_path=path, journey_id=by.journey.id, by=by.actor
    )
    return member
