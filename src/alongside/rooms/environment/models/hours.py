"""When people and places are open, when they are away, and when they are busy elsewhere."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .meetings import Place

DAY = 24 * 60
"""Minutes in a day on the wall. A time of the wall clock is kept as minutes since midnight; 1440 is its end.

What ends beyond it is a night: it belongs to the day on which it begins."""


def _whose(name: str) -> models.CheckConstraint:
    """Hours belong to a person or to a place, never to both or neither."""
    one = Q(person__isnull=False, place__isnull=True) | Q(person__isnull=True, place__isnull=False)
    return models.CheckConstraint(condition=one, name=name)


class Protection(Row):
    """How one person protects their time. Somebody without it has said nothing.

    With `keeps_windows` they are open in their `Window`s alone (in none, if there are none); without it at the
    usual times. Minutes, hours and days are those of `Limits`.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    keeps_windows = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=40, blank=True)
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=0)
    most_a_day = models.PositiveSmallIntegerField(null=True)
    shortest_notice = models.PositiveSmallIntegerField(default=0)
    how_far_ahead = models.PositiveSmallIntegerField(default=365)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(buffer_before__lte=240, buffer_after__lte=240), name="environment_buffers"
            ),
            models.CheckConstraint(
                condition=Q(most_a_day__isnull=True) | Q(most_a_day__gte=1), name="environment_most_a_day"
            ),
            models.CheckConstraint(
                condition=Q(how_far_ahead__gte=1, how_far_ahead__lte=730), name="environment_how_far_ahead"
            ),
        ]


class Window(Row):
    """A stretch of one weekday, every week, on the wall of the person's or the place's zone. Monday is 0."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            _whose("environment_window_whose"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, ends__gt=F("begins"), begins__lt=DAY, ends__lt=2 * DAY),
                name="environment_window_begins_in_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="environment_window_person"),
            models.Index(fields=["place"], name="environment_window_place"),
        ]


class OtherHours(Row):
    """One day that isn't like its weekday: open then instead; without times, not at all."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    begins = models.PositiveSmallIntegerField(null=True)
    ends = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            _whose("environment_other_hours_whose"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True)
                | Q(
                    begins__isnull=False,
                    ends__isnull=False,
                    ends__gt=F("begins"),
                    begins__lt=DAY,
                    ends__lt=2 * DAY,
                ),
                name="environment_other_hours_begin_in_their_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "day"], name="environment_other_hours_person"),
            models.Index(fields=["place", "day"], name="environment_other_hours_place"),
        ]


class TimeAway(Row):
    """Days on which nothing is booked: a person's leave, a place's closure. Both days belong to it."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    word = SealedTextField(are_words=False)

    class Meta:
        constraints = [
            _whose("environment_time_away_whose"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="environment_time_away_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "last_day"], name="environment_time_away_person"),
            models.Index(fields=["place", "last_day"], name="environment_time_away_place"),
        ]


class Trouble(models.TextChoices):
    """What can be wrong with a calendar elsewhere, as its owner reads it."""

    NOT_ALLOWED = "not_allowed", _("the address is in a private network, which Alongside does not read")
    NOT_FOUND = "not_found", _("this address does not exist")
    REFUSED = "refused", _("it asks you to sign in, or the address is no longer valid")
    GONE = "gone", _("there is nothing at this address any more")
    UNREACHABLE = "unreachable", _("it does not answer")
    INSECURE = "insecure", _("its connection is not secure")
    TOO_SLOW = "too_slow", _("it takes too long to answer")
    TOO_BIG = "too_big", _("it is too big")
    TOO_MANY = "too_many", _("it has more appointments than can be read")
    NOT_A_CALENDAR = "not_a_calendar", _("this is not a calendar")
    BROKEN = "broken", _("it breaks off in the middle, or is damaged")


class UnreadReason(models.TextChoices):
    """What of an entry in a calendar elsewhere could not be read, as its owner reads it."""

    NO_START = "no_start", _("it does not say when it begins")
    START = "start", _("its beginning cannot be read")
    NO_END = "no_end", _("it does not say when it ends")
    END = "end", _("its end cannot be read")
    BACKWARDS = "backwards", _("it ends before it begins")
    RULE = "rule", _("how it repeats cannot be read for sure")
    EXCEPTION = "exception", _("a date on which it does not happen cannot be read")
    ADDED = "added", _("a date that was added to it cannot be read")
    CHANGED = "changed", _("which of its dates was changed cannot be read")
    ZONE = "zone", _("its time zone is not known, so your own is used")
    PERIOD = "period", _("one of its times cannot be read")
    SHAPE = "shape", _("part of it is damaged")


class Placed(models.TextChoices):
    """What became of the time of an entry that could not be read."""

    BUSY = "busy", _("That time counts as busy.")
    ASK = "ask", _("You are asked before anything is booked then.")
    NOWHERE = "nowhere", _("Times that were busy before stay busy until it can be read.")


class BusyCalendar(Row):
    """A calendar kept elsewhere, read for when its owner is busy and for nothing else.

    With an `address` it is read again and again; without one it was a file, read once. When reading fails, what
    was read last stays, and `trouble` says what is wrong since `troubled_since`. Neither titles nor people are kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = SealedTextField(are_words=False)
    address = SealedTextField(are_words=False)
    is_file = models.BooleanField(default=False)
    tag = SealedTextField(are_words=False)
    read_at = models.DateTimeField(null=True)
    read_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    try_next_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=16, choices=Trouble.choices, blank=True)
    troubled_since = models.DateTimeField(null=True)
    unread_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="", troubled_since__isnull=True)
                | (~Q(trouble="") & Q(troubled_since__isnull=False)),
                name="environment_busy_calendar_trouble_since",
            )
        ]
        indexes = [
            models.Index(fields=["person"], name="environment_busy_calendar_of"),
            models.Index(fields=["try_next_at"], name="environment_busy_calendar_due"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BusyKind(models.TextChoices):
    READ = "read", _("busy")
    UNSURE = "unsure", _("perhaps busy: an entry could not be read")
    HELD = "held", _("was busy, and an entry without a clear time has been added")


class BusyTimeRange(Row):
    """From when to when somebody is busy elsewhere, or may be. Spans of one calendar and kind don't overlap.

    What is only perhaps busy is not offered either; whoever the time belongs to is asked (`UNSURE`, `HELD`).
    """

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=BusyKind.choices, default=BusyKind.READ)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="environment_busy_time_range_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["person", "starts_at"], name="environment_busy_time_range_of")]


class UnreadEntry(Row):
    """An entry of a calendar elsewhere that could not be read in full, until it can be.

    Its title is kept meanwhile, sealed, so that its owner finds it; nobody else sees it. `mark` knows it again.
    """

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=16)
    title = SealedTextField(are_words=False)
    why = models.CharField(max_length=10, choices=UnreadReason.choices)
    placed = models.CharField(max_length=8, choices=Placed.choices)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["calendar"], name="environment_unread_entry_of")]
