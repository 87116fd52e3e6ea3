"""Places, meetings and the claims that keep anyone and anything from being in two meetings at once."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person

from ..states import MeetingState


class PlaceKind(models.TextChoices):
    ROOM = "room", _("a room")
    ADDRESS = "address", _("an address")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")
    HOME = "home", _("at someone’s home")


class Place(Row):
    """Where people meet. With an `owner` it is that person's own, without it is the organisation's.

    A guide's place is seen by the participant of a meeting in it; before that if `participants_may_book`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    name = SealedTextField(are_words=False)
    details = SealedTextField(are_words=False)
    is_private = models.BooleanField(default=False)
    is_quiet = models.BooleanField(default=False)
    is_step_free = models.BooleanField(default=False)
    participants_may_book = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retired_at__isnull=True, retired_by__isnull=True)
                | models.Q(retired_at__isnull=False, retired_by__isnull=False),
                name="environment_place_retired_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["organisation", "owner"], name="environment_place_whose")]

    def __str__(self) -> str:
        return str(self.id)


class Meeting(Row):
    """A booking. Time and place as they stand now; each time and place it has had is a `MeetingTime`.

    The moment is kept in UTC and as it was agreed: the time on the wall in the guide's zone. `uid` is random
    and stays for life; `sequence` rises with every move and with the cancellation. `number` is empty once
    cancelled or missed. `override_reason` says why it was booked outside somebody's own protected time.
    `shape` is the slug of the shape it shall have (`Kind.shapes_for`), empty for the usual one.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)
    guide = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    wall_date = models.DateField()
    wall_time = models.TimeField()
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    booked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    override_reason = SealedTextField()
    shape = models.CharField(max_length=40, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "number"],
                condition=models.Q(number__isnull=False),
                name="environment_meeting_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="environment_meeting_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["journey", "starts_at"], name="environment_meeting_journey")]

    def __str__(self) -> str:
        return str(self.id)


class MeetingTime(Row):
    """One time and place a meeting has had, appended when it is booked and each time it is moved."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sequence"], name="environment_meeting_time_once")
        ]


class CalledOff(models.TextChoices):
    """Why meetings are cancelled by what becomes of their journey, and not by a decision about them."""

    ENDED = "ended", _("the journey ended")
    WITHDRAWN = "withdrawn", _("the journey did not start")
    HANDED_OVER = "handed_over", _("another guide took over")


class MeetingStateRecord(Row):
    """An appended state. The latest is the meeting's state. `late` is a note on a held one.

    `because` stands on a cancellation that came with the end of the journey.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=10, choices=MeetingState.choices)
    late = models.BooleanField(default=False)
    word = SealedTextField()
    because = models.CharField(max_length=12, choices=CalledOff.choices, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["meeting", "-created_at", "-id"], name="environment_meeting_state")]


class ClaimRole(models.TextChoices):
    GUIDE = "guide", _("guide")
    PARTICIPANT = "participant", _("participant")
    PLACE = "place", _("place")


class Claim(Row):
    """A meeting's hold on one person or place from start up to, not including, end.

    No two claims of one `subject` overlap. The database sees to that itself: PostgreSQL by an exclusion
    constraint, SQLite by triggers (migration 0002). SQLite drops triggers when it remakes a table: a
    migration that changes this one has to run 0002's `keep_apart` again.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="claims")
    role = models.CharField(max_length=12, choices=ClaimRole.choices)
    subject = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "role"], name="environment_claim_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="environment_claim_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["subject", "starts_at"], name="environment_claim_subject")]


class EnvironmentCheck(Row):
    """What the two saw to before a meeting, and how well its time was protected, said after it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    private = models.BooleanField(default=False)
    quiet = models.BooleanField(default=False)
    phones_away = models.BooleanField(default=False)
    enough_time = models.BooleanField(default=False)
    both_ready = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    started_on_time = models.BooleanField(null=True)
    interruptions = models.PositiveSmallIntegerField(null=True)
    had_enough_time = models.BooleanField(null=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True, checked_by__isnull=True)
                | models.Q(checked_at__isnull=False, checked_by__isnull=False),
                name="environment_check_checked_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    noted_at__isnull=True,
                    noted_by__isnull=True,
                    started_on_time__isnull=True,
                    interruptions__isnull=True,
                    had_enough_time__isnull=True,
                )
                | models.Q(
                    noted_at__isnull=False,
                    noted_by__isnull=False,
                    started_on_time__isnull=False,
                    interruptions__in=(0, 1, 2),
                    had_enough_time__isnull=False,
                ),
                name="environment_check_noted_whole",
            ),
        ]
        indexes = [models.Index(fields=["journey"], name="environment_check_journey")]
