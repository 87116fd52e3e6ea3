"""The list of an administrator's first day: what is still to do before anybody can be invited."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..first_day import FirstDay


@dataclass(frozen=True, slots=True)
class FirstDayLine:
    text: str
    about: str
    url: str
    """Empty where it is done outside Alongside."""
    is_done: bool


def first_day_lines(facts: FirstDay | None) -> tuple[FirstDayLine, ...]:
    """Empty once all of it is done."""
    if facts is None or facts.is_over:
        return ()
    return (
        FirstDayLine(
            _("Add a guide"),
            _(
                "A supervisor, mentor or practitioner. They are invited by email and begin with their own people."
            ),
            reverse("people:add"),
            facts.guide,
        ),
        FirstDayLine(
            _("Add a place to meet"),
            _("A room, a telephone number or a link for video."),
            reverse("environment_places:add"),
            facts.place,
        ),
        FirstDayLine(
            _("Say how people reach you"),
            _("Your telephone number, and what to do in an emergency. Both stand on the page for help."),
            reverse("people:organisation"),
            facts.reached,
        ),
        FirstDayLine(
            _("Read the agreement that your people make"),
            _("You can change its texts before anyone accepts them."),
            reverse("agreement_texts:texts"),
            facts.agreement,
        ),
        FirstDayLine(
            _("Have a mail server set"),
            _("Until then, emails are only saved in a folder. Ask the person who runs the server."),
            "",
            facts.email,
        ),
    )
