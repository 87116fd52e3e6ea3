"""The record of an ending: its states, and what is said in it."""

from __future__ import annotations

from django.db import models

from alongside.goals.models import How
from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person
from alongside.rooms.first_meeting.states import Side

from .states import EndingState, Said


class Ending(Row):
    """The record of how a journey ends. One for each: set aside when the two go on, it keeps its words."""

    journey = models.OneToOneField(Journey, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class EndingStateRecord(Row):
    """An appended state. The latest is the ending's state."""

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=20, choices=EndingState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["ending", "-created_at", "-id"], name="ending_state_latest")]


class Saying(Row):
    """Something said on one side of an ending: ready to show, acknowledged, no support, picture left out, nothing to
    write about a matter (`about` names it), kept until a day (`on`; without one as the agreement says).

    Said by the person themselves, or noted by the guide in the room for somebody without an account. What is
    taken back stays as a row.
    """

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="sayings")
    said = models.CharField(max_length=15, choices=Said.choices)
    side = models.CharField(max_length=15, choices=Side.choices)
    about = models.CharField(max_length=20, blank=True)
    on = models.DateField(null=True)
    word = SealedTextField()
    how = models.CharField(max_length=20, choices=How.choices, default=How.SIGNED_IN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ending", "said", "side", "about"],
                condition=models.Q(taken_back_at__isnull=True),
                name="ending_said_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="ending_taken_back_at_and_by",
            ),
        ]
