"""What became of each backup and of each drill. The backups themselves are files."""

from django.db import models

from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row

from .states import Event


class BackupRecord(Row):
    """A backup was made, or one was restored to prove it; or it failed, and then `problem` says why."""

    event = models.CharField(max_length=10, choices=Event.choices)
    file = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    """In bytes."""
    went_well = models.BooleanField()
    problem = SealedTextField(are_words=False)
    """A sentence for an administrator; empty when it went well."""

    class Meta:
        indexes = [models.Index(fields=["event", "-created_at"], name="backups_record_latest")]

    def __str__(self) -> str:
        return f"{self.event} {self.file}"


class KeyCanary(models.Model):
    """A known word, sealed with one key of the keyring: see `backups.own_keys`."""

    key_id = models.CharField(max_length=64, primary_key=True)
    sealed = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key_id
