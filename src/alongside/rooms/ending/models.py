"""The ending of a journey: its record, what is said in it, what is taken along, and wishes about the end."""

from __future__ import annotations

from django.db import models

from alongside.goals.models import How
from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .states import EndingState, HandedOver, Outcome, Said, Side, Sort, Wanted


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


class EndingEntry(Row):
    """One thing the participant takes along, or one support that goes on.

    `what` is the key point, the *when* of a strategy, the early sign, or who gives the support; `then` is what I will
    do, or how to reach them; `link` a web address, telephone number or e-mail address to reach them by one tap. An entry
    is never changed: another wording is a new row in its place, and a removed one stays, marked, and can be brought back.
    `taken_from` is the step, or the words of an insight, that helped and was taken along: a strategy from a step has no
    *when* until somebody says it.
    """

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="entries")
    sort = models.CharField(max_length=15, choices=Sort.choices)
    what = SealedTextField()
    then = SealedTextField()
    category = models.CharField(max_length=20, blank=True)
    first_contact = models.DateField(null=True)
    link = SealedTextField()
    taken_from = models.UUIDField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="ending_entry_removed_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by__isnull=True) | models.Q(removed_at__isnull=False),
                name="ending_entry_replaced_is_removed",
            ),
        ]
        indexes = [models.Index(fields=["ending", "position", "created_at"], name="ending_entry_order")]


class Wish(Row):
    """What one of the two wants for the end: to go on longer, which both agree, or to end early, with notice.

    `on` is the new planned end, or the last day of the notice. At most one of each stands at a time.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=15, choices=Wanted.choices)
    word = SealedTextField()
    planned_meetings = models.PositiveSmallIntegerField(null=True)
    on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=How.choices, default=How.SIGNED_IN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "wanted"],
                condition=models.Q(settled_at__isnull=True),
                name="ending_one_standing_wish",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (models.Q(settled_at__isnull=False, settled_by__isnull=False) & ~models.Q(outcome="")),
                name="ending_wish_settled_at_by_outcome",
            ),
        ]


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


from .follow_up import models as follow_up_models  # noqa: E402, F401 (its rows are rows of this room)
