"""Who did and opened what. Append-only: the database itself refuses to change or delete a row."""

from django.conf import settings
from django.db import models

from alongside.kernel.models import Row


class Entry(Row):
    """One act. Points to its subject by kind and id, so that it outlives what it describes.

    `detail` holds facts (states, numbers, ids), never words a person wrote.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    journey_id = models.UUIDField(null=True)
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["journey_id", "created_at"], name="ledger_entry_journey")]


class Opening(Row):
    """One person opened one piece of private words, recorded once per login session."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    person_id = models.UUIDField()
    journey_id = models.UUIDField()
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    login_session = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey_id", "person_id", "login_session", "subject_id", "subject_kind"],
                name="ledger_opening_once",
            )
        ]


class Block(Row):
    """A seal over rows of the ledger: its hash is made of them and of the block before, so that none can be exchanged.

    Made by the worker from rows that are committed (see `sealing`), and append-only like what it seals.
    """

    number = models.PositiveBigIntegerField(unique=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)


class SealedRow(models.Model):
    """One row of the ledger within a block, with the digest of what stood in it."""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=10)
    row_id = models.UUIDField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row_id", "table"], name="ledger_sealed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
