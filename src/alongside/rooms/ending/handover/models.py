"""A hand-over to another guide, and who has said yes to it."""

from __future__ import annotations

from django.db import models

from alongside.goals.models import How
from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person
from alongside.rooms.first_meeting.states import Side

from .states import HandedOver


class Handover(Row):
    """A journey is to go on with another guide. One stands at a time.

    It is proposed by one of the two, or, when the guide is gone, by an administrator (`without_guide`), who gives the
    reason in the guide's place. `lets_go` are the shared words the participant lets go along, by their keys; None until
    they have chosen. `led_to` is the journey that goes on.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    without_guide = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lets_go = models.JSONField(null=True)
    word = SealedTextField()
    outcome = models.CharField(max_length=15, choices=HandedOver.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    led_to = models.OneToOneField(Journey, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=models.Q(settled_at__isnull=True),
                name="ending_one_standing_handover",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (models.Q(settled_at__isnull=False, settled_by__isnull=False) & ~models.Q(outcome="")),
                name="ending_handover_settled",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="carried_out", led_to__isnull=False)
                | (~models.Q(outcome="carried_out") & models.Q(led_to__isnull=True)),
                name="ending_handover_led_to",
            ),
        ]
        indexes = [models.Index(fields=["to", "settled_at"], name="ending_handover_to")]


class HandoverYes(Row):
    """One side has seen the summary as it stood in this version of its words, and says yes to handing over."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="yeses")
    side = models.CharField(max_length=15, choices=Side.choices)
    version = models.PositiveIntegerField()
    how = models.CharField(max_length=20, choices=How.choices, default=How.SIGNED_IN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
