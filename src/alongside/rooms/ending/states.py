"""The states of an ending's record, what may follow which, who may take it there; and what is said in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.states import Part
from alongside.rooms.first_meeting.states import (
    Side as Side,
)  # the guide's and the participant's, as in the agreement


class EndingState(models.TextChoices):
    BEGUN = "begun", _("begun")
    ACKNOWLEDGED_BY_ONE = "acknowledged_by_one", _("acknowledged by one of you")
    CLOSED = "closed", _("closed")
    SET_ASIDE = "set_aside", _("set aside, because you go on")


S = EndingState
# Set aside when both want to go on; taken up again, with all its words, when the ending comes after all.
TRANSITIONS: dict[EndingState, tuple[EndingState, ...]] = {
    S.BEGUN: (S.ACKNOWLEDGED_BY_ONE, S.CLOSED, S.SET_ASIDE),
    S.ACKNOWLEDGED_BY_ONE: (S.BEGUN, S.CLOSED, S.SET_ASIDE),
    S.SET_ASIDE: (S.BEGUN,),
    S.CLOSED: (),
}

THE_TWO = frozenset({Part.GUIDE, Part.PARTICIPANT, Part.COVERING})
PEN_HOLDER: dict[EndingState, frozenset[Part]] = {
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
    NO_SUPPORT = "no_support", _("No on-going support is needed")
    NO_PICTURE = "no_picture", _("Today's picture is left out")
    NOTHING = "nothing", _("There is nothing to write about this")
    KEPT = "kept", _("So long the record is kept")


class Sort(models.TextChoices):
    """What an entry of the ending is."""

    KEY_POINT = "key_point", _("key point")
    STRATEGY = "strategy", _("strategy")
    EARLY_SIGN = "early_sign", _("early sign")
    SUPPORT = "support", _("on-going support")


TAKEN_ALONG = (Sort.KEY_POINT, Sort.STRATEGY, Sort.EARLY_SIGN)


class Wanted(models.TextChoices):
    """What one of the two may want for the end of a journey."""

    GO_ON = "go_on", _("go on longer")
    END_EARLY = "end_early", _("end early")


class HandedOver(models.TextChoices):
    """What became of a hand-over; nothing while it stands."""

    CARRIED_OUT = "carried_out", _("gone on with the new guide")
    DECLINED = "declined", _("declined by the one who was asked")
    LET_GO = "let_go", _("let go by the two")


class Outcome(models.TextChoices):
    """What became of a wish; nothing while it stands."""

    AGREED = "agreed", _("agreed by both")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")
    CARRIED_OUT = "carried_out", _("carried out")
