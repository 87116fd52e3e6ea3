"""A notice that an answer about harm was given, and what was done."""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person


class SafetyNotice(Row):
    """One save of a form that holds an answer about harm. Each save makes its own; none is ever taken back.

    `asked` are the questions and answers as they were read, as JSON pairs. At `passes_on_at` it goes to whoever the
    organisation named, unless it was answered; `seen_at` and `seen_by` sign and date what was done.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey("goals.FilledForm", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=30)
    asked = SealedTextField()
    total = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    passes_on_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True)
    what_was_done = SealedTextField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "goals"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seen_at__isnull=True, seen_by__isnull=True)
                | models.Q(seen_at__isnull=False, seen_by__isnull=False),
                name="goals_notice_seen_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["journey", "seen_at"], name="goals_notice_journey"),
            models.Index(fields=["seen_at", "passes_on_at"], name="goals_notice_due"),
        ]


class SafetyTest(Row):
    """A notice sent to try the way it goes: no journey, no answer. To one person; it arrives when they say so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "goals"
