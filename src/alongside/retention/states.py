"""The states of an erasure, and what may follow which. A state is an appended record; the latest one is the state."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureState(models.TextChoices):
    AGREED = "agreed", _("waiting to be carried out")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DONE = "done", _("done")


TRANSITIONS: dict[ErasureState, tuple[ErasureState, ...]] = {
    ErasureState.AGREED: (ErasureState.WITHDRAWN, ErasureState.DONE),
    ErasureState.DECLINED: (),
    ErasureState.WITHDRAWN: (),
    ErasureState.DONE: (),
}


class Cause(models.TextChoices):
    REQUEST = "request", _("the person asked for it")
    END_OF_KEEPING = "end_of_keeping", _("the time for keeping it is over")


class Extent(models.TextChoices):
    """What an erasure takes away."""

    EVERYTHING = "everything", _("Everything about them, and the journeys that were theirs")
    NAMES_AND_WORDS = (
        "names_and_words",
        _("Their name and their words; the records of their journeys stay without them"),
    )
    ONE_JOURNEY = "one_journey", _("One journey, whole")


class AccessState(models.TextChoices):
    """Somebody asked for a copy of what is kept about them."""

    RECORDED = "recorded", _("to be answered")
    EXTENDED = "extended", _("to be answered, extended")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


ACCESS_TRANSITIONS: dict[AccessState, tuple[AccessState, ...]] = {
    AccessState.RECORDED: (
        AccessState.EXTENDED,
        AccessState.ANSWERED,
        AccessState.DECLINED,
        AccessState.WITHDRAWN,
    ),
    AccessState.EXTENDED: (AccessState.ANSWERED, AccessState.DECLINED, AccessState.WITHDRAWN),
    AccessState.ANSWERED: (),
    AccessState.DECLINED: (),
    AccessState.WITHDRAWN: (),
}


class TakenOut(models.TextChoices):
    """Why a line of a copy is taken out of it."""

    OTHER_PERSON = "other_person", _("It is about someone else")
    HARM = "harm", _("It could cause serious harm")
    LAW = "law", _("There is another legal reason")


class CopyStep(models.TextChoices):
    """What was done with a copy. The log of a request says so, without a word of what is in it."""

    COLLECTED = "collected", _("Record collected")
    TAKEN_OUT = "taken_out", _("Lines taken out")
    PUT_BACK = "put_back", _("Lines put back")
    LOOKED_THROUGH = "looked_through", _("Part looked through")
    RELEASED = "released", _("Copy released")
    REMOVED = "removed", _("Copy removed from here")
