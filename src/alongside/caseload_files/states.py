"""What becomes of one line of a file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    READY = "ready", _("will be brought in")
    KNOWN = "known", _("already here")
    LEFT_OUT = "left_out", _("left out")
    WRONG = "wrong", _("not understood")
