"""The states of an agreement, what may follow which, and who may take it there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Whose yes it is. Whoever covers for the guide says yes for the guide's side."""

    GUIDE = "guide", _("guide")
    PARTICIPANT = "participant", _("participant")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("proposed")
    ACCEPTED_BY_ONE = "accepted_by_one", _("accepted by one of you")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    ENDED = "ended", _("no longer in force")


A = AgreementState
# What was proposed is never changed: a change is a new version, and the one it replaces is superseded.
TRANSITIONS: dict[AgreementState, tuple[AgreementState, ...]] = {
    A.DRAFT: (A.PROPOSED, A.ENDED),
    A.PROPOSED: (A.ACCEPTED_BY_ONE, A.SUPERSEDED),
    A.ACCEPTED_BY_ONE: (A.IN_FORCE, A.SUPERSEDED),
    A.IN_FORCE: (A.SUPERSEDED, A.ENDED),
    A.SUPERSEDED: (),
    A.ENDED: (),
}

BOTH = frozenset(Side)
# who may leave a state: as long as an agreement lives, either of the two
EDITORS_BY_STATE: dict[AgreementState, frozenset[Side]] = {
    A.DRAFT: BOTH,
    A.PROPOSED: BOTH,
    A.ACCEPTED_BY_ONE: BOTH,
    A.IN_FORCE: BOTH,
    A.SUPERSEDED: frozenset(),
    A.ENDED: frozenset(),
}

WAITING = frozenset({A.PROPOSED, A.ACCEPTED_BY_ONE})
LIVING = frozenset({A.DRAFT, A.PROPOSED, A.ACCEPTED_BY_ONE, A.IN_FORCE})


class Moment(models.TextChoices):
    """When a picture was taken: the one at the start, or a later one to lay beside it."""

    START = "start", _("at the start")
    NOW = "now", _("now")
