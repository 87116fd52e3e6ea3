"""The states of a focusing. The latest appended record is the current one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FocusingState(models.TextChoices):
    """A draft may be left and taken up again for as long as one likes; nothing waits for it to be finished."""

    DRAFT = "draft", _("draft")
    KEPT = "kept", _("left as it is")
    SHARED = "shared", _("shared")


F = FocusingState
FOCUSING_TRANSITIONS: dict[FocusingState, tuple[FocusingState, ...]] = {
    F.DRAFT: (F.KEPT, F.SHARED),
    F.KEPT: (F.DRAFT, F.SHARED),
    F.SHARED: (),
}
