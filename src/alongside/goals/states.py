"""The states of needs, targets and steps. Each is an appended record; the latest is the current one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    MET = "met", _("met")
    LET_GO = "let_go", _("dropped")


class TargetState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    ON_HOLD = "on_hold", _("on hold")
    REACHED = "reached", _("reached")
    LET_GO = "let_go", _("dropped")


class StepState(models.TextChoices):
    OPEN = "open", _("to do")
    DONE = "done", _("done")
    PARTLY = "partly", _("partly")
    NOT_YET = "not_yet", _("not yet")
    DROPPED = "dropped", _("dropped")


N, T, P = NeedState, TargetState, StepState
NEED_TRANSITIONS: dict[NeedState, tuple[NeedState, ...]] = {
    N.PROPOSED: (N.AGREED, N.LET_GO),
    N.AGREED: (N.MET, N.LET_GO),
    N.MET: (N.AGREED,),
    N.LET_GO: (N.PROPOSED,),
}
TARGET_TRANSITIONS: dict[TargetState, tuple[TargetState, ...]] = {
    T.PROPOSED: (T.AGREED, T.LET_GO),
    T.AGREED: (T.ON_HOLD, T.REACHED, T.LET_GO),
    T.ON_HOLD: (T.AGREED, T.REACHED, T.LET_GO),
    T.REACHED: (T.AGREED,),
    T.LET_GO: (T.PROPOSED,),
}
STEP_TRANSITIONS: dict[StepState, tuple[StepState, ...]] = {
    P.OPEN: (P.DONE, P.PARTLY, P.NOT_YET, P.DROPPED),
    P.PARTLY: (P.DONE, P.NOT_YET, P.OPEN, P.DROPPED),
    P.NOT_YET: (P.DONE, P.PARTLY, P.OPEN, P.DROPPED),
    P.DONE: (P.PARTLY, P.NOT_YET, P.OPEN),
    P.DROPPED: (P.OPEN,),
}
STEP_STILL_TO_DO = (P.OPEN, P.PARTLY, P.NOT_YET)
