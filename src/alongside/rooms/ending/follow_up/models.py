"""The days on which somebody is asked again, the links in letters and keepsakes, the answers, and the wish to come back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.goals.models import Need, Target, TargetWording
from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from ..links.models import Link
from .states import FollowUpState, Helping, Letter, Readers, Way


class FollowUpPlan(Row):
    """What holds about being asked afterwards: who reads it. Appended when it is said anew; the latest holds.

    A journey with a plan and no days is one whose participant wishes not to be asked.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.MINE)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_ending"
        indexes = [models.Index(fields=["journey", "-created_at", "-id"], name="ending_plan_latest")]


class FollowUp(Row):
    """One day on which somebody is asked again. A day that is given up stays, marked."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_ending"
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "on"], condition=Q(cancelled_at__isnull=True), name="ending_one_day_once"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="ending_day_cancelled_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["on"], condition=Q(cancelled_at__isnull=True), name="ending_days_due")
        ]


class FollowUpStateRecord(Row):
    """An appended state. The latest is the day's state; none means *planned*."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=10, choices=FollowUpState.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_ending"
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "state"], name="ending_day_enters_a_state_once")
        ]
        indexes = [models.Index(fields=["follow_up", "-created_at", "-id"], name="ending_day_state_latest")]


class FollowUpLetter(Link):
    """One letter about one day to one person: never two of the same. The guide's, who asks by phone, has no link."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=12, choices=Letter.choices)
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Link.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "sort", "recipient"], name="ending_letter_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="ending_letter_revoked_at_and_by",
            ),
        ]


class FollowUpAnswer(Row):
    """What somebody answered. Never changed: a second answer stands beside the first, and says that it came later.

    `readers` is what held when it was typed. `way` says how it came, `by` who typed it. `much_worse` than the end is what
    `worse.py` says; the guide who reads it notes that they have looked (`seen_at`).
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="answers")
    helping = models.CharField(max_length=10, choices=Helping.choices)
    words = SealedTextField()
    doing = SealedTextField()
    readers = models.CharField(max_length=10, choices=Readers.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    much_worse = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "room_ending"
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="ending_answer_seen_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["follow_up", "created_at"], name="ending_answers")]


class FollowUpValue(Row):
    """One value in an answer: of a need (0 to 10, with words), of a target's measure, or of a questionnaire.

    It lies here and not among the readings: the end stays the end. A questionnaire keeps its answers; without all of
    them it has no value.
    """

    answer = models.ForeignKey(FollowUpAnswer, on_delete=models.PROTECT, related_name="values")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, null=True, on_delete=models.PROTECT, related_name="+")
    wording = models.ForeignKey(TargetWording, null=True, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=30, blank=True)
    measure_version = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    words = SealedTextField()
    """A need's own words, or a questionnaire's answers."""

    class Meta:
        app_label = "room_ending"
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=False, target__isnull=True, wording__isnull=True, instrument="")
                | Q(need__isnull=True, target__isnull=False, wording__isnull=False, instrument="")
                | (Q(need__isnull=True, target__isnull=True, wording__isnull=True) & ~Q(instrument="")),
                name="ending_value_of_one_thing",
            )
        ]
