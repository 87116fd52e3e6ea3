"""Needs -> targets -> steps -> readings: the chain every room shares."""

from __future__ import annotations

import json
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.measures.catalogue import Measure, measure
from alongside.people.models import Person

from .states import NeedState, StepState, TargetState


class How(models.TextChoices):
    """How the other of the two said yes."""

    SIGNED_IN = "signed_in", _("themselves, signed in")
    IN_THE_ROOM = "in_the_room", _("in the room")
    WITH_THE_AGREEMENT = "with_the_agreement", _("with the agreement")


class StateRecord(Row):
    """An appended state of a need, target or step: who, when, and in a few words why."""

    word = SealedTextField()
    how = models.CharField(max_length=20, choices=How.choices, default=How.SIGNED_IN)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Need(Row):
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    statement = SealedTextField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["journey", "position"], name="goals_need_journey")]


class NeedStateRecord(StateRecord):
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=12, choices=NeedState.choices)

    class Meta:
        indexes = [models.Index(fields=["need", "-created_at", "-id"], name="goals_need_state")]


class Target(Row):
    """What will be different. Its words and numbers are in `TargetWording`, a new one each time it is re-agreed."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["journey", "position"], name="goals_target_journey")]


class TargetWording(Row):
    """One agreed wording of a target. Never changed: re-agreeing adds the next number.

    `baseline` is where it stands at the start and `aim` where it shall be, both in the units of the measure. For goal
    attainment scaling `levels` holds the five written levels, from -2 to +2, and `importance` x `difficulty` (0-3
    each) its weight.
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField(default=1)
    difference = SealedTextField()
    why = SealedTextField()
    how_we_will_know = SealedTextField()
    measure = models.CharField(max_length=30)
    measure_version = models.CharField(max_length=20)
    sealed_levels = SealedTextField()
    baseline = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    aim = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    importance = models.PositiveSmallIntegerField(default=1)
    difficulty = models.PositiveSmallIntegerField(default=1)
    due = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="goals_wording_once"),
            models.CheckConstraint(
                condition=models.Q(importance__lte=3, difficulty__lte=3), name="goals_wording_weight_0_to_3"
            ),
        ]

    @property
    def instrument(self) -> Measure:
        """The measure with the direction this target gives it: a count that shall fall is better lower."""
        instrument = measure(self.measure)
        falls = self.baseline is not None and self.aim is not None and self.aim < self.baseline
        if falls and instrument.open_direction:
            return replace(instrument, direction="lower")
        return instrument

    @property
    def levels(self) -> tuple[str, ...]:
        """The five written levels, from -2 to +2; empty for other measures."""
        return tuple(json.loads(self.sealed_levels)) if self.sealed_levels else ()


class WordingYes(Row):
    """The other of the two agreed to a wording that one of them had written anew, and how."""

    wording = models.OneToOneField(TargetWording, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=How.choices, default=How.SIGNED_IN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class TargetStateRecord(StateRecord):
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=12, choices=TargetState.choices)

    class Meta:
        indexes = [models.Index(fields=["target", "-created_at", "-id"], name="goals_target_state")]


class Source(models.TextChoices):
    BASELINE = "baseline", _("at the start")
    MEETING = "meeting", _("in a meeting")
    BETWEEN = "between", _("between meetings")
    ENDING = "ending", _("at the ending")
    EARLIER = "earlier", _("from an earlier record")


class Reading(Row):
    """One value of a target's measure at a time, kept with the wording and the measure's version it was made with."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    wording = models.ForeignKey(TargetWording, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=9, decimal_places=2)
    measure_version = models.CharField(max_length=20, default="1", db_default="1")
    taken_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source.choices)
    meeting_number = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="goals_reading_withdrawn_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["target", "taken_on", "id"], name="goals_reading_line")]


class StepsNotInError(models.Manager["Step"]):
    """The steps of a journey, without those that were entered in error: nobody reads these, and nothing counts them."""

    def get_queryset(self) -> models.QuerySet[Step]:
        return super().get_queryset().filter(entered_in_error_at=None)


class Step(Row):
    """Something small, owned and dated. `planned_in` is the number of the meeting it was agreed in.

    One with `times_a_week` comes round again: seven is a daily exercise, one a weekly task. One written in the wrong
    record is kept with the reason, sealed, for an investigation; `objects` knows nothing of it.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, null=True, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    planned_in = models.PositiveSmallIntegerField(null=True)
    times_a_week = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_in_error_at = models.DateTimeField(null=True)
    entered_in_error_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    why_in_error = SealedTextField()

    objects = StepsNotInError()
    everything = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(times_a_week=None) | models.Q(times_a_week__range=(1, 7)),
                name="goals_step_1_to_7_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(entered_in_error_at__isnull=True, entered_in_error_by__isnull=True)
                | models.Q(entered_in_error_at__isnull=False, entered_in_error_by__isnull=False),
                name="goals_step_in_error_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["journey", "planned_in"], name="goals_step_journey")]


class StepStateRecord(StateRecord):
    """`reviewed_in` is the number of the meeting whose review said so; None between meetings."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=12, choices=StepState.choices)
    reviewed_in = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["step", "-created_at", "-id"], name="goals_step_state")]


class StepTick(Row):
    """A step that comes round again was done on this day, with a word on how it went. Once a day."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="ticks")
    day = models.DateField()
    word = SealedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "day"], name="goals_step_tick_once_a_day")]


from .measuring import models as _measuring  # noqa: E402, F401 - the tables of a part of this room
