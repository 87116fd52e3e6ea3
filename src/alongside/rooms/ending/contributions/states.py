"""What an entry of the ending is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sort(models.TextChoices):
    """What an entry of the ending is."""

    KEY_POINT = "key_point", _("key point")
    STRATEGY = "strategy", _("strategy")
    EARLY_SIGN = "early_sign", _("early sign")
    SUPPORT = "support", _("on-going support")


TAKEN_ALONG = (Sort.KEY_POINT, Sort.STRATEGY, Sort.EARLY_SIGN)
