"""What a meeting leaves behind: its record, who acknowledged it, the issues raised in it, how it was.

What the two write in boxes lies in `journeys.Words`; steps, readings and needs lie in `goals`. Here are the facts.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.goals.models import Need, Step
from alongside.journeys.models import Journey, Words
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting

from .states import IssueState, RecordState, Side


class MeetingRecord(Row):
    """The record of one meeting, from the moment it is opened. Four facts are said when it is closed.

    `present` lists who was there, as the part each had and the person's id: facts, never words. `kept_shape` is the
    order, names, minutes and prompts of its parts as they read when it was opened (`shapes.as_kept`). `next_agreed_at` is
    when the two were to meet next as the record was closed: what is moved or cancelled later does not change it.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    minutes_taken = models.PositiveSmallIntegerField(null=True)
    present = models.JSONField(default=list)
    safety_raised = models.BooleanField(null=True)
    safety_where = SealedTextField()
    kept_shape = models.JSONField(null=True)
    next_agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="room_sessions_record_number_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class MeetingRecordStateRecord(Row):
    """An appended state. The latest is the record's state."""

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=20, choices=RecordState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["record", "-created_at", "-id"], name="room_sessions_record_state")]


class How(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    IN_THE_ROOM = "in_the_room", _("in the room")


class Acknowledgement(Row):
    """One side's yes to a record. In the room the guide notes the yes of a participant without an account."""

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="acknowledgements")
    side = models.CharField(max_length=12, choices=Side.choices)
    how = models.CharField(max_length=12, choices=How.choices, default=How.SIGNED_IN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "side"], name="room_sessions_acknowledged_once")
        ]


class Issue(Row):
    """An issue, a difficulty, a further need, in one line. What became of it is its latest state record."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["journey", "created_at"], name="room_sessions_issue_journey")]


class IssueStateRecord(Row):
    """An appended state, with the need or the step it became, or a word on where it was taken."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=12, choices=IssueState.choices)
    word = SealedTextField()
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["issue", "-created_at", "-id"], name="room_sessions_issue_state")]


class EnteredInError(Row):
    """Why some words were marked as entered in error: sealed, and read only in an investigation."""

    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class MeetingFeedback(Row):
    """How the meeting was for the participant: four answers from 0 to 10, shown to the guide unless `kept`.

    Answering again appends; the latest counts. What was shown stays shown.
    """

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="+")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    matters = models.PositiveSmallIntegerField(null=True)
    plan = models.PositiveSmallIntegerField(null=True)
    listened = models.PositiveSmallIntegerField(null=True)
    next_step = models.PositiveSmallIntegerField(null=True)
    kept = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    *[
                        models.Q(**{f"{key}__isnull": True}) | models.Q(**{f"{key}__lte": 10})
                        for key in ("matters", "plan", "listened", "next_step")
                    ]
                ),
                name="room_sessions_feedback_0_to_10",
            )
        ]
        indexes = [models.Index(fields=["journey", "created_at"], name="room_sessions_feedback_journey")]
