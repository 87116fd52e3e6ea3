"""What can be done with people: invite, accept, correct an address, change roles."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.email_addresses import normal_address
from alongside.kernel.errors import demand
from alongside.kernel.one_line import one_line
from alongside.ledger.record import record

from . import rules
from .emails import email_kind
from .models import AccountState, AccountStateRecord, Invitation, LoginSession, Organisation, Person, User
from .queries import administrators_of, digest, latest_invitation, person_of, user_by_address
from .tasks import enqueue_message, post_invitation, sealed_token

INVITATION_LASTS = dt.timedelta(days=14)
A_MOMENT = dt.timedelta(minutes=2)
ROLE_CHANGED = email_kind(
    "a role was changed", although_restricted="of their own account, which stays theirs"
)
ROLES = ("is_guide", "is_lead", "is_administrator")


@action("organisation.founded")
def found_organisation(*, name: str, by: None) -> Organisation:
    """Make an organisation. Done from the command line, so by nobody who is signed in."""
    organisation = Organisation.objects.create(name=one_line(name))
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

    Any guide may add the participant of a journey; roles are given by an administrator (or from the
    command line).
    """
    if by is not None and (is_guide or is_lead or is_administrator):
        demand(rules.may_manage_people(by))
    email = normal_address(email)
    demand(rules.may_be_written_to(email))
    person = Person.objects.create(
        organisation_id=organisation_id,
        name=one_line(name),
        email=email,
        time_zone=time_zone,
        is_guide=is_guide,
        is_lead=is_lead,
        is_administrator=is_administrator,
    )
    record(
        "person.added", subject=person, by=by, guide=is_guide, lead=is_lead, administrator=is_administrator
    )
    return person


@action("invitation.sent")
def invite_person(
    *, person: Person, letter: str, next_path: str = "/", journey_id: UUID | None = None, by: Person | None
) -> Invitation:
    """Send a link with which this person begins; earlier links stop working.

    The letter is posted by the worker after commit. The token is known only to the letter.
    """
    demand(rules.may_be_spoken_for(by, person, journey_id))
    demand(rules.may_be_invited(person))
    invitation, token = _write_invitation(person, letter, next_path, journey_id, by)
    record("invitation.sent", subject=invitation, by=by, journey_id=journey_id)
    post_invitation.enqueue(invitation_id=str(invitation.id), token=sealed_token(invitation.id, token))
    return invitation


@action("invitation.handed_over")
def hand_over_invitation(*, person: Person, by: None) -> str:
    """Make an invitation without posting it, and answer with its token: for the command line to print."""
    demand(rules.may_be_invited(person))
    invitation, token = _write_invitation(person, "organisation", "/", None, by)
    record("invitation.handed_over", subject=invitation, by=by)
    return token


@action("invitation.sent_again")
def send_invitation_again(*, invitation: Invitation, by: None) -> Invitation:
    """Post a fresh link to the address the old one was sent to, as whoever holds the old link asked for.

    When one was posted a moment ago it is left to arrive: a button pressed twice sends one letter.
    """
    demand(rules.may_send_again(invitation))
    latest = latest_invitation(invitation.person_id)
    if latest and not latest.voided_at and latest.created_at > now() - A_MOMENT:
        return latest
    sent, token = _write_invitation(
        invitation.person, invitation.letter, invitation.next_path, invitation.journey_id, invitation.sent_by
    )
    record("invitation.sent_again", subject=sent, by=invitation.person, journey_id=invitation.journey_id)
    post_invitation.enqueue(invitation_id=str(sent.id), token=sealed_token(sent.id, token))
    return sent


def _write_invitation(
    person: Person, letter: str, next_path: str, journey_id: UUID | None, sender: Person | None
) -> tuple[Invitation, str]:
    """Only the digest of the token is kept; earlier links of this person stop working."""
    void_invitations(person_id=person.id, by=sender)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=person.email,
        token_digest=digest(token),
        next_path=next_path,
        letter=letter,
        journey_id=journey_id,
        expires_at=now() + INVITATION_LASTS,
        sent_by=sender,
    )
    return invitation, token


@action(unrecorded_because="the act that asks for it is recorded, with the person whose links they were")
def void_invitations(*, person_id: UUID, journey_id: UUID | None = None, by: Any) -> int:
    """Let a person's links that were not used yet lead nowhere: all of them, or those into one journey; how many."""
    waiting = Invitation.objects.filter(person=person_id, accepted_at=None, voided_at=None)
    if journey_id:
        waiting = waiting.filter(journey_id=journey_id)
    return waiting.update(voided_at=now())


