"""The states of a case on a supervision's table and of a guide's own side of it, and what may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgeBand(models.TextChoices):
    CHILD = "0-12", _("under 13")
    TEEN = "13-17", _("13 to 17")
    YOUNG = "18-29", _("18 to 29")
    THIRTIES = "30-39", _("30 to 39")
    FORTIES = "40-49", _("40 to 49")
    FIFTIES = "50-59", _("50 to 59")
    SIXTIES = "60-69", _("60 to 69")
    SEVENTIES = "70-79", _("70 to 79")
    OLD = "80+", _("80 or over")


class CaseState(models.TextChoices):
    """Of a case on the table of a supervision. Both read it until it is withdrawn."""

    ON_AGENDA = "on_agenda", _("on the agenda")
    TAKEN_UP = "taken_up", _("accepted")
    SETTLED = "settled", _("something came out of it")
    WITHDRAWN = "withdrawn", _("withdrawn")


C = CaseState
CASE_TRANSITIONS: dict[CaseState, tuple[CaseState, ...]] = {
    C.ON_AGENDA: (C.TAKEN_UP, C.SETTLED, C.WITHDRAWN),
    C.TAKEN_UP: (C.SETTLED, C.WITHDRAWN),
    # what came of it can be said anew; and a case can be withdrawn at any time by the one who brought it
    C.SETTLED: (C.SETTLED, C.WITHDRAWN),
    C.WITHDRAWN: (),
}


class TakenState(models.TextChoices):
    """Of what came of it, for the guide alone."""

    TO_DO = "to_do", _("to do")
    DONE = "done", _("done")
    LET_BE = "let_be", _("dropped")


T = TakenState
TAKEN_TRANSITIONS: dict[TakenState, tuple[TakenState, ...]] = {
    T.TO_DO: (T.DONE, T.LET_BE),
    T.DONE: (T.TO_DO,),
    T.LET_BE: (T.TO_DO,),
}
