"""Questions about people. Reading starts at the person who asks."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.kernel.clock import now
from alongside.kernel.email_addresses import normal_address
from alongside.kernel.folding import folded, holds, words_of
from alongside.kernel.prepared import Prepared

from .models import (
    FACTOR_RESET_LASTS,
    AccountStateRecord,
    AddressState,
    AddressStateRecord,
    EmergencyNumber,
    FactorReset,
    FailedEmail,
    Invitation,
    Organisation,
    OrganisationLogo,
    OrganisationTexts,
    Person,
    User,
)


def persons_of(user_id: UUID) -> list[Person]:
    """The persons one sign-in stands for, one per organisation, oldest first."""
    return list(_PERSONS.instances(user_id))


def _persons(user_id: UUID) -> QuerySet[Person]:
    rows = Person.objects.filter(user_id=user_id, is_active=True).select_related("organisation", "user")
    return rows.order_by("created_at")


_PERSONS = Prepared(_persons)
"""Every page of everybody begins with it."""


def visible_people(actor: Person) -> QuerySet[Person]:
    """An administrator sees the people of their own organisation; everybody else only themselves."""
    people = Person.objects.filter(organisation_id=actor.organisation_id).select_related("organisation")
    return people if actor.is_administrator else people.filter(id=actor.id)


def person_for(actor: Person, *, person_id: UUID) -> tuple[Person, Person] | None:
    """The door's find for one person: (actor, person), or None when the actor can't see them."""
    person = visible_people(actor).filter(id=person_id).first()
    return (actor, person) if person else None


def guides_of(actor: Person) -> list[Person]:
    """Active guides of the actor's organisation, by name."""
    guides = Person.objects.filter(organisation_id=actor.organisation_id, is_guide=True, is_active=True)
    return sorted(guides, key=lambda person: folded(str(person.name)))


def staff_of(actor: Person) -> list[Person]:
    """Those with a role in the actor's organisation who can sign in, by name."""
    with_role = Q(is_guide=True) | Q(is_lead=True) | Q(is_administrator=True)
    staff = Person.objects.filter(with_role, organisation_id=actor.organisation_id, is_active=True)
    return sorted(staff.exclude(user=None), key=lambda person: folded(str(person.name)))


def organisation_by(organisation_id: UUID) -> Organisation | None:
    """For the pages everybody may read."""
    return Organisation.everywhere.filter(id=organisation_id).first()


