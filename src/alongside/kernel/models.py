from django.db import models

from .clock import now
from .ids import new_id


class Row(models.Model):
    """Every row of ours: an unguessable, time-ordered key and the moment it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True
