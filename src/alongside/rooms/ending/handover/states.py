"""What became of a hand-over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandedOver(models.TextChoices):
    """What became of a hand-over; nothing while it stands."""

    CARRIED_OUT = "carried_out", _("continued with the new guide")
    DECLINED = "declined", _("declined by the person who was asked")
    LET_GO = "let_go", _("dropped by both")