def only_organisation() -> Organisation | None:
    """The only one there is; None where there are several, or none yet."""
    found = list(Organisation.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def texts_of(organisation_id: UUID | None) -> OrganisationTexts:
    """What it says to everybody; empty where it has said nothing yet."""
    if organisation_id is None:
        return OrganisationTexts()
    found = OrganisationTexts.objects.filter(organisation_id=organisation_id).first()
    return found or OrganisationTexts(organisation_id=organisation_id)


def logo_of(organisation_id: UUID) -> OrganisationLogo | None:
    return OrganisationLogo.objects.filter(organisation_id=organisation_id).first()


def emergency_numbers(organisation_id: UUID) -> list[EmergencyNumber]:
    """Whom to call when it cannot wait, in order."""
    return list(EmergencyNumber.objects.filter(organisation_id=organisation_id))


def safety_readers(organisation: Organisation) -> list[Person]:
    """Who reads a safety notice that nobody has answered: whoever is named and still here, else every administrator."""
    named = organisation.safety_reader
    if named and named.is_active and named.user_id and named.needs_second_factor:
        return [named]
    return list(
        Person.objects.filter(organisation=organisation, is_administrator=True, is_active=True).exclude(
            user=None
        )
    )


def administrators_of(organisation_id: UUID) -> list[Person]:
    """Those who look after an organisation and can sign in."""
    rows = Person.objects.filter(organisation_id=organisation_id, is_administrator=True, is_active=True)
    return list(rows.exclude(user=None).order_by("created_at"))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by(token: str) -> Invitation | None:
    """The invitation a link belongs to, whatever its state; None for a token nobody was sent."""
    return (
        Invitation.objects.filter(token_digest=digest(token))
        .select_related("person__organisation", "sent_by")
        .first()
    )


def address_changed_since(person: Person, moment: dt.datetime) -> bool:
    """Whether emails of that moment lie in a mailbox that is no longer theirs."""
    done = AddressStateRecord.objects.filter(change__person=person, state=AddressState.DONE)
    return done.filter(created_at__gt=moment).exists()


def failed_emails(people: Iterable[UUID]) -> list[FailedEmail]:
    """The latest email that was given up to each of these people, as long as none has gone out to them since."""
    wanted = list(people)
    rows = _failed(len(wanted)).instances(*wanted) if wanted else ()
    return list({row.person_id: row for row in rows}.values())


@lru_cache(maxsize=16)
def _failed(count: int) -> Prepared:
    """Asked on the page of each journey, for the two to five who are in it."""

    def rows(*people: UUID) -> QuerySet:
        open_ones = FailedEmail.objects.filter(person_id__in=people, settled_at=None)
        return open_ones.select_related("person").order_by("created_at")

    return Prepared(rows, takes=count)


def failed_emails_in(organisation_id: UUID) -> list[FailedEmail]:
    """The same of a whole organisation, the latest first: for administrators."""
    rows = FailedEmail.objects.filter(person__organisation_id=organisation_id, settled_at=None)
    latest = {row.person_id: row for row in rows.select_related("person").order_by("created_at")}
    return sorted(latest.values(), key=lambda row: row.created_at, reverse=True)


def latest_invitation(person_id: UUID) -> Invitation | None:
    return Invitation.objects.filter(person_id=person_id).order_by("-created_at").first()


def person_by_address(organisation_id: UUID, email: str, *, closed_too: bool = False) -> Person | None:
    """The person an administrator finds at this address, for adding nobody twice.

    Whoever is known in a journey alone may be anybody, and is not found: ask this for administrators only.
    """
    email = normal_address(email)
    people = Person.objects.filter(organisation_id=organisation_id, email=email, known_in=None, tied_to=None)
    if not closed_too:
        people = people.filter(is_active=True)
    return people.order_by("-is_active", "created_at").first() if email else None


def account_history(person: Person) -> list[AccountStateRecord]:
    """When the account was closed and opened again, by whom and why; the latest first."""
    records = AccountStateRecord.objects.filter(person=person).select_related("by")
    return list(records.order_by("-created_at", "-id"))


def person_of(user: User, organisation_id: UUID) -> Person | None:
    """Who a sign-in is in an organisation, also when that account is closed."""
    return Person.objects.filter(organisation_id=organisation_id, user=user).first()


def has_passkey(user_id: UUID | None = None) -> bool:
    """Whether this user has a passkey; without one given, whether anybody has."""
    passkeys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return (passkeys.filter(user_id=user_id) if user_id else passkeys).exists()


def has_factor(user_id: UUID | None) -> bool:
    """Whether this sign-in has a second factor of any sort."""
    return bool(user_id) and Authenticator.objects.filter(user_id=user_id).exists()


def open_factor_reset(person: Person) -> FactorReset | None:
    """What an administrator asked for and nobody has decided, within its week."""
    since = now() - FACTOR_RESET_LASTS
    rows = FactorReset.objects.filter(person=person, decided_at=None, created_at__gt=since)
    return rows.select_related("asked_by", "person").first()


def factor_reset_for(actor: Person, *, reset_id: UUID) -> tuple[Person, FactorReset] | None:
    """The door's find for one reset: of somebody the actor can see."""
    rows = FactorReset.objects.filter(id=reset_id, person__organisation_id=actor.organisation_id)
    reset = rows.select_related("person").first() if actor.is_administrator else None
    return (actor, reset) if reset else None


def user_by_address(email: str) -> User | None:
    return User.objects.filter(email=normal_address(email)).first()


@dataclass(frozen=True, slots=True)
class Listed:
    """A person with the invitation that holds, if there is one."""

    person: Person
    invited_at: dt.datetime | None
    expires_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class People:
    staff: tuple[Listed, ...]
    others: tuple[Listed, ...]
    has_more: bool


SHOWN, MOST_FOUND = 50, 500


def people_listed(actor: Person, find: str = "") -> People:
    """The people an administrator looks after: those with roles by name, the newest others. Two queries, three to find."""
    held = Invitation.objects.filter(person=OuterRef("pk"), accepted_at=None, voided_at=None).order_by(
        "-created_at"
    )
    people = (
        visible_people(actor)
        .filter(tied_to=None)
        .annotate(
            invited_at=Subquery(held.values("created_at")[:1]),
            expires_at=Subquery(held.values("expires_at")[:1]),
        )
    )
    if find:
        people = people.filter(id__in=_found(actor, find))
    with_role = Q(is_guide=True) | Q(is_lead=True) | Q(is_administrator=True)
    staff = sorted(people.filter(with_role), key=lambda person: folded(str(person.name)))
    others = list(people.exclude(with_role).order_by("-created_at")[: SHOWN + 1])
    return People(_listed(staff), _listed(others[:SHOWN]), len(others) > SHOWN)


def _found(actor: Person, find: str) -> list[UUID]:
    """Who is called so, however it is spelled, or has it in their address; the newest of many.

    Names are sealed, so the database cannot look for them: each is opened and read, about a microsecond a name.
    """
    words, part = words_of(find), normal_address(find)
    people = visible_people(actor).filter(tied_to=None).select_related(None).only("name", "email")
    found = (
        person.id
        for person in people.order_by("-created_at").iterator()
        if (words and holds(str(person.name), words)) or (part and part in person.email)
    )
    return list(islice(found, MOST_FOUND))


def _listed(people: Sequence[Any]) -> tuple[Listed, ...]:
    return tuple(Listed(each, each.invited_at, each.expires_at) for each in people)  # type: ignore[attr-defined]
