"""Letters about meetings, answers to them, what each person wishes of them, and calendars to subscribe to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .meetings import Meeting


class EmailEvent(models.TextChoices):
    BOOKED = "booked", _("booked")
    MOVED = "moved", _("moved")
    CLOCKS = "clocks", _("moved by a change of the clocks")
    CLOCKS_ASKED = "clocks_asked", _("asked after a change of the clocks")
    CANCELLED = "cancelled", _("cancelled")
    WITHDRAWN = "withdrawn", _("withdrawn from an address")
    REMINDER = "reminder", _("reminder")
    ANSWERED = "answered", _("answered")
    EARLIER = "earlier", _("an earlier time is free")
    MISSED = "missed", _("missed")


class Trouble(models.TextChoices):
    """Why a letter did not arrive."""

    REFUSED = "refused", _("The mail server says that this address does not exist.")
    UNREACHED = "unreached", _("For two days, the mail server could not be reached or refused the email.")
    BOUNCED = "bounced", _("It was sent, and came back.")


class MeetingEmail(Row):
    """One e-mail about one meeting to one person: never two of the same.

    Written in the transaction of what it tells; the worker takes it (`taken_at`, `taken_by`), posts it and says so
    (`posted_at`), or finds that it is no longer needed (`dropped_at`). `mark` tells letters of one event apart: how
    many minutes before the meeting a reminder is for, which answer is told, how often somebody was invited at another
    address. Several that were written at once to one person travel in one e-mail, that of their `carrier`. Its link
    (`token_digest`) opens the page on which one answers.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    event = models.CharField(max_length=12, choices=EmailEvent.choices)
    mark = models.PositiveIntegerField(default=0)
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, null=True, unique=True)
    email = models.EmailField(blank=True)
    carrier = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=64, blank=True)
    posted_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sequence", "recipient", "event", "mark"],
                name="environment_meeting_email_once",
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, trouble="")
                | (Q(failed_at__isnull=False) & ~Q(trouble="")),
                name="environment_meeting_email_failed_at_and_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(posted_at__isnull=True, failed_at__isnull=True),
                name="environment_email_waiting",
            )
        ]


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("I'll be there")
    DECLINED = "declined", _("I cannot come")
    ASKS_TO_MOVE = "asks_to_move", _("I need another time")
    UNSURE = "unsure", _("I am not sure yet")


class Reply(Row):
    """What somebody answered to a meeting at a time, by the link of an email or by mail. The latest is the answer.

    `stamped_at` is when a calendar program made an answer that came by mail; an answer by link has none.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer.choices)
    word = SealedTextField()
    stamped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "stamped_at"],
                condition=Q(stamped_at__isnull=False),
                name="environment_reply_by_mail_once",
            )
        ]
        indexes = [models.Index(fields=["meeting", "-created_at"], name="environment_reply_latest")]


class Title(models.TextChoices):
    """What a meeting is called in calendars and in the subjects of letters."""

    PLAIN = "plain", _("Appointment")
    BUSY = "busy", _("Busy")
    INITIALS = "initials", _("The other person’s initials")
    OWN = "own", _("My own words")


class EmailWishes(Row):
    """How a person wants to be written to. Who has never said so has no row.

    `wished_since` says when each reminder was chosen: what had fallen due before is not sent.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=10, choices=Title.choices, default=Title.PLAIN)
    own_title = SealedTextField(are_words=False)
    shows_place = models.BooleanField(default=False)
    reminders = models.CharField(max_length=60, blank=True)
    wished_since = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="environment_wishes_quiet_whole",
            )
        ]


class Feed(Row):
    """An address at which a calendar reads a person's meetings. Only the digest of its token is kept.

    The meetings in which a guide is guided themselves are left out, unless `with_own` says to mix them in.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    with_own = models.BooleanField(default=False)
    read_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="environment_feed_one"
            )
        ]
