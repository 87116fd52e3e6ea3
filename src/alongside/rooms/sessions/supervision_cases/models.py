"""A case taken to supervision: the guide's own draft of it, and what of it lies on the supervision's table.

The two rows lie in two journeys. `TakenCase` is the guide's alone, in the journey it came from, and knows where the case
went; `Case` lies in the guide's supervision and knows nothing of where it came from. So whatever is read on that side, by
whatever door, has no way back.
"""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from ..record.models import Issue
from .states import AgeBand, CaseState, TakenState


class Case(Row):
    """What lies on the table of a supervision: the case as it was checked, never changed. `number` counts from 1."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = SealedTextField()
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_sessions"
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="room_sessions_case_number_once")
        ]


class CaseStateRecord(Row):
    """An appended state; with the issue it was taken up as, or the words of what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=12, choices=CaseState.choices)
    word = SealedTextField()
    issue = models.ForeignKey(Issue, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_sessions"
        indexes = [models.Index(fields=["case", "-created_at", "-id"], name="room_sessions_case_state")]


class TakenCase(Row):
    """A guide's own case out of a journey: read by the one who wrote it and by nobody else.

    `draft` is what was typed, `also_called` further names to look for before it may leave.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, blank=True)
    draft = SealedTextField()
    also_called = SealedTextField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_sessions"
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "by"],
                condition=models.Q(case__isnull=True),
                name="room_sessions_one_case_in_the_making",
            )
        ]


class TakenStateRecord(Row):
    """An appended state of a guide's own case: what they did with what came of it."""

    taken = models.ForeignKey(TakenCase, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=12, choices=TakenState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_sessions"
        indexes = [models.Index(fields=["taken", "-created_at", "-id"], name="room_sessions_taken_state")]
