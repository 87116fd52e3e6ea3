"""What pages show of the questionnaires that are asked: which are due before a meeting, and when each is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure

from .models import AskedWhen
from .pages import form_address, where
from .rules import may_fill_in, may_set_schedule
from .schedule import Asked, DueForm


@dataclass(frozen=True)
class DueLine:
    name: str
    short_name: str
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


@dataclass(frozen=True)
class AskedNote:
    """What is asked and when, as sentences; whoever guides is led to where it is changed."""

    sentences: tuple[str, ...]
    is_asked: bool
    change_url: str


def asked_note(seat: Seat, schedule: Iterable[Asked]) -> AskedNote | None:
    """None where nothing is asked and nobody here can change that."""
    alike: dict[tuple[AskedWhen, int], list[str]] = {}
    for each in schedule:
        if each.when != AskedWhen.NEVER:
            alike.setdefault((each.when, each.every), []).append(str(measure(each.instrument).name))
    said = tuple(_sentence(seat, when, every, names) for (when, every), names in alike.items())
    change = where(seat, "schedule") if may_set_schedule(seat) else ""
    none = (_("No questionnaire is asked regularly."),)
    return AskedNote(said or none, bool(said), change) if said or change else None


def _sentence(seat: Seat, when: AskedWhen, every: int, names: Sequence[str]) -> str:
    words = seat.kind.words
    facts = {
        "names": in_a_row(names),
        "meeting": words.meeting,
        "meetings": words.meetings,
        "every": every,
    }
    if when == AskedWhen.ENDS:
        said = ngettext(
            "%(names)s is asked before the first %(meeting)s and before the last.",
            "%(names)s are asked before the first %(meeting)s and before the last.",
            len(names),
        )
    elif every > 1:
        said = ngettext(
            "%(names)s is asked once in every %(every)s %(meetings)s.",
            "%(names)s are asked once in every %(every)s %(meetings)s.",
            len(names),
        )
    else:
        said = ngettext(
            "%(names)s is asked before each %(meeting)s.",
            "%(names)s are asked before each %(meeting)s.",
            len(names),
        )
    return said % facts


def in_a_row(names: Sequence[str]) -> str:
    return get_text_list(list(names), _("and"))


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
        return DueLine(name, row.short_name, standing, url, _("See the answers"), True)
    standing = _("Begun, not submitted") if due.is_begun else _("Not answered yet")
    label = _("Continue") if due.is_begun else _("Answer")
    address = f"{form_address(seat, 'form', due.instrument)}?{urlencode({'back': back})}"
    url = address if may_fill_in(seat, due.instrument) else ""
    return DueLine(
        name, row.short_name, standing, url, label if seat.is_participant else _("Fill in together"), False
    )
