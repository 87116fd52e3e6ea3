"""The days on which somebody is reminded of what they took along, and the emails that do it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.kernel.models import Row
from alongside.people.models import Person

from ..links.models import Link


class KeepsakePlan(Row):
    """On which days one is reminded. Appended when it is said anew; the latest holds, and one without any day ends it.

    `days` are dates as text, `weekly` is a day of the week (0 is Monday). One that stopped the reminders points to what
    it stopped, so that it can be undone.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    days = models.JSONField(default=list)
    weekly = models.PositiveSmallIntegerField(null=True)
    stopped = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_ending"
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly__isnull=True) | Q(weekly__lte=6), name="ending_reminded_weekly_on_a_day"
            )
        ]
        indexes = [models.Index(fields=["journey", "-created_at", "-id"], name="ending_reminded_latest")]

    @property
    def dates(self) -> list[dt.date]:
        return sorted(dt.date.fromisoformat(day) for day in self.days)

    @property
    def is_empty(self) -> bool:
        return not self.days and self.weekly is None

    def falls_on(self, day: dt.date) -> bool:
        return day.isoformat() in self.days or day.weekday() == self.weekly


class KeepsakeEmail(Link):
    """The one email of one day. Its link leads to the keepsake."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Link.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["journey", "on"], name="ending_reminded_once_a_day"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="ending_reminder_revoked_at_and_by",
            ),
        ]
