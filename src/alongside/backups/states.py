"""What a line about a backup says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    MADE = "made", _("made")
    PROVED = "proved", _("proved")
