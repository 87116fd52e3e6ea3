"""The spine: a journey, who has a part in it, its states, and the words written in it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import now
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person

from .states import AfterMissed, JourneyState, Part


class Material(Row):
    """A ready template that an organisation made its own: what it is made from, and what of it is being changed.

    `kind` and `template` name the shipped one it was copied from. `draft` is what nobody begins with yet, as text of JSON
    (`kinds.material`); what was published stands in its versions. One that is put away is offered to nobody any more.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    template = models.CharField(max_length=60)
    draft = SealedTextField(are_words=False)
    draft_at = models.DateTimeField(null=True)
    draft_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    put_away_at = models.DateTimeField(null=True)
    put_away_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(draft_at__isnull=True, draft_by__isnull=True)
                | models.Q(draft_at__isnull=False, draft_by__isnull=False),
                name="journeys_material_draft_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(put_away_at__isnull=True, put_away_by__isnull=True)
                | models.Q(put_away_at__isnull=False, put_away_by__isnull=False),
                name="journeys_material_put_away_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind"], name="journeys_material_kind")]

    def __str__(self) -> str:
        return str(self.id)


class MaterialVersion(Row):
    """One published version, never changed. A journey keeps the one it began with.

    Which questionnaires are asked stands beside the texts, so that figures need no words to know it.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = SealedTextField(are_words=False)
    asked_forms = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="journeys_material_version_once")
        ]


class Journey(Row):
    """One agreed course between guide and participant, of one kind.

    `first_number` is 1, or n for a journey already under way elsewhere that is begun here at meeting n.
    `notice_hours` and `after_missed` are empty until an agreement that speaks of them is in force: then there is no limit
    to cancelling, and nothing is done about a missed meeting. `template` is the shipped one; `material` the version of
    the organisation's own that was made from it and that this journey is led by, if any.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    template = models.CharField(max_length=60)
    material = models.ForeignKey(MaterialVersion, null=True, on_delete=models.PROTECT, related_name="+")
    title = SealedTextField(are_words=False)
    meeting_minutes = models.PositiveSmallIntegerField(default=60)
    every_days = models.PositiveSmallIntegerField(default=14)
    planned_meetings = models.PositiveSmallIntegerField(null=True)
    planned_end = models.DateField(null=True)
    notice_hours = models.PositiveSmallIntegerField(null=True)
    after_missed = models.CharField(max_length=7, choices=AfterMissed.choices, null=True)
    first_number = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    is_restricted = False
    """Whether its participant asked that it is only kept; brought along by what seats are made of (`queries`)."""

    def __str__(self) -> str:
        return str(self.id)

    def is_short_notice(self, starts_at: dt.datetime) -> bool:
        """Whether less time is left before a meeting at this time than the notice that was agreed."""
        return self.notice_hours is not None and starts_at - now() < dt.timedelta(hours=self.notice_hours)


class Rehearsal(Row):
    """A template tried on a journey of two made-up people, by one real person, for a week.

    `organisation` is made up, too, and holds nothing else: with it everything of the rehearsal goes. `version` is the
    number of the published version that is tried; empty where it is the draft, as it was then.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    journey = models.OneToOneField(Journey, on_delete=models.PROTECT, related_name="+")
    guide = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(null=True)
    ends_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class JourneyMember(Row):
    """A person's part in a journey. `left_at` closes it; the row stays.

    Covering for a guide has a time of its own: before it begins and after it ends there is no part.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part.choices)
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "person", "part"],
                condition=models.Q(left_at__isnull=True),
                name="journeys_member_once",
            ),
            models.UniqueConstraint(
                fields=["journey", "part"],
                condition=models.Q(left_at__isnull=True, part__in=["guide", "participant"]),
                name="journeys_one_guide_one_participant",
            ),
            models.CheckConstraint(
                condition=~models.Q(part="covering")
                | models.Q(begins_at__isnull=False, ends_at__gt=models.F("begins_at")),
                name="journeys_covering_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "journey"], name="journeys_member_person")]


class Cover(Row):
    """Why somebody covers for the guide, and from which day until which. In an emergency an administrator says so."""

    member = models.OneToOneField(JourneyMember, on_delete=models.PROTECT, related_name="cover")
    from_day = models.DateField()
    until_day = models.DateField()
    reason = SealedTextField()
    in_an_emergency = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    @property
    def has_begun(self) -> bool:
        return self.member.begins_at is not None and self.member.begins_at <= now()


class JourneyStateRecord(Row):
    """An appended state. The latest is the journey's state."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=20, choices=JourneyState.choices)
    reason = SealedTextField()
    expected_return = models.DateField(null=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["journey", "-created_at", "-id"], name="journeys_state_latest")]


class Visibility(models.TextChoices):
    MINE = "mine", _("Only me")
    OURS = "ours", _("The two of us")
    NAMED = "named", _("The two of us and the people named")


class Words(Row):
    """What was written in one box of one place, in its current version.

    `place` and `subject_id` say where (a preparation, an agreement version, a meeting record ...); `box` which box
    there. With an `author` the box is that person's own; without, both write in it. Who may read it is decided in
    `visibility.py` alone.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    box = models.CharField(max_length=60)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility.choices)
    named_for = models.ManyToManyField(JourneyMember, related_name="+", blank=True)
    text = SealedTextField()
    version = models.PositiveIntegerField(default=0)
    kept_beside = models.PositiveIntegerField(default=0)
    """The version that holds the latest addition kept beside the box; 0 where there is none."""
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    entered_in_error_at = models.DateTimeField(null=True)
    entered_in_error_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "place", "box", "author"],
                condition=models.Q(author__isnull=False),
                name="journeys_words_own_box_once",
            ),
            models.UniqueConstraint(
                fields=["subject_id", "place", "box"],
                condition=models.Q(author__isnull=True),
                name="journeys_words_shared_box_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility="mine") | models.Q(author__isnull=False),
                name="journeys_mine_has_author",
            ),
            models.CheckConstraint(
                condition=models.Q(entered_in_error_at__isnull=True, entered_in_error_by__isnull=True)
                | models.Q(entered_in_error_at__isnull=False, entered_in_error_by__isnull=False),
                name="journeys_words_error_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["journey", "place", "subject_id"], name="journeys_words_place")]


class WordsVersion(Row):
    """Every version of some words, as it was saved, by whom. Nothing typed is ever lost.

    `letter` is the mark the page gave to what it sent, so that what comes twice is taken once.
    """

    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    text = SealedTextField()
    letter = models.UUIDField(null=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, blank=True)
    """Who could read it when it was saved, or since it was shared; "" where nobody knows any more."""
    beside = models.BooleanField(default=False)
    """It never stood in the box: together with what stood there it was too long, and it is kept as its author's addition."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["words", "version"], name="journeys_words_version_once")
        ]
