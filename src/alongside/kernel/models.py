from django.db import models

from .clock import now
from .ids import new_id


class Row(models.Model):
    """Every row of ours: an unguessable, time-ordered key and the moment it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class PeriodicRun(models.Model):
    """The latest turn of a task that comes round again and again: see `kernel.periodic`."""

    name = models.CharField(max_length=64, primary_key=True)
    number = models.BigIntegerField(default=0)
    task_id = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """The mark of a form that was sent, made of all that was in it: what comes again is known by it. Kept for a month."""

    id = models.UUIDField(primary_key=True, editable=False)
    made_at = models.DateTimeField(default=now, editable=False, db_index=True)

    def __str__(self) -> str:
        return str(self.id)
