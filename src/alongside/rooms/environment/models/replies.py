"""Emails that came to the mailbox for replies and may be an answer: nothing was done by them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .calendars import Answer
from .meetings import Meeting


class Doubt(models.TextChoices):
    """Why an email does not count as an answer."""

    TOO_LONG = "too_long", _("It is too long to be read as an answer.")
    AUTOMATIC = "automatic", _("It looks like an automatic reply.")
    NO_ANSWER = "no_answer", _("There is no answer in it that we can read.")
    NO_SECRET = (
        "no_secret",
        _("It was not sent to the address of the invitation, so anyone may have written it."),
    )
    NOT_THIS_ONE = "not_this_one", _("It does not fit the invitation it was sent for.")
    OUTDATED = "outdated", _("It may be about an earlier time, or older than the latest answer.")


class PossibleAnswer(Row):
    """One email to one meeting, shown to the guide until it is put away. Its words are sealed; `sender` may be forged.

    `seems` is what it seems to answer. `digest` is of its Message-ID: an email that is read again is still one.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    sender = SealedTextField(are_words=False)
    words = SealedTextField()
    seems = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt.choices)
    digest = models.CharField(max_length=64)
    put_away_at = models.DateTimeField(null=True)
    put_away_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "digest"], name="environment_possible_answer_once"),
            models.CheckConstraint(
                condition=Q(put_away_at__isnull=True, put_away_by__isnull=True)
                | Q(put_away_at__isnull=False, put_away_by__isnull=False),
                name="environment_put_away_at_and_by",
            ),
        ]
