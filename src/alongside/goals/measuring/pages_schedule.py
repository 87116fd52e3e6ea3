"""What pages show of the questionnaires that are asked: which are due before a meeting, and when each is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure

from .pages import form_address
from .rules import may_fill_in
from .schedule import DueForm


@dataclass(frozen=True)
class DueLine:
    name: str
    standing: str
    url: str
    label: str
    is_done: bool


@dataclass(frozen=True)
class DuePanel:
    """The questionnaires of one meeting. `lead` says what they are for."""

    title: str
    lead: str
    lines: tuple[DueLine, ...]
    is_open: bool
    """Whether one of them is still to be answered."""


def due_panel(seat: Seat, due: Sequence[DueForm], back: str) -> DuePanel | None:
    """For the one who answers, and for whoever guides; None where nothing is asked."""
    if not due:
        return None
    lines = tuple(_line(seat, each, back) for each in due)
    lead = _("%(name)s is asked to answer these beforehand.") % {"name": seat.participant.name}
    if seat.is_participant:
        lead = _("They take a few minutes. You and %(name)s see the scores.") % {"name": seat.other.name}
    elif seat.participant.person.user_id is None:
        lead = _("Fill these in together, when you meet.")
    is_open = any(not line.is_done for line in lines)
    return DuePanel(_("Questionnaires for this time"), lead, lines, is_open)


def _line(seat: Seat, due: DueForm, back: str) -> DueLine:
    row = measure(due.instrument)
    name, answered = str(row.name), due.handed_in
    if answered:
        standing = _("Submitted without a total")
        if answered.total is not None:
            standing = _("Answered: %(total)s") % {"total": row.say(answered.total)}
        url = form_address(seat, "answers", due.instrument)
        return DueLine(name, standing, url, _("See the answers"), True)
    standing = _("Begun, not submitted") if due.is_begun else _("Not answered yet")
    label = _("Continue") if due.is_begun else _("Answer")
    address = f"{form_address(seat, 'form', due.instrument)}?{urlencode({'back': back})}"
    url = address if may_fill_in(seat, due.instrument) else ""
    return DueLine(name, standing, url, label if seat.is_participant else _("Fill in together"), False)
