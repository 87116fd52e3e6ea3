"""Accounts, organisations, the people in them, and how they are invited.

A `User` is a sign-in and nothing else. A `Person` is somebody in one organisation, with or without a sign-in; all that
happens in Alongside happens between persons of one organisation, which is what keeps organisations apart.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from alongside.kernel.email_addresses import LONGEST, normal_address
from alongside.kernel.encryption import SealedLineField, SealedTextField
from alongside.kernel.models import Row


def _as_long_as_its_column(model: str) -> models.CheckConstraint:
    """SQLite takes any length in a column; an address is as short as PostgreSQL has it there, too."""
    return models.CheckConstraint(
        condition=LessThanOrEqual(Length("email"), LONGEST), name=f"people_{model}_email_length"
    )


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=normal_address(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normal_address(username or ""))


class User(AbstractBaseUser, Row):
    """A sign-in. The address stays searchable; everything else about a person is in `Person`."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    persons: list[Person] | None = None
    """Who the signed-in user of a request is here; brought along by `people.backends`."""

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_email_once"),
            _as_long_as_its_column("user"),
        ]

    def __str__(self) -> str:
        return self.email


class LoginSession(Row):
    """One sign-in in one browser, or the little that somebody not signed in was told. Ended by deleting it.

    The key lies in the browser's cookie alone: here is its hash. `people.login_sessions` reads and writes it.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    data = SealedTextField(are_words=False)
    expires_at = models.DateTimeField(db_index=True)


class OrganisationManager(models.Manager["Organisation"]):
    """Organisations there are. What a template is tried on is none: it has to be asked for, as `everywhere`."""

    def get_queryset(self) -> models.QuerySet[Organisation]:
        return super().get_queryset().filter(is_rehearsal=False)


class Organisation(Row):
    """A service, and how people reach it: what pages and emails say when somebody needs help now.

    A safety notice that nobody answers goes to `safety_reader` after so many minutes; `queries.safety_readers` says who
    that is while nobody is named, or whoever was named has left. One that `is_rehearsal` is made up, with its people and
    its one journey, for a lead to try a template on: it alone says so of all that happens in it (`journeys.rehearsals`).
    """

    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    opening_hours = SealedTextField(are_words=False)
    emergency_text = SealedTextField(are_words=False)
    safety_reader = models.ForeignKey("Person", null=True, on_delete=models.PROTECT, related_name="+")
    safety_after_minutes = models.PositiveSmallIntegerField(default=120)
    open_weekdays = models.CharField(max_length=7, default="01234")
    """The days on which somebody reads safety notices, 0 is Monday; outside its hours they are passed on at once."""
    opens_at = models.TimeField(default=dt.time(9))
    closes_at = models.TimeField(default=dt.time(17))
    colour = models.CharField(max_length=7, blank=True)
    logo_digest = models.CharField(max_length=32, blank=True)
    """Of the file in `OrganisationLogo`, so that a page knows its address without loading it; empty: no logo."""
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    has_imprint = models.BooleanField(default=False)
    hidden_kinds = models.JSONField(default=list, blank=True)
    """The kinds of journey that are not offered when one is begun."""
    is_rehearsal = models.BooleanField(default=False)

    objects = OrganisationManager()
    everywhere: models.Manager[Organisation] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name__contains="\n") & ~models.Q(name__contains="\r"),
                name="people_organisation_name_one_line",
            ),
            _as_long_as_its_column("organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationLogo(Row):
    """The picture by which an organisation is recognised, as it was checked and as it is sent."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    media_type = models.CharField(max_length=20)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.organisation_id)


class OrganisationTexts(Row):
    """What an organisation says on its pages for everybody, where it does not say what Alongside brings along."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    privacy = SealedTextField(are_words=False)
    accessibility = SealedTextField(are_words=False)
    accessibility_contact = SealedTextField(are_words=False)
    accessibility_checked_on = models.DateField(null=True)
    imprint = SealedTextField(are_words=False)

    def __str__(self) -> str:
        return str(self.organisation_id)


class EmergencyNumber(Row):
    """Whom to call when it can't wait, and at which number; shown in the order of `position`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = SealedTextField(are_words=False)
    telephone = models.CharField(max_length=40)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "position"], name="people_emergency_number_place")
        ]

    def __str__(self) -> str:
        return self.telephone


class Person(Row):
    """Somebody in one organisation. Without a `user` they have no account: others write with them in the room.

    Without one, too, they are known in one journey alone, `known_in`, and whoever guides it speaks for their address;
    somebody an administrator added is known in none. An invitation taken up with the sign-in of somebody who has a
    place here already ties the two: the seat goes to that person, and this row stays behind, `tied_to` them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = SealedLineField()
    pronouns = SealedTextField(are_words=False)
    email = models.EmailField(blank=True)
    telephone = SealedTextField(are_words=False)
    emergency_contact_name = SealedTextField(are_words=False)
    emergency_contact_telephone = SealedTextField(are_words=False)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    language = models.CharField(max_length=16, default="en-gb")
    is_guide = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    known_in = models.UUIDField(null=True)
    tied_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(user__isnull=False),
                name="people_person_once",
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(known_in__isnull=True, tied_to__isnull=True),
                name="people_person_proven_or_known_in_one",
            ),
            _as_long_as_its_column("person"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def has_role(self) -> bool:
        return self.is_guide or self.is_lead or self.is_administrator

    @property
    def needs_second_factor(self) -> bool:
        return self.has_role


class AccountState(models.TextChoices):
    CLOSED = "closed", _("closed")
    OPEN = "open", _("open")


class AccountStateRecord(Row):
    """An account was closed or opened again, by whom and why. `Person.is_active` is what the latest one says."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AccountState.choices)
    reason = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="people_account_state_latest")]


