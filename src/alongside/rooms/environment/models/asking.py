"""What participants ask of their guide's time: a time at all, or to be told of an earlier one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .meetings import Meeting


class TimeRequest(Row):
    """A participant asks for a time. Open until something is booked after it, or another one follows."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    word = SealedTextField()

    class Meta:
        indexes = [models.Index(fields=["journey", "-created_at"], name="environment_request_latest")]


class EarlierWish(Row):
    """A participant wishes to be told when a time earlier than that of their meeting becomes free."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(ended_at=None), name="environment_earlier_wish_once"
            )
        ]
