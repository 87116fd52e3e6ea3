"""What somebody asked to take with them of everything about them, while it waits for them."""

from __future__ import annotations

from django.db import models

from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Person

from .states import ArchiveState


class Archive(Row):
    """One archive of one person. `journeys` are the ids of those whose words are in it, `size` its bytes once it is made.

    It lies here sealed, in pieces, and not in a folder: whichever machine made it, another may hand it out.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    journeys = models.JSONField(default=list)
    size = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at", "-id"], name="archive_archive_latest")]


class ArchivePiece(Row):
    """A piece of an archive, as base64. All of them are deleted when it is removed; the row of the archive stays."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["archive", "number"], name="archive_piece_once"),
        ]


class ArchiveStateRecord(Row):
    """An appended state. The latest is the archive's state. Of each at most one: of two workers one finishes."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="state_records")
    state = models.CharField(max_length=8, choices=ArchiveState.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["archive", "state"], name="archive_enters_a_state_once"),
        ]
        indexes = [models.Index(fields=["archive", "-created_at", "-id"], name="archive_state_latest")]
