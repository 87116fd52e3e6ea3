"""What one of the two may want for the end of a journey, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wanted(models.TextChoices):
    """What one of the two may want for the end of a journey."""

    GO_ON = "go_on", _("continue for longer")
    END_EARLY = "end_early", _("end early")


class Outcome(models.TextChoices):
    """What became of a wish; nothing while it stands."""

    AGREED = "agreed", _("agreed by both")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("withdrawn")
    CARRIED_OUT = "carried_out", _("carried out")
