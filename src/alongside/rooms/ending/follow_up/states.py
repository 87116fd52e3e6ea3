"""What becomes of one day on which somebody is asked again, and the few words that go with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowUpState(models.TextChoices):
    PLANNED = "planned", _("planned")
    ASKED = "asked", _("asked")
    REMINDED = "reminded", _("reminded once")
    ANSWERED = "answered", _("answered")
    SILENT = "silent", _("no answer")


S = FollowUpState


# Silence is a record like any other. An answer that comes after it comes late, and the silence stays on record.
TRANSITIONS: dict[FollowUpState, tuple[FollowUpState, ...]] = {
    S.PLANNED: (S.ASKED, S.ANSWERED),
    S.ASKED: (S.REMINDED, S.SILENT, S.ANSWERED),
    S.REMINDED: (S.SILENT, S.ANSWERED),
    S.SILENT: (S.ANSWERED,),
    S.ANSWERED: (),
}


class Readers(models.TextChoices):
    """Who reads the answers, as the participant said."""

    MINE = "mine", _("only me")
    OURS = "ours", _("both of us")


class Letter(models.TextChoices):
    ASK = "ask", _("asking")
    REMINDER = "reminder", _("asking once more")
    PHONE = "phone", _("asking the guide to ask")
    PHONE_AGAIN = "phone_again", _("asking the guide to ask, once more")


class Way(models.TextChoices):
    """How an answer came."""

    BY_LINK = "by_link", _("by link")
    SIGNED_IN = "signed_in", _("signed in")
    BY_PHONE = "by_phone", _("by phone, written down by the guide")


class Helping(models.TextChoices):
    YES = "yes", _("Yes, it is")
    PARTLY = "partly", _("In part")
    NO = "no", _("Not at the moment")
