"""Where a person is written to: corrected before they came, changed by themselves. Each change is a row of its own.

What is done where the old mailbox is lost, and who is told of a change, is for the journeys: `journeys/addresses.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.email_addresses import normal_address
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import rules
from .actions import invite_again, void_invitations
from .models import (
    AddressChange,
    AddressChangeKind,
    AddressState,
    AddressStateRecord,
    Invitation,
    Person,
    User,
)

TOLD_FOR = dt.timedelta(days=14)
"""So long a change stands on the pages of those it touches."""


@action("person.address_corrected")
def correct_address(
    *, person: Person, email: str, journey_id: UUID | None = None, by: Person
) -> AddressChange:
    """Give a person who can't sign in yet another address. Links sent to the old one stop working.

    In the journey they are known in, whose guide may ask for it; outside of any, an administrator.
    """
    email = normal_address(email)
    demand(rules.may_be_spoken_for(by, person, journey_id))
    demand(rules.may_be_written_to(email))
    demand(rules.may_be_invited(Person(email=email, user_id=person.user_id, is_active=person.is_active)))
    change = _write(AddressChangeKind.CORRECTED, person, person.email, email, journey_id, by)
    person.email = email
    person.save(update_fields=["email"])
    void_invitations(person_id=person.id, by=by)
    record("person.address_corrected", subject=change, by=by, journey_id=journey_id)
    return change


@action("person.readdressed")
def readdress(*, person: Person, email: str, journey_id: UUID | None = None, by: Person) -> Invitation:
    """Correct a mistyped address and send the invitation there."""
    change = correct_address(person=person, email=email, journey_id=journey_id, by=by)
    record("person.readdressed", subject=change, by=by, journey_id=journey_id)
    return invite_again(person=person, journey_id=journey_id, by=by)


@action("person.moved_address")
def follow_address(*, user: User, by: None) -> list[AddressChange]:
    """The sign-in has a new, verified address: the persons it stands for are written to there from now on."""
    changes = []
    for person in Person.objects.filter(user=user).exclude(email=user.email):
        change = _write(AddressChangeKind.OWN, person, person.email, user.email, None, person)
        person.email = user.email
        person.save(update_fields=["email"])
        record("person.moved_address", subject=change, by=person)
        changes.append(change)
    return changes


def _write(
    kind: AddressChangeKind, person: Person, before: str, after: str, journey_id: UUID | None, by: Any
) -> AddressChange:
    """A change that is done as it is written."""
    change = AddressChange.objects.create(
        person=person,
        journey_id=journey_id,
        kind=kind,
        state=AddressState.DONE,
        before=before,
        after=after,
        by=by,
        told_until=now() + TOLD_FOR,
    )
    AddressStateRecord.objects.create(change=change, state=AddressState.DONE, by=by)
    return change