@action("person.welcomed")
def welcome_person(
    *,
    name: str,
    email: str,
    time_zone: str,
    is_guide: bool = False,
    is_lead: bool = False,
    is_administrator: bool = False,
    by: Person,
) -> Person:
    """Add somebody to one's organisation with their roles, and post them an invitation."""
    demand(rules.may_manage_people(by))
    person = add_person(
        organisation_id=by.organisation_id,
        name=name,
        email=email,
        time_zone=time_zone,
        is_guide=is_guide,
        is_lead=is_lead,
        is_administrator=is_administrator,
        by=by,
    )
    invite_person(person=person, letter="organisation", by=by)
    record("person.welcomed", subject=person, by=by)
    return person


@action("invitation.renewed")
def invite_again(*, person: Person, journey_id: UUID | None = None, by: Person) -> Invitation:
    """Send the letter this person was last sent once more, with a fresh link; or the first one."""
    latest = latest_invitation(person.id)
    letter, path = (latest.letter, latest.next_path) if latest else ("organisation", "/")
    invitation = invite_person(person=person, letter=letter, next_path=path, journey_id=journey_id, by=by)
    record("invitation.renewed", subject=invitation, by=by, journey_id=journey_id)
    return invitation


@action("invitation.accepted")
def accept_invitation(*, invitation: Invitation, user: User | None, by: None) -> Person:
    """Tie the invited person to a sign-in: the one given, or the one of that address, which is made if there is none.

    Holding the link proves the mailbox, so the address counts as verified. Used once: the conditional update decides
    when two clicks arrive together. Whoever has a place in the organisation already stays who they are there, and is
    answered with: the seat follows them (`journeys.joining`), and so do roles an administrator gave.
    """
    demand(rules.may_accept_invitation(invitation, now=now()))
    used = Invitation.objects.filter(id=invitation.id, accepted_at=None, voided_at=None).update(
        accepted_at=now()
    )
    if not used:
        invitation.refresh_from_db()
        demand(rules.may_accept_invitation(invitation, now=now()))
    if user is None:
        user = user_by_address(invitation.email) or User.objects.create_user(invitation.email)
    person, known = invitation.person, person_of(user, invitation.person.organisation_id)
    demand(rules.may_be_tied(person, user, known))
    if known is None or known.id == person.id:
        Person.objects.filter(id=person.id, user=None).update(user=user, known_in=None)
        known = person
        known.refresh_from_db()
    else:
        _tie(person, known)
    if not EmailAddress.objects.filter(email=invitation.email, verified=True).exists():
        primary = not EmailAddress.objects.filter(user=user, primary=True).exists()
        EmailAddress.objects.update_or_create(
            user=user, email=invitation.email, defaults={"verified": True, "primary": primary}
        )
    record("invitation.accepted", subject=invitation, by=known, journey_id=invitation.journey_id)
    return known


def _tie(person: Person, known: Person) -> None:
    """The one who was invited turns out to be known: what was given to the one is now the other's."""
    for role in ROLES:
        setattr(known, role, getattr(known, role) or getattr(person, role))
        setattr(person, role, False)
    known.save(update_fields=ROLES)
    person.is_active, person.tied_to, person.known_in = False, known, None
    person.save(update_fields=["is_active", "tied_to", "known_in", *ROLES])


@action("person.known_in_a_journey")
def know_in_journey(*, person: Person, journey_id: UUID, by: Person) -> Person:
    """Who sits in this journey when `person` is chosen: they themselves once they have a sign-in.

    Without one they are known in one journey alone: in a second they are somebody of their own, by the same name, so
    that neither an address corrected there nor an invitation taken up there reaches into the first.
    """
    if person.user_id:
        return person
    if person.known_in is None and not person.has_role:
        taken = Person.objects.filter(id=person.id, user=None, known_in=None)
        if taken.exclude(id__in=Invitation.objects.values("person")).update(known_in=journey_id):
            person.known_in = journey_id
            record("person.known_in_a_journey", subject=person, by=by, journey_id=journey_id)
            return person
    fresh = Person.objects.create(
        organisation_id=person.organisation_id,
        name=str(person.name),
        pronouns=str(person.pronouns),
        email=person.email,
        time_zone=person.time_zone,
        language=person.language,
        known_in=journey_id,
    )
    record("person.known_in_a_journey", subject=fresh, by=by, journey_id=journey_id)
    return fresh


