"""What became of a wish to come back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of somebody's wish to come back."""

    TAKEN_UP = "taken_up", _("accepted")
    TAKEN_BACK = "taken_back", _("withdrawn")
