"""That something was to be erased, why, by whom; and the certificate that says when it was, and how much."""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person

from .states import AccessState, Cause, CopyStep, ErasureState, Extent, TakenOut


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


class AccessCopy(Row):
    """Somebody's record as it was when it was collected to answer their request. `created_at` is that moment.

    It lies here beside the record itself, in parts, until it was given and has waited long enough (`copies.STAYS`).
    """

    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, related_name="copy")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class AccessPart(Row):
    """Some lines of a copy that are looked through together. `content` is what was collected, and is never changed.

    `journey_id` is whose words are in it; None for the account.
    """

    copy = models.ForeignKey(AccessCopy, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    journey_id = models.UUIDField(null=True)
    heading = SealedTextField(are_words=False)
    """Of which journey, by number, and of which chapter: nothing that somebody typed."""
    content = SealedTextField()
    lines = models.PositiveIntegerField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "number"], name="retention_access_part_once"),
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="retention_part_reviewed_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["journey_id"], name="retention_part_of_journey")]


class AccessRedaction(Row):
    """That a line is left out of what is given, and why. Put back, it stays as a row that does nothing."""

    part = models.ForeignKey(AccessPart, on_delete=models.CASCADE, related_name="redactions")
    line = models.PositiveIntegerField()
    why = models.CharField(max_length=12, choices=TakenOut.choices)
    note = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "line"],
                condition=models.Q(undone_at__isnull=True),
                name="retention_line_taken_out_once",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="retention_redaction_undone_at_and_by",
            ),
        ]


class AccessLogEntry(Row):
    """What was done with the copy of a request, by whom and how often: without words, so that it stays when the copy goes."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="log_entries")
    did = models.CharField(max_length=16, choices=CopyStep.choices)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "created_at"], name="retention_access_log")]