@action("sign_in.made")
def make_sign_in(*, person: Person, password: str, by: None) -> User:
    """Give a person a sign-in with a password at once. Done from the command line, by nobody signed in."""
    demand(rules.may_be_invited(person))
    user = User.objects.create_user(person.email, password)
    person.user, person.known_in = user, None
    person.save(update_fields=["user", "known_in"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("sign_in.made", subject=person, by=by)
    return user


@action("person.roles_changed")
def change_roles(
    *, person: Person, is_guide: bool, is_lead: bool, is_administrator: bool, by: Person
) -> Person:
    """Give or take roles. Who gives themselves one is known to have done so: every administrator is told."""
    gives = (
        (is_guide and not person.is_guide)
        or (is_lead and not person.is_lead)
        or (is_administrator and not person.is_administrator)
    )
    demand(rules.may_change_roles(by, person, stays_administrator=is_administrator, gives=gives))
    person.is_guide, person.is_lead, person.is_administrator = is_guide, is_lead, is_administrator
    person.save(update_fields=["is_guide", "is_lead", "is_administrator"])
    if gives and person.id == by.id:
        _tell_administrators(by)
    record(
        "person.roles_changed",
        subject=person,
        by=by,
        to_oneself=gives and person.id == by.id,
        guide=is_guide,
        lead=is_lead,
        administrator=is_administrator,
    )
    return person


@action("person.account_closed")
def close_account(*, person: Person, reason: str, by: Person) -> AccountStateRecord:
    """Close a person's account, and say why. They can't sign in here any more; nothing they wrote is touched.

    A sign-in that stands for nobody else is closed with it, so that it lets nobody in, however it is tried. Links
    on their way stop working.
    """
    person = _as_it_stands(person)
    demand(rules.may_close_account(by, person))
    Person.objects.filter(id=person.id).update(is_active=False)
    void_invitations(person_id=person.id, by=by)
    if person.user_id and not Person.objects.filter(user=person.user_id, is_active=True).exists():
        User.objects.filter(id=person.user_id).update(is_active=False)
        LoginSession.objects.filter(user=person.user_id).delete()
    closed = AccountStateRecord.objects.create(
        person=person, state=AccountState.CLOSED, reason=reason.strip(), by=by
    )
    record("person.account_closed", subject=person, by=by)
    return closed


@action("person.account_reopened")
def reopen_account(*, person: Person, reason: str, by: Person) -> AccountStateRecord:
    """Open a closed account again, and say why. They sign in as before."""
    person = _as_it_stands(person)
    demand(rules.may_reopen_account(by, person))
    Person.objects.filter(id=person.id).update(is_active=True)
    if person.user_id:
        User.objects.filter(id=person.user_id).update(is_active=True)
    opened = AccountStateRecord.objects.create(
        person=person, state=AccountState.OPEN, reason=reason.strip(), by=by
    )
    record("person.account_reopened", subject=person, by=by)
    return opened


def _tell_administrators(by: Person) -> None:
    """Within the transaction: a role somebody gave themselves is told to all who look after the organisation."""
    for reader in administrators_of(by.organisation_id):
        with translation.override(reader.language):
            facts = {"reader": reader.name, "name": by.name, "link": f"{settings.PUBLIC_URL}/people/{by.id}/"}
            text = _(
                "Hello %(reader)s,\n\n%(name)s gave themselves a role in your organisation. You can see which one, and "
                "change it, here:\n\n%(link)s\n"
            )
            enqueue_message(
                ROLE_CHANGED,
                to=reader.email,
                subject=_("A role was changed"),
                text=text % facts,
                organisation=reader.organisation_id,
                person=reader.id,
            )


def _as_it_stands(person: Person) -> Person:
    """The person behind their row's lock: of two administrators at once, the second is told so."""
    return Person.objects.select_for_update().get(id=person.id)


@action("person.profile_changed")
def change_profile(*, name: str, pronouns: str, time_zone: str, language: str, by: Person) -> Person:
    """Change one's own name, pronouns, time zone and language."""
    by.name, by.pronouns, by.time_zone, by.language = one_line(name), one_line(pronouns), time_zone, language
    by.save(update_fields=["name", "pronouns", "time_zone", "language"])
    record("person.profile_changed", subject=by, by=by)
    return by
