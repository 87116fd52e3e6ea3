"""That something was to be erased, why, by whom; and the certificate that says when it was, and how much."""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person

from .states import AccessState, Cause, ErasureState, Extent


class Erasure(Row):
    """A request to erase, or the end of keeping, and what was decided. It outlives what it is about.

    `person` is who it is about, whose row stays without a name; `journey_id` the one journey, where it is one. `asked_on`
    is the day on which the person asked: a month runs from it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    journey_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=20, choices=Cause.choices)
    extent = models.CharField(max_length=20, choices=Extent.choices)
    asked_on = models.DateField()
    reason = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(extent=Extent.ONE_JOURNEY, journey_id__isnull=False)
                | (
                    ~models.Q(extent=Extent.ONE_JOURNEY)
                    & models.Q(journey_id__isnull=True, person__isnull=False)
                ),
                name="retention_erasure_of_person_or_journey",
            )
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="retention_erasure_latest")]

    def __str__(self) -> str:
        return str(self.id)


class ErasureStateRecord(Row):
    """An appended state of an erasure."""

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=10, choices=ErasureState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["erasure", "state"], name="retention_erasure_each_state_once")
        ]


class Certificate(Row):
    """That an erasure was carried out: by whom, and how many rows and fields it took. No words, no names.

    `swept_at` is when the database's files, emails and figures had none of it any more.
    """

    erasure = models.OneToOneField(Erasure, on_delete=models.PROTECT, related_name="certificate")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    swept_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class KeepingRule(Row):
    """How long the records of one kind are kept after their end, and by which law or reason. The latest one holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    years = models.PositiveSmallIntegerField(null=True)
    """None: not set, so that nothing reaches its end by itself."""
    basis = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at"], name="retention_rule_latest")]


class LegalHold(Row):
    """Nothing of this journey may be erased while it holds: a claim, an inquiry, a child not of age yet."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=models.Q(lifted_at__isnull=True),
                name="retention_one_hold_of_a_journey",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="retention_hold_lifted_at_and_by",
            ),
        ]


class AccessRequest(Row):
    """Somebody asked the organisation for a copy of what it keeps about them. It has a month to answer from that day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    identity = SealedTextField(are_words=False)
    """How it was made sure that it is them."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "asked_on"], name="retention_access_oldest")]


class AccessStateRecord(Row):
    """An appended state of such a request, with what is to be said about it."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=10, choices=AccessState.choices)
    reason = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "state"], name="retention_access_each_state_once")
        ]


class HarmCheck(Row):
    """A health professional said whether reading it could seriously harm somebody's health: who, when, and what they said."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="harm_checks")
    checked_on = models.DateField()
    checked_by = SealedTextField(are_words=False)
    """Name and profession of who checked."""
    may_harm = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
