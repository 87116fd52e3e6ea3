"""What can be done with a journey as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record
from alongside.people.actions import invite_person, know_in_journey, void_invitations
from alongside.people.consent_actions import give_consent
from alongside.people.consents import has_withdrawn
from alongside.people.models import Invitation, Organisation, Person, Purpose
from alongside.people.rules import may_change_organisation

from . import rules
from .kinds import KINDS
from .material import shape_of
from .models import Journey, JourneyMember, JourneyStateRecord, MaterialVersion
from .queries import seat_for
from .restriction import is_restricted
from .seat import Seat
from .states import JourneyState, Part
from .tasks import post_welcome


@action("journey.begun")
def begin_journey(
    *,
    participant: Person,
    kind: str,
    template: str,
    material: MaterialVersion | None = None,
    title: str = "",
    meeting_minutes: int | None = None,
    every_days: int | None = None,
    planned_meetings: int | None = None,
    planned_end: dt.date | None = None,
    first_number: int = 1,
    follows: Journey | None = None,
    by: Person,
) -> Journey:
    """Set up a journey with oneself as guide, from a template whose numbers may be changed. It begins as a draft.

    `material` is the version of the organisation's own template that leads it, whole, whatever is published meanwhile.
    Somebody without a sign-in who is known in another journey sits in this one as a person of their own.
    """
    demand(rules.may_begin_journey(by))
    if participant.organisation_id != by.organisation_id:
        demand(hidden())
    demand(rules.may_begin_with(is_restricted=is_restricted(participant)))
    shape = shape_of(by, kind, template, material)
    journey = Journey.objects.create(
        organisation_id=by.organisation_id,
        kind=kind,
        template=template,
        material=material,
        title=title.strip(),
        meeting_minutes=meeting_minutes or shape.meeting_minutes,
        every_days=every_days or shape.frequency.every_days,
        planned_meetings=planned_meetings or shape.planned_meetings,
        planned_end=planned_end,
        first_number=first_number,
        follows=follows,
        begun_by=by,
    )
    who = know_in_journey(person=participant, journey_id=journey.id, by=by)
    JourneyMember.objects.bulk_create(
        [
            JourneyMember(journey=journey, person=by, part=Part.GUIDE),
            JourneyMember(journey=journey, person=who, part=Part.PARTICIPANT),
        ]
    )
    JourneyStateRecord.objects.create(journey=journey, state=JourneyState.DRAFT, by=by)
    facts = {"kind": kind, "first_number": first_number}
    if material:
        facts["material"] = str(material.id)
    record("journey.begun", subject=journey, by=by, journey_id=journey.id, **facts)
    return journey


@action("organisation.kinds_chosen")
def choose_kinds(*, kinds: Collection[str], by: Person) -> Organisation:
    """Say which kinds are offered when something is begun. Those left out are hidden; one at least is offered."""
    demand(may_change_organisation(by))
    hidden_kinds = [slug for slug in KINDS if slug not in kinds]
    if len(hidden_kinds) == len(KINDS):
        raise NotThisMoment(_("Please leave at least one kind."))
    organisation = Organisation.objects.select_for_update().get(id=by.organisation_id)
    organisation.hidden_kinds = hidden_kinds
    organisation.save(update_fields=["hidden_kinds"])
    record("organisation.kinds_chosen", subject=organisation, by=by, hidden=hidden_kinds)
    return organisation


def seat_of(actor: Person, journey: Journey) -> Seat:
    """The seat of somebody known to have a part (just begun, just accepted)."""
    found = seat_for(actor, journey_id=journey.id)
    if found is None:
        demand(hidden())
    assert found
    return found[0]


@action("journey.state_entered")
def enter_state(
    *, state: JourneyState, reason: str = "", expected_return: dt.date | None = None, by: Seat
) -> JourneyStateRecord:
    """Append a state. The reason is sealed; the ledger knows only the two states."""
    demand(rules.may_enter_state(by, state, reason))
    # the journey's row is the turnstile: two people changing its state at once go through one after the other
    Journey.objects.select_for_update().get(id=by.journey.id)
    fresh = seat_of(by.actor, by.journey)
    demand(rules.may_enter_state(fresh, state, reason))
    entered = JourneyStateRecord.objects.create(
        journey=by.journey, state=state, reason=reason.strip(), expected_return=expected_return, by=by.actor
    )
    record("journey.state_entered", subject=by.journey, by=by, before=str(fresh.state), after=str(state))
    return entered


@action("journey.participant_invited")
def invite_participant(*, by: Seat) -> Invitation | None:
    """Invite the participant by e-mail, or again after their address was corrected.

    One who can sign in already is sent a letter with the way to the journey. One without an address is not sent
    anything: then the two write together in the room. Either way the draft becomes *preparing*.
    """
    demand(rules.may_invite(by))
    person = by.participant.person
    invitation = None
    if person.user_id:
        post_welcome.enqueue(journey_id=str(by.journey.id), person_id=str(person.id))
    elif person.email:
        invitation = invite_person(
            person=person,
            letter="journey",
            next_path=f"/journeys/{by.journey.id}/",
            journey_id=by.journey.id,
            by=by.actor,
        )
    if by.state == JourneyState.DRAFT:
        enter_state(state=JourneyState.PREPARING, by=by)
    record("journey.participant_invited", subject=by.journey, by=by, by_email=bool(invitation))
    return invitation


@action("journey.pace_agreed")
def agree_pace(
    *,
    meeting_minutes: int,
    every_days: int,
    planned_meetings: int | None,
    planned_end: dt.date | None,
    by: Seat,
) -> Journey:
    """Set what the two have agreed: how long, how often, how many meetings, until when.

    Part of an act both said yes to, an agreement or going on longer; either's yes may be the last.
    """
    demand(rules.may_work(by))
    journey = by.journey
    journey.meeting_minutes, journey.every_days = meeting_minutes, every_days
    journey.planned_meetings, journey.planned_end = planned_meetings, planned_end
    journey.save(update_fields=["meeting_minutes", "every_days", "planned_meetings", "planned_end"])
    record("journey.pace_agreed", subject=journey, by=by, planned_meetings=planned_meetings)
    return journey


@action("journey.notice_agreed")
def agree_notice(*, notice_hours: int | None, after_missed: str | None, by: Seat) -> Journey:
    """Set until how many hours before a meeting it is cancelled online, and what is done about a missed one.

    Part of an agreement both said yes to. None where it does not speak of it.
    """
    demand(rules.may_work(by))
    journey = by.journey
    journey.notice_hours, journey.after_missed = notice_hours, after_missed or None
    journey.save(update_fields=["notice_hours", "after_missed"])
    after = str(journey.after_missed or "")
    record("journey.notice_agreed", subject=journey, by=by, notice_hours=notice_hours, after_missed=after)
    return journey


@action("journey.person_named")
def name_person(*, person: Person, part: Part, by: Seat) -> JourneyMember:
    """Give a further person a part: they see only what is marked for them."""
    demand(rules.may_name_people(by))
    demand(rules.may_be_member(by, person, part))
    if part == Part.SUPPORTER:
        _ask_participant(by)
    who = know_in_journey(person=person, journey_id=by.journey.id, by=by.actor)
    member = JourneyMember.objects.create(journey=by.journey, person=who, part=part)
    record("journey.person_named", subject=member, by=by, part=str(part))
    return member


def _ask_participant(seat: Seat) -> None:
    """Whoever names their own supporter agrees by that; where the guide does, the participant must not have said no."""
    if seat.is_participant:
        give_consent(purpose=Purpose.SHARING, by=seat.actor)
    else:
        says_no = has_withdrawn(seat.participant.person, Purpose.SHARING)
        demand(rules.may_name_supporter(seat, says_no=says_no))


@action("journey.person_left")
def let_person_leave(*, member: JourneyMember, by: Seat) -> JourneyMember:
    """End the part of a named person. What was marked for them closes to them at once, and so does their invitation."""
    demand(rules.may_name_people(by))
    if member.journey_id != by.journey.id or member.part in (Part.GUIDE, Part.PARTICIPANT):
        demand(hidden())
    member.left_at = now()
    member.save(update_fields=["left_at"])
    void_invitations(person_id=member.person_id, journey_id=by.journey.id, by=by)
    record("journey.person_left", subject=member, by=by)
    return member
