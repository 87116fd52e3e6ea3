"""The wish to come back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .states import Outcome


class WayBack(Row):
    """Somebody wishes to come back. Offered to their guide, or, where that one is gone, to the administrators."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    new_journey = models.ForeignKey(Journey, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_ending"
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(settled_at__isnull=True), name="ending_one_wish_to_come_back"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="ending_way_back_settled",
            ),
        ]
