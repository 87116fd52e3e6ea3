"""A missed meeting after which the guide calls, as the two have agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.kernel.models import Row
from alongside.people.models import Person

from .meetings import Meeting


class CallToMake(Row):
    """The guide is to call whoever missed a meeting. It waits until the guide says that it is done."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="environment_call_done_at_and_by",
            )
        ]
        indexes = [
            models.Index(fields=["journey"], condition=Q(done_at=None), name="environment_call_waiting")
        ]
