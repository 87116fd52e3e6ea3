"""What becomes of an archive."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArchiveState(models.TextChoices):
    ASKED = "asked", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")
    REMOVED = "removed", _("removed")


TRANSITIONS: dict[ArchiveState, tuple[ArchiveState, ...]] = {
    ArchiveState.ASKED: (ArchiveState.READY, ArchiveState.FAILED),
    ArchiveState.READY: (ArchiveState.REMOVED,),
    ArchiveState.FAILED: (),
    ArchiveState.REMOVED: (),
}
