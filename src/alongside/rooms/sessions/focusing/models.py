"""A focusing, who may see which of its levels, and the step it came to. What is written in it lies in `journeys.Words`.

There is no score, no share of levels filled, no time spent and no count of them, and nothing here to make one from:
reflection done to be counted loses its worth.
"""

from __future__ import annotations

from django.db import models

from alongside.goals.models import Step, Target
from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .states import FocusingState


class Focusing(Row):
    """One way through the funnel: its author's, or the two people's `together`.

    `record` is the record of the meeting in which it was begun, `issue` the issue it began with. `perspectives` are
    the keys of the viewpoints chosen at the third level, `target` the one its focus serves. `left_at_level` (1 to 5)
    is where one stopped, to go on from there. `version` rises with each change made here.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        "room_sessions.MeetingRecord", null=True, on_delete=models.PROTECT, related_name="+"
    )
    issue = models.ForeignKey("room_sessions.Issue", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    together = models.BooleanField(default=False)
    perspectives = models.JSONField(default=list)
    target = models.ForeignKey(Target, null=True, on_delete=models.PROTECT, related_name="+")
    left_at_level = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "room_sessions"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_at_level=None) | models.Q(left_at_level__range=(1, 5)),
                name="room_sessions_focusing_level_1_to_5",
            )
        ]
        indexes = [models.Index(fields=["journey", "created_at"], name="room_sessions_focusing_journey")]


class FocusingStateRecord(Row):
    """An appended state. The latest is the focusing's state."""

    focusing = models.ForeignKey(Focusing, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=8, choices=FocusingState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_sessions"
        indexes = [
            models.Index(fields=["focusing", "-created_at", "-id"], name="room_sessions_focusing_state")
        ]


class FocusingShare(Row):
    """Its author opened this level to the other of the two. That can't be taken back."""

    focusing = models.ForeignKey(Focusing, on_delete=models.PROTECT, related_name="shares")
    level = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_sessions"
        constraints = [
            models.UniqueConstraint(fields=["focusing", "level"], name="room_sessions_level_shared_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 4)), name="room_sessions_shared_level_1_to_4"
            ),
        ]


class FocusingAct(Row):
    """The step a focusing came to, with what goes beside it. The step itself is one of the plan's, read by both.

    `focusing` is empty where the step was taken along into another journey, which has no part in its path.
    """

    focusing = models.ForeignKey(Focusing, null=True, on_delete=models.PROTECT, related_name="acts")
    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="+")
    support = SealedTextField()
    obstacle = SealedTextField()
    success_sign = SealedTextField()

    class Meta:
        app_label = "room_sessions"
