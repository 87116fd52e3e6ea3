"""Meetings booked in a row, and times offered by link."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.kernel.models import Row
from alongside.people.models import Person

from .meetings import Meeting, Place


class Recurrence(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every second week")
    MONTHLY = "monthly", _("every month, on the same weekday")


class Series(Row):
    """Meetings that were booked together. Each is a meeting of its own, with its own uid; no rule repeats them."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    recurrence = models.CharField(max_length=12, choices=Recurrence.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["journey"], name="environment_series_journey")]


class SeriesMeeting(Row):
    """That a meeting belongs to a series. It stays in it when it is moved, and when it is cancelled."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")


class Offer(Row):
    """Several times a guide offers the participant, who picks one by a link, with or without an account.

    Only the digest of the token is kept. Opening the link changes nothing; the button on its page books. Nothing is
    held free for it meanwhile: a time that has gone is no longer shown.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.OneToOneField(Meeting, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="environment_offer_withdrawn_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["journey"], name="environment_offer_journey")]


class OfferedTime(Row):
    """One of the times of an offer."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="times")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "starts_at"], name="environment_offered_time_once")
        ]
