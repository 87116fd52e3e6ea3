"""Changing where somebody is written to, and telling everyone whom it touches.

Somebody who has come changes their address themselves. Where the old mailbox is lost it takes the guide, who says that
this is the person; an administrator, who confirms it; and three days in which the old address can object.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.email_addresses import normal_address
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people import addresses as people_addresses
from alongside.people.actions import void_invitations
from alongside.people.addresses import TOLD_FOR
from alongside.people.models import (
    AddressChange,
    AddressChangeKind,
    AddressState,
    AddressStateRecord,
    LoginSession,
    Person,
    User,
)
from alongside.people.queries import digest

from ..seat import Seat
from . import emails, rules
from .queries import tables_of

TIME_TO_OBJECT = dt.timedelta(hours=72)
LONGEST_WAIT = dt.timedelta(days=60)
"""So long a change that nobody confirms stands on the pages of those it touches."""


@action("journey.address_corrected")
def correct_participants_address(*, email: str, by: Seat) -> AddressChange:
    """Correct the address of a participant who has not come yet. Whoever else guides here is told."""
    person = by.participant.person
    change = people_addresses.correct_address(
        person=person, email=email, journey_id=by.journey.id, by=by.actor
    )
    record("journey.address_corrected", subject=change, by=by)
    emails.tell_of_new_address(change)
    return change


@action("journey.address_followed")
def follow_address(*, user: User, by: None) -> list[AddressChange]:
    """Somebody changed their own address, and proved the new one: every table they sit at knows of it."""
    changes = people_addresses.follow_address(user=user, by=None)
    for change in changes:
        for journey_id in tables_of(change.person):
            record("journey.address_followed", subject=change, by=change.person, journey_id=journey_id)
        emails.tell_of_new_address(change)
    return changes


@action("journey.address_vouched_for")
def vouch_for_address(*, email: str, by: Seat) -> AddressChange:
    """Say that the participant, who has lost their mailbox, is now at this address. An administrator is asked."""
    demand(rules.may_vouch_for_address(by))
    email, person = normal_address(email), by.participant.person
    demand(rules.may_be_address(email, person, by.actor))
    Person.objects.select_for_update().get(id=person.id)
    demand(rules.may_be_changed_here(person, elsewhere=_is_elsewhere(person), waiting=_waits(person)))
    change = AddressChange.objects.create(
        person=person,
        journey_id=by.journey.id,
        kind=AddressChangeKind.LOST,
        state=AddressState.ASKED,
        before=person.email,
        after=email,
        by=by.actor,
        told_until=now() + LONGEST_WAIT,
    )
    AddressStateRecord.objects.create(change=change, state=AddressState.ASKED, by=by.actor)
    record("journey.address_vouched_for", subject=change, by=by)
    emails.ask_administrators(change)
    return change


@action("journey.address_confirmed")
def confirm_address(*, change: AddressChange, by: Person) -> AddressChange:
    """Confirm, as an administrator, that somebody is at another address now. From here on there are three days.

    The old address is sent a link with which to object; everyone at a table with the person is told.
    """
    change = _as_it_stands(change)
    demand(rules.may_confirm_address(by, change))
    token = secrets.token_urlsafe(32)
    change.token_digest, change.opens_at = digest(token), now() + TIME_TO_OBJECT
    _enter(change, AddressState.CONFIRMED, by, told_for=LONGEST_WAIT)
    record("journey.address_confirmed", subject=change, by=by, journey_id=change.journey_id)
    emails.tell_of_confirmed(change, token)
    return change


@action("journey.address_declined")
def decline_address(*, change: AddressChange, by: Person) -> AddressChange:
    """Say no to a change of address, also after it was confirmed, while there is time to object."""
    change = _as_it_stands(change)
    demand(rules.may_decline_address(by, change))
    _enter(change, AddressState.DECLINED, by)
    record("journey.address_declined", subject=change, by=by, journey_id=change.journey_id)
    emails.tell_it_stays(change)
    return change


@action("journey.address_withdrawn")
def withdraw_address(*, change: AddressChange, by: Person) -> AddressChange:
    """Take back what one said of somebody's address."""
    change = _as_it_stands(change)
    demand(rules.may_withdraw_address(by, change))
    _enter(change, AddressState.WITHDRAWN, by)
    record("journey.address_withdrawn", subject=change, by=by, journey_id=change.journey_id)
    emails.tell_it_stays(change)
    return change


@action("journey.address_objected")
def object_to_address(*, change: AddressChange, by: Person | None) -> AddressChange:
    """Keep the address there is: by the person themself, or by whoever reads the old mailbox (`by` is nobody then)."""
    change = _as_it_stands(change)
    demand(rules.may_object_to_address(by, change) if by else rules.may_be_objected_to(change))
    _enter(change, AddressState.OBJECTED, by)
    record("journey.address_objected", subject=change, by=by, journey_id=change.journey_id)
    emails.tell_it_stays(change)
    return change


@action("journey.address_changed")
def complete_address_change(*, change: AddressChange, by: None) -> AddressChange:
    """The three days are over, and nobody objected: the person signs in at the new address, once they proved it.

    Whoever is signed in is signed out, and links sent to the old address stop working. A password or second factor
    stays as it is, and is asked for. Where the address became somebody else's meanwhile, nothing changes.
    """
    change = _as_it_stands(change)
    demand(rules.may_come_true(change, is_due=bool(change.opens_at and change.opens_at <= now())))
    user, address = change.person.user, str(change.after)
    taken = User.objects.filter(email=address).exists()
    if user is None or taken or EmailAddress.objects.filter(email=address, verified=True).exists():
        _enter(change, AddressState.IMPOSSIBLE, None)
        record("journey.address_changed", subject=change, by=by, journey_id=change.journey_id, done=False)
        emails.tell_it_stays(change)
        return change
    _move(user, address)
    _enter(change, AddressState.DONE, None)
    for journey_id in {change.journey_id, *tables_of(change.person)}:
        record("journey.address_changed", subject=change, by=by, journey_id=journey_id, done=True)
    change.person.refresh_from_db()
    emails.tell_of_new_address(change)
    return change


def _move(user: User, address: str) -> None:
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    # unproven: the code that goes there to sign in with proves it
    EmailAddress.objects.create(user=user, email=address, verified=False, primary=True)
    LoginSession.objects.filter(user=user).delete()
    for person in Person.objects.filter(user=user):
        person.email = address
        person.save(update_fields=["email"])
        void_invitations(person_id=person.id, by=None)


def _enter(change: AddressChange, state: AddressState, by: Any, told_for: dt.timedelta = TOLD_FOR) -> None:
    change.state, change.told_until = state, now() + told_for
    change.save(update_fields=["state", "told_until", "token_digest", "opens_at"])
    AddressStateRecord.objects.create(change=change, state=state, by=by)


def _as_it_stands(change: AddressChange) -> AddressChange:
    """The change behind its row's lock: of two who decide at once, the second is told so."""
    rows: models.QuerySet[AddressChange] = AddressChange.objects.select_for_update(of=("self",))
    return rows.select_related("person__organisation", "by").get(id=change.id)


def _is_elsewhere(person: Person) -> bool:
    others = Person.objects.filter(user=person.user_id, is_active=True)
    return others.exclude(organisation=person.organisation_id).exists()


def _waits(person: Person) -> bool:
    waiting = (AddressState.ASKED, AddressState.CONFIRMED)
    return AddressChange.objects.filter(person=person, state__in=waiting).exists()
