"""A list of people brought in as a file, and the journeys that were begun from it."""

from __future__ import annotations

from django.db import models

from alongside.journeys.models import Journey
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person


class CaseloadFile(Row):
    """A file as it was read. `content` is emptied when it is brought in; one that isn't goes after a day.

    `kind` and `template` are for lines that name none; `day_first` is empty while no date in it left a doubt.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = SealedTextField(are_words=False)
    kind = models.CharField(max_length=20, blank=True)
    template = models.CharField(max_length=60, blank=True)
    day_first = models.BooleanField(null=True)
    brought_in_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class BroughtIn(Row):
    """A journey begun from a line of a file. `mark` knows the same line again: a keyed digest, and no name."""

    file = models.ForeignKey(CaseloadFile, on_delete=models.PROTECT, related_name="brought_in")
    journey = models.OneToOneField(Journey, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    mark = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return str(self.id)
