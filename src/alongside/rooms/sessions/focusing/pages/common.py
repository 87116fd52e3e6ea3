"""What several pages of focusing say in the same way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.states import StepState
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address

from ...record.pages import said
from .. import levels
from ..queries import ActFacts, FocusingHere


@dataclass(frozen=True, slots=True)
class BackToMeeting:
    """The way back to the meeting in which it was begun."""

    label: str
    url: str


def back_to_meeting(seat: Seat, here: FocusingHere) -> BackToMeeting | None:
    """None for one that was begun between two meetings."""
    if here.number is None:
        return None
    label = _("Back to: %(meeting)s") % {"meeting": said.title_of(seat, here.number)}
    return BackToMeeting(label, address("sessions:meeting", seat.journey.id, here.number))


@dataclass(frozen=True, slots=True)
class ActSaid:
    """The step a focusing came to, said so that one can read it years later."""

    text: str
    about: str
    beside: tuple[tuple[str, str], ...]
    state: str
    since: str
    noticed: str


def act_said(seat: Seat, act: ActFacts) -> ActSaid:
    pieces = [seat.name_of(act.owner_id)]
    if isinstance(act.due, dt.date):
        pieces.append(_("until %(day)s") % {"day": said.short_day(act.due)})
    beside = (
        (_("With whose help"), act.support),
        (_("What might get in the way"), act.obstacle),
        (_("How you will both see that it worked"), act.success_sign),
    )
    state = StepState(act.state)
    return ActSaid(
        text=act.text,
        about=" · ".join(piece for piece in pieces if piece),
        beside=tuple((label, text) for label, text in beside if text),
        state=str(state),
        since="" if state == StepState.OPEN else str(state.label),
        noticed=act.word,
    )


def title_of(subject: str) -> str:
    return subject or _("Focusing")


def whose(seat: Seat, here: FocusingHere, *, by_name: bool = False) -> str:
    """Who writes in it, in a few words; `by_name` for what others read too."""
    if here.together:
        return _("together")
    if here.row.author_id == seat.actor.id and not by_name:
        return _("by yourself")
    return _("by %(name)s") % {"name": seat.name_of(here.row.author_id)}


def begun(here: FocusingHere) -> str:
    return said.day(here.row.created_at)


def url_of(seat: Seat, focusing_id: UUID) -> str:
    return address("focusing:show", seat.journey.id, focusing_id)


def question_of(seat: Seat, box: str) -> str:
    """What stands above a box, in the words of the kind where it has some."""
    if box.startswith(levels.PERSPECTIVE):
        key = box.removeprefix(levels.PERSPECTIVE)
        label = next((str(one.label) for one in seat.kind.perspectives if one.key == key), key)
        return capfirst(label)
    return {
        levels.TOPICS: _("What was on your mind"),
        levels.CHOSEN: _("What was chosen"),
        levels.HOW_ARE_YOU: _("How are you?"),
        levels.ACCOUNT: _("What happened"),
        levels.FEELING: _("How it felt at the time"),
        levels.PATTERNS: _("Why it went that way"),
        levels.INSIGHT: _("What this teaches us for other situations"),
        levels.OPTIONS: _("What could be tried"),
        levels.FOCUS: _("The one thing to work on"),
    }[box]