class FailedEmail(Row):
    """An email to somebody that was given up: shown until a later one goes out to them. Of what kind, never what it said."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(settled_at=None), name="people_failed_emails_open"
            )
        ]


class Restriction(Row):
    """Somebody asked that what is kept about them is kept, and nothing else is done with it, until it is lifted.

    It reaches every journey in which they take part (`journeys.restriction`), and what is sent to them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    reason = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_because = SealedTextField(are_words=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(lifted_at__isnull=True),
                name="people_one_restriction_of_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="people_restriction_lifted_at_and_by",
            ),
        ]


class Purpose(models.TextChoices):
    """What somebody is asked to agree to, one by one."""

    SHARING = "sharing", _("Sharing with people who support me")
    AFTERWARDS = "afterwards", _("Emails after the end")
    FIGURES = "figures", _("Figures")


class ConsentRecord(Row):
    """Somebody agreed to one thing, or withdrew it. Appended; the latest of a purpose holds.

    `text` is what they read when they agreed, in their language, and `version` its number in `consents.TEXTS`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField()
    text = SealedTextField(are_words=False)
    given = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "purpose", "-created_at", "-id"], name="people_consent_latest")
        ]


FACTOR_RESET_LASTS = dt.timedelta(days=7)


class FactorReset(Row):
    """An administrator asked for somebody's second factor to be removed; a second one agrees or says no, once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField(are_words=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(decided_at__isnull=True),
                name="people_factor_reset_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by__isnull=True, agreed=False)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="people_factor_reset_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="people_factor_reset_two_people",
            ),
        ]


class Invitation(Row):
    """A link by e-mail with which a person can begin without a password.

    Only the digest of the token is kept. The link opens a page; only its button uses it up, as mail scanners open
    links. A newer invitation, or a corrected address, voids the older ones.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=200, default="/")
    letter = models.CharField(max_length=40)
    journey_id = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="people_invitation_person")]
        constraints = [_as_long_as_its_column("invitation")]


class AddressChangeKind(models.TextChoices):
    CORRECTED = "corrected", _("corrected before the invitation was accepted")
    OWN = "own", _("changed by the person themself")
    LOST = "lost", _("the old mailbox is lost")


class AddressState(models.TextChoices):
    ASKED = "asked", _("waiting for an administrator")
    CONFIRMED = "confirmed", _("confirmed, and waiting for objections")
    DECLINED = "declined", _("declined by an administrator")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OBJECTED = "objected", _("objected to")
    IMPOSSIBLE = "impossible", _("not possible")
    DONE = "done", _("done")


_SETTLES = frozenset(
    {AddressState.DECLINED, AddressState.WITHDRAWN, AddressState.OBJECTED, AddressState.IMPOSSIBLE}
)
ADDRESS_TRANSITIONS: dict[AddressState, frozenset[AddressState]] = {
    AddressState.ASKED: frozenset({AddressState.CONFIRMED}) | (_SETTLES - {AddressState.IMPOSSIBLE}),
    AddressState.CONFIRMED: frozenset({AddressState.DONE}) | _SETTLES,
    **{state: frozenset() for state in (AddressState.DONE, *sorted(_SETTLES))},
}


class AddressChange(Row):
    """A person is to be reached at another address: from which to which, who says so, and in which journey.

    The addresses lie here alone, sealed, so that they can be taken out while the ledger, which knows the change by its
    id, stays whole. `state` is what its latest record says. Of a lost mailbox `opens_at` is when the new address
    becomes theirs unless somebody objects; `token_digest` is that of the link with which the old address objects.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    journey_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=AddressChangeKind.choices)
    state = models.CharField(max_length=10, choices=AddressState.choices)
    before = SealedTextField(are_words=False)
    after = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, null=True, unique=True)
    opens_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField()
    """Until when it stands on the pages of those it touches."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["asked", "confirmed"]),
                name="people_address_change_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | models.Q(opens_at__isnull=False, token_digest__isnull=False),
                name="people_address_change_can_be_objected_to",
            ),
        ]
        indexes = [models.Index(fields=["person", "told_until"], name="people_address_change_told")]

    @property
    def is_waiting(self) -> bool:
        return bool(ADDRESS_TRANSITIONS[AddressState(self.state)])


class AddressStateRecord(Row):
    """An appended state of a change of address. `by` is nobody where a link or the hour did it."""

    change = models.ForeignKey(AddressChange, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=10, choices=AddressState.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")


class KeptForm(Row):
    """A form that arrived without a login session of the person it was made for, sealed until they sign in again.

    `browser` is the digest of the key in the cookie of the browser it came from; no person: a page open to all. It is
    gone when it has been shown, or after half an hour: `kept_forms`.
    """

    browser = models.CharField(max_length=64, db_index=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    # what one typed comes back to oneself alone, and nobody has read it: no opening
    content = SealedTextField(are_words=False)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="people_kept_form_age")]

    def __str__(self) -> str:
        return str(self.id)
