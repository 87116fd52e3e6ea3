"""Programmes, who has a part in them, which journeys belong to one, and what may be shown of these."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedLineField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person


class SmallNumbers(models.TextChoices):
    """Which rule hides small numbers; `disclosure.publish` says what each does."""

    OPENSAFELY = "opensafely", _("1 to 7 hidden, everything else rounded to 5")
    CMS = "cms", _("1 to 10 hidden, everything else rounded to 5")


class ProgrammeRole(models.TextChoices):
    LEAD = "lead", _("lead")
    GUIDE = "guide", _("guide")
    PARTICIPANT = "participant", _("participant")


class Programme(Row):
    """What an organisation offers under one name, at one site, from a day on.

    `kinds` are the kinds of journey that can belong to it; `templates` the ready templates (`kind/template`) it is
    narrowed to, none for every template of its kinds.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = SealedLineField()
    site = SealedLineField()
    kinds = models.JSONField(default=list)
    templates = models.JSONField(default=list)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    small_numbers = models.CharField(
        max_length=12, choices=SmallNumbers.choices, default=SmallNumbers.OPENSAFELY
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="programmes_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("begins_on")),
                name="programmes_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["organisation"], name="programmes_of_organisation")]

    def __str__(self) -> str:
        return str(self.id)

    def takes(self, kind: str, template: str) -> bool:
        """Whether a journey of this kind and template can belong to it."""
        return kind in self.kinds and (not self.templates or f"{kind}/{template}" in self.templates)


class ProgrammeMember(Row):
    """A person's part in a programme. `left_at` closes it; the row stays."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=ProgrammeRole.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "role"],
                condition=Q(left_at__isnull=True),
                name="programmes_member_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True)
                | Q(left_at__isnull=False, left_by__isnull=False),
                name="programmes_left_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["person", "programme"], name="programmes_member_person")]


class Placement(Row):
    """From this moment on the journey belongs to `programme`, or to none. Appended; the latest counts.

    What happened before the month of a move stays with the programme it happened in. Until its first
    placement a journey belongs where the one it follows does.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["journey", "-created_at", "-id"], name="programmes_placement_latest")]


class SuggestedReview(Row):
    """A rule suggested a review of a journey, first seen on this day; what was decided is in `goals.FindingAnswer`.

    The rules are worked out when they are looked at and leave nothing behind: each night notes here what speaks then.
    `cleared_on` is when it no longer did.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=3)
    subject = models.CharField(max_length=64, blank=True)
    raised_on = models.DateField()
    cleared_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "rule", "subject"],
                condition=Q(cleared_on__isnull=True),
                name="programmes_suggestion_once",
            )
        ]


class PublishedCell(Row):
    """One figure of one programme, kind and month, as it may be shown: made anew by `publishing`, never from true counts.

    `denominator` is rounded, or None where it is hidden; `numerator` is None where it or the share would tell too much.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    month = models.PositiveIntegerField()
    """202611 is November 2026."""
    denominator = models.PositiveIntegerField(null=True)
    numerator = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "figure", "kind", "month"], name="programmes_cell_once"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True)
                | Q(denominator__gt=models.F("numerator"), numerator__gt=0),
                name="programmes_share_tells_of_no_one",
            ),
        ]
