"""Forms that were filled in, what was decided about a finding, and what a service brings: instruments and thresholds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person


class ServiceInstrument(Row):
    """One version of an instrument that a service brought. Never changed: a new file is the next version.

    `family` holds the versions together. `same_meaning`: scores go on from the version before, as the one who renewed it
    said; else a line of its own begins. `definition` is what was read of the file, `file` the file as it came.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    same_meaning = models.BooleanField(default=False)
    definition = SealedTextField(are_words=False)
    file = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "goals"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "family", "version"], name="goals_instrument_version_once"
            )
        ]


class TrackingBounds(Row):
    """One version of the numbers a service wants in its on-track rules. The latest holds; none means the shipped ones."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    numbers = models.JSONField(default=dict)
    source = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "goals"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="goals_bounds_version_once")
        ]


class FilledForm(Row):
    """A questionnaire somebody filled in. While `submitted_at` is empty it is half-way: kept, and not scored.

    `safety` says that an answer about harm was in it at some time; each save that holds one makes a `SafetyNotice`.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=30)
    measure_version = models.CharField(max_length=20)
    answers = SealedTextField()
    total = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    safety = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "goals"
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "instrument", "by"],
                condition=models.Q(submitted_at__isnull=True),
                name="goals_one_form_half_way",
            ),
        ]
        indexes = [models.Index(fields=["journey", "instrument", "submitted_at"], name="goals_form_journey")]


class AskedWhen(models.TextChoices):
    EACH = "each", _("before each one")
    EVERY = "every", _("before every one of so many")
    ENDS = "ends", _("at the start and at the end")
    NEVER = "never", _("not asked")


class FormSchedule(Row):
    """When one questionnaire is asked in a journey. Appended; the newest holds, and without one the template's."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=30)
    asked = models.CharField(max_length=5, choices=AskedWhen.choices)
    every = models.PositiveSmallIntegerField(default=1)
    in_keepsake = models.BooleanField(default=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "goals"
        constraints = [
            models.CheckConstraint(condition=models.Q(every__gte=1), name="goals_schedule_every_at_least_1"),
        ]
        indexes = [models.Index(fields=["journey", "created_at"], name="goals_schedule_journey")]


class Decision(models.TextChoices):
    CONTINUE = "continue", _("continue as planned")
    CHANGE_PLAN = "change_plan", _("change the plan")
    STEP_UP = "step_up", _("step up")
    REFER_ON = "refer_on", _("refer on")
    END = "end", _("end")
    MEASURE_AGAIN = "measure_again", _("measure again")


class FindingAnswer(Row):
    """What was decided about a finding, with the numbers it had then. It changes nothing in the scores.

    `rests_on` is the newest fact the finding rested on: until a newer one lets the rule stop and hold again, this answers it.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=3)
    subject = models.CharField(max_length=64, blank=True)
    level = models.PositiveSmallIntegerField()
    rests_on = models.CharField(max_length=64, blank=True)
    beside = models.JSONField(default=list)
    """The other rules that held of the same subject."""
    numbers = models.JSONField(default=dict)
    bounds_version = models.CharField(max_length=20)
    decision = models.CharField(max_length=14, choices=Decision.choices)
    word = SealedTextField()
    review_on = models.DateField(null=True)
    closes = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "goals"
        indexes = [models.Index(fields=["journey", "rule", "subject"], name="goals_answer_journey")]
