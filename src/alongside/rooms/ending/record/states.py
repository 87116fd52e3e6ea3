"""The states of an ending's record, what may follow which, who may write in each; and what is said in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.states import JourneyState, Part

AFTER = (JourneyState.COMPLETED, JourneyState.ENDED_EARLY)
"""The states after which somebody is asked again. Whoever goes on with another guide has not ended."""


class EndingState(models.TextChoices):
    BEGUN = "begun", _("started")
    ACKNOWLEDGED_BY_ONE = "acknowledged_by_one", _("acknowledged by one of you")
    CLOSED = "closed", _("closed")
    SET_ASIDE = "set_aside", _("set aside, because you continue")


S = EndingState
# Set aside when both want to go on; taken up again, with all its words, when the ending comes after all.
TRANSITIONS: dict[EndingState, tuple[EndingState, ...]] = {
    S.BEGUN: (S.ACKNOWLEDGED_BY_ONE, S.CLOSED, S.SET_ASIDE),
    S.ACKNOWLEDGED_BY_ONE: (S.BEGUN, S.CLOSED, S.SET_ASIDE),
    S.SET_ASIDE: (S.BEGUN,),
    S.CLOSED: (),
}

THE_TWO = frozenset({Part.GUIDE, Part.PARTICIPANT, Part.COVERING})
EDITORS_BY_STATE: dict[EndingState, frozenset[Part]] = {
    S.BEGUN: THE_TWO,
    S.ACKNOWLEDGED_BY_ONE: THE_TWO,
    S.SET_ASIDE: THE_TWO,
    S.CLOSED: frozenset(),
}
IN_WORK = frozenset({S.BEGUN, S.ACKNOWLEDGED_BY_ONE})


class Said(models.TextChoices):
    """What one of the two says in an ending, once, and can be held to have said."""

    READY = "ready", _("My answers may be shown")
    ACKNOWLEDGED = "acknowledged", _("This is how it was")
    NO_SUPPORT = "no_support", _("No ongoing support is needed")
    NO_PICTURE = "no_picture", _("Today's picture is left out")
    NOTHING = "nothing", _("There is nothing to write about this")
    KEPT = "kept", _("How long the record is stored")
