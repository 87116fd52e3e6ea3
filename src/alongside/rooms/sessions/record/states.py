"""The states of a meeting's record and of an issue raised in it, what may follow which, and who holds the pen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.journeys.states import Part


class RecordState(models.TextChoices):
    OPEN = "open", _("being written")
    ACKNOWLEDGED_BY_ONE = "acknowledged_by_one", _("acknowledged by one of you")
    CLOSED = "closed", _("closed")


R = RecordState
TRANSITIONS: dict[RecordState, tuple[RecordState, ...]] = {
    R.OPEN: (R.ACKNOWLEDGED_BY_ONE, R.CLOSED),
    R.ACKNOWLEDGED_BY_ONE: (R.CLOSED,),
    R.CLOSED: (),
}

_EITHER = frozenset({Part.GUIDE, Part.COVERING, Part.PARTICIPANT})
# until it is closed both write in a record and both may acknowledge it; after that there are additions
EDITORS_BY_STATE: dict[RecordState, frozenset[Part]] = {
    R.OPEN: _EITHER,
    R.ACKNOWLEDGED_BY_ONE: _EITHER,
    R.CLOSED: frozenset(),
}


class Side(models.TextChoices):
    """Whose acknowledgement it is. Whoever covers for the guide acknowledges for the guide's side."""

    GUIDE = "guide", _("guide")
    PARTICIPANT = "participant", _("participant")


def state_after(sides: frozenset[Side], *, participant_must: bool) -> RecordState:
    """The state of a record these sides have acknowledged. The guide must always; the kind says if the other must."""
    if not sides:
        return R.OPEN
    needed = frozenset(Side) if participant_must else frozenset({Side.GUIDE})
    return R.CLOSED if needed <= sides else R.ACKNOWLEDGED_BY_ONE


class IssueState(models.TextChoices):
    RAISED = "raised", _("open")
    BECAME_NEED = "became_need", _("became a need")
    BECAME_STEP = "became_step", _("became a step")
    FOCUSING = "focusing", _("being focused on")
    CONCERN = "concern", _("a concern for someone else")
    LET_BE = "let_be", _("dropped")
    IN_ERROR = "in_error", _("entered in error")


I = IssueState  # noqa: E741
ISSUE_TRANSITIONS: dict[IssueState, tuple[IssueState, ...]] = {
    I.RAISED: (I.BECAME_NEED, I.BECAME_STEP, I.FOCUSING, I.CONCERN, I.LET_BE, I.IN_ERROR),
    I.BECAME_NEED: (),
    I.BECAME_STEP: (I.IN_ERROR,),
    I.FOCUSING: (I.BECAME_NEED, I.BECAME_STEP, I.CONCERN, I.LET_BE, I.IN_ERROR),
    I.CONCERN: (I.IN_ERROR,),
    I.LET_BE: (I.RAISED, I.IN_ERROR),
    I.IN_ERROR: (),
}


def may_become(state: IssueState) -> tuple[IssueState, ...]:
    """What either of the two can make of an issue. That it does not belong here, only the one who raised it says."""
    return tuple(each for each in ISSUE_TRANSITIONS[state] if each != I.IN_ERROR)
