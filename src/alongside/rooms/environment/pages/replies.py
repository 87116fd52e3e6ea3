"""Emails that may be an answer, as the guide reads them beside the meeting they seem to be about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton

from ..models import Answer
from ..queries.replies import PossibleFacts
from .said import moment


@dataclass(frozen=True)
class PossibleLine:
    """From which address it says to be, when it came, why it does not count, and its words."""

    title: str
    seems: str
    doubt: str
    words: str
    put_away: ActionButton


def possible_lines(seat: Seat, found: Iterable[PossibleFacts]) -> tuple[PossibleLine, ...]:
    return tuple(_line(seat, one) for one in found)


def _line(seat: Seat, one: PossibleFacts) -> PossibleLine:
    facts = {"sender": one.sender, "when": moment(one.at)}
    return PossibleLine(
        title=(
            _("An email that may be an answer, from %(sender)s, %(when)s")
            if one.sender
            else _("An email that may be an answer, %(when)s")
        )
        % facts,
        seems=_("It seems to say: %(answer)s.") % {"answer": Answer(one.seems).label} if one.seems else "",
        doubt=str(one.doubt.label),
        words=one.words,
        put_away=ActionButton(
            _("Put away"), reverse("environment:put_away_email", args=[seat.journey.id, one.id])
        ),
    )
