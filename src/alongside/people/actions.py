"""What can be done with people: invite, accept, correct an address, change roles."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import rules
from .models import Invitation, Organisation, Person, User
from .queries import digest
from .tasks import post_invitation

INVITATION_LASTS = dt.timedelta(days=14)


@action("organisation.founded")
def found_organisation(*, name: str, by: None) -> Organisation:
    """Make an organisation. Done from the command line, so by nobody who is signed in."""
    organisation = Organisation.objects.create(name=name)
    record("organisation.founded", subject=organisation, by=by)
    return organisation


@action("person.added")
def add_person(
    *,
    organisation_id: UUID,
    name: str,
    email: str = "",
    time_zone: str = "Europe/London",
    is_guide: bool = False,
    is_lead: bool = False,
    is_administrator: bool = False,
    by: Person | None,
) -> Person:
    """Add somebody to an organisation, as yet without a sign-in.

    Any guide may add the participant of a journey; roles are given by an administrator (or from the command line).
    """
    if by is not None and (is_guide or is_lead or is_administrator):
        demand(rules.may_manage_people(by))
    person = Person.objects.create(
        organisation_id=organisation_id,
        name=name.strip(),
        email=email.strip().lower(),
        time_zone=time_zone,
        is_guide=is_guide,
        is_lead=is_lead,
        is_administrator=is_administrator,
    )
    record("person.added", subject=person, by=by, guide=is_guide, lead=is_lead, administrator=is_administrator)
    return person


@action("invitation.sent")
def invite_person(
    *, person: Person, letter: str, next_path: str = "/", journey_id: UUID | None = None, by: Person | None
) -> Invitation:
    """Send a link with which this person begins; earlier links stop working.

    The letter is posted by the worker after commit. The token is known only to the letter.
    """
    demand(rules.may_be_invited(person))
    Invitation.objects.filter(person=person, accepted_at=None, voided_at=None).update(voided_at=now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=person.email,
        token_digest=digest(token),
        next_path=next_path,
        letter=letter,
        journey_id=journey_id,
        expires_at=now() + INVITATION_LASTS,
        sent_by=by,
    )
    record("invitation.sent", subject=invitation, by=by, journey_id=journey_id)
    post_invitation.enqueue(invitation_id=str(invitation.id), token=token)
    return invitation


@action("person.address_corrected")
def correct_address(*, person: Person, email: str, by: Person) -> Person:
    """Give a person who can't sign in yet another address. Links sent to the old one stop working."""
    demand(rules.may_be_invited(Person(email=email, user_id=person.user_id, is_active=person.is_active)))
    person.email = email.strip().lower()
    person.save(update_fields=["email"])
    Invitation.objects.filter(person=person, accepted_at=None, voided_at=None).update(voided_at=now())
    record("person.address_corrected", subject=person, by=by)
    return person


@action("invitation.accepted")
def accept_invitation(*, invitation: Invitation, user: User | None, by: None) -> User:
    """Tie the invited person to a sign-in: the one given, or a new one without a password for that address.

    Holding the link proves the mailbox, so the address counts as verified. Used once: the conditional update decides
    when two clicks arrive together.
    """
    demand(rules.may_accept_invitation(invitation, now=now()))
    used = Invitation.objects.filter(id=invitation.id, accepted_at=None, voided_at=None).update(accepted_at=now())
    if not used:
        invitation.refresh_from_db()
        demand(rules.may_accept_invitation(invitation, now=now()))
    if user is None:
        user = User.objects.filter(email=invitation.email).first() or User.objects.create_user(invitation.email)
    Person.objects.filter(id=invitation.person_id, user=None).update(user=user)
    record("invitation.accepted", subject=invitation, by=invitation.person, journey_id=invitation.journey_id)
    return user


@action("person.roles_changed")
def change_roles(*, person: Person, is_guide: bool, is_lead: bool, is_administrator: bool, by: Person) -> Person:
    """Give or take roles."""
    demand(rules.may_change_roles(by, person, stays_administrator=is_administrator))
    person.is_guide, person.is_lead, person.is_administrator = is_guide, is_lead, is_administrator
    person.save(update_fields=["is_guide", "is_lead", "is_administrator"])
    record("person.roles_changed", subject=person, by=by, guide=is_guide, lead=is_lead, administrator=is_administrator)
    return person


@action("person.profile_changed")
def change_profile(*, name: str, pronouns: str, time_zone: str, language: str, by: Person) -> Person:
    """Change one's own name, pronouns, time zone and language."""
    by.name, by.pronouns, by.time_zone, by.language = name.strip(), pronouns.strip(), time_zone, language
    by.save(update_fields=["name", "pronouns", "time_zone", "language"])
    record("person.profile_changed", subject=by, by=by)
    return by
