"""Addresses that need no account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.kernel.models import Row
from alongside.people.models import Person


class Link(Row):
    """An address that needs no account. Only the digest of its token is kept; it runs out, and can be switched off."""

    token_digest = models.CharField(max_length=64, null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)
    """Wrong answers to its question, since it last rested."""
    rests_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        app_label = "room_ending"


class KeepsakeLink(Link):
    """The address in a keepsake's code. One at a time for each journey."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Link.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(revoked_at__isnull=True), name="ending_one_keepsake_link"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="ending_link_revoked_at_and_by",
            ),
        ]
