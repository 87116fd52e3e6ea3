"""That somebody has the page of a meeting open: one row for each person and journey, overwritten, never a history."""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.models import Row
from alongside.people.models import Person


class Presence(Row):
    """When a person last had a meeting of this journey open."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "room_sessions"
        constraints = [
            models.UniqueConstraint(fields=["journey", "person"], name="room_sessions_presence_once")
        ]
