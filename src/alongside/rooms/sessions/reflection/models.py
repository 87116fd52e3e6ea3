"""The guide's own reflection on how they helped: theirs alone, in no export of anybody else, seen by no lead."""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from ..record.models import MeetingRecord

SKILLS = ("listening", "asking", "agreeing", "focusing", "ending")


class Reflection(Row):
    """How the guide found they helped in one meeting, 0 to 10 for each skill, with a few words where they like.

    Reflecting again appends; the latest counts.
    """

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="+")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    listening = models.PositiveSmallIntegerField(null=True)
    asking = models.PositiveSmallIntegerField(null=True)
    agreeing = models.PositiveSmallIntegerField(null=True)
    focusing = models.PositiveSmallIntegerField(null=True)
    ending = models.PositiveSmallIntegerField(null=True)
    words = SealedTextField()

    class Meta:
        app_label = "room_sessions"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    *[
                        models.Q(**{f"{key}__isnull": True}) | models.Q(**{f"{key}__lte": 10})
                        for key in SKILLS
                    ]
                ),
                name="room_sessions_reflection_0_to_10",
            )
        ]
        indexes = [models.Index(fields=["by", "created_at"], name="room_sessions_reflection_whose")]
