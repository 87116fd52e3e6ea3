"""What is taken along, and the support that goes on."""

from __future__ import annotations

from django.db import models

from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from ..record.models import Ending
from .states import Sort


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
