"""Wishes about the end: to go on longer, or to end early."""

from __future__ import annotations

from django.db import models

from alongside.goals.models import How
from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .states import Outcome, Wanted


class Wish(Row):
    """What one of the two wants for the end: to go on longer, which both agree, or to end early, with notice.

    `on` is the new planned end, or the last day of the notice. At most one of each stands at a time.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=15, choices=Wanted.choices)
    word = SealedTextField()
    planned_meetings = models.PositiveSmallIntegerField(null=True)
    on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=How.choices, default=How.SIGNED_IN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "wanted"],
                condition=models.Q(settled_at__isnull=True),
                name="ending_one_standing_wish",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (models.Q(settled_at__isnull=False, settled_by__isnull=False) & ~models.Q(outcome="")),
                name="ending_wish_settled_at_by_outcome",
            ),
        ]
