"""The states of a journey, what may follow which, and who may take it there; and the four stages.

This is records' one table, in code. A state is an appended record; a stage is derived from facts.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """The part a person has in a journey."""

    GUIDE = "guide", _("guide")
    PARTICIPANT = "participant", _("participant")
    COVERING = "covering", _("covering guide")
    CO_GUIDE = "co_guide", _("co-guide")
    SUPPORTER = "supporter", _("supporter")
    ASSESSOR = "assessor", _("assessor")
    INTERPRETER = "interpreter", _("interpreter")


GUIDING = frozenset({Part.GUIDE, Part.COVERING, Part.CO_GUIDE})
NAMED = frozenset({Part.CO_GUIDE, Part.SUPPORTER, Part.ASSESSOR, Part.INTERPRETER})


class JourneyState(models.TextChoices):
    DRAFT = "draft", _("being set up")
    PREPARING = "preparing", _("getting ready")
    ACTIVE = "active", _("under way")
    PAUSED = "paused", _("resting")
    ENDING = "ending", _("coming to its end")
    COMPLETED = "completed", _("completed")
    ENDED_EARLY = "ended_early", _("ended early")
    TRANSFERRED = "transferred", _("gone on with another guide")
    WITHDRAWN = "withdrawn", _("withdrawn before it began")


class AfterMissed(models.TextChoices):
    """What the two have agreed is done when somebody missed a meeting."""

    EMAIL = "email", _("an email the same day")
    CALL = "call", _("a call")
    NOTHING = "nothing", _("nothing")


S = JourneyState
TRANSITIONS: dict[JourneyState, tuple[JourneyState, ...]] = {
    S.DRAFT: (S.PREPARING, S.WITHDRAWN),
    S.PREPARING: (S.ACTIVE, S.WITHDRAWN),
    S.ACTIVE: (S.PAUSED, S.ENDING),
    S.PAUSED: (S.ACTIVE, S.ENDING),
    S.ENDING: (S.ACTIVE, S.COMPLETED, S.ENDED_EARLY, S.TRANSFERRED),
    S.COMPLETED: (),
    S.ENDED_EARLY: (),
    S.TRANSFERRED: (),
    S.WITHDRAWN: (),
}

BOTH = frozenset({Part.GUIDE, Part.PARTICIPANT, Part.COVERING})
# who may leave a state: in a draft the guide alone holds the pen, after that either of the two
EDITORS_BY_STATE: dict[JourneyState, frozenset[Part]] = {
    S.DRAFT: frozenset({Part.GUIDE}),
    S.PREPARING: BOTH,
    S.ACTIVE: BOTH,
    S.PAUSED: BOTH,
    S.ENDING: BOTH,
    S.COMPLETED: frozenset(),
    S.ENDED_EARLY: frozenset(),
    S.TRANSFERRED: frozenset(),
    S.WITHDRAWN: frozenset(),
}

OPEN = frozenset({S.DRAFT, S.PREPARING, S.ACTIVE, S.PAUSED, S.ENDING})
CLOSED = frozenset({S.COMPLETED, S.ENDED_EARLY, S.TRANSFERRED, S.WITHDRAWN})
NEEDS_REASON = frozenset({S.PAUSED, S.ENDED_EARLY, S.WITHDRAWN})


class Stage(models.TextChoices):
    ENVIRONMENT = "environment", _("Getting ready")
    FIRST_MEETING = "first_meeting", _("First meeting")
    SESSIONS = "sessions", _("Sessions")
    ENDING = "ending", _("Ending")


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What the stage of a journey is derived from. Gathered by those who know all rooms."""

    first_meeting_booked: bool
    first_meeting_held: bool
    agreement_in_force: bool
    ending_begun: bool


def stage_of(facts: StageFacts) -> Stage:
    """Where the two are: the first room whose work is not done."""
    if facts.ending_begun:
        return Stage.ENDING
    if facts.first_meeting_held and facts.agreement_in_force:
        return Stage.SESSIONS
    if facts.first_meeting_booked or facts.first_meeting_held:
        return Stage.FIRST_MEETING
    return Stage.ENVIRONMENT
