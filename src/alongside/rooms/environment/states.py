"""The states of a meeting, what may follow which, and who holds the pen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.states import Part


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    MISSED = "missed", _("missed")
    CANCELLED = "cancelled", _("cancelled")


S = MeetingState
TRANSITIONS: dict[MeetingState, tuple[MeetingState, ...]] = {
    S.PLANNED: (S.HELD, S.MISSED, S.CANCELLED),
    S.HELD: (),
    S.MISSED: (),
    S.CANCELLED: (),
}

_EITHER = frozenset({Part.GUIDE, Part.COVERING, Part.PARTICIPANT})
# a planned meeting belongs to both of the two: either moves, cancels or says what became of it
EDITORS_BY_STATE: dict[MeetingState, frozenset[Part]] = {
    S.PLANNED: _EITHER,
    S.HELD: frozenset(),
    S.MISSED: frozenset(),
    S.CANCELLED: frozenset(),
}
