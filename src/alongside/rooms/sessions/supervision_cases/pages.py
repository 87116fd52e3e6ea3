"""What the pages about cases show on the guide's own side. What lies on the supervision's table: `table_pages`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.journeys import visibility
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.words_page import words_box
from alongside.kernel.addresses import address
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ..record.pages import said
from . import boxes, rules
from .content import Content, Line, about, title_of
from .deidentification import Hit, Sort
from .hints import About
from .models import TakenCase
from .queries import Outcome, draft_of
from .states import CaseState, TakenState

WHY = {
    Sort.NAME: _("a name, or what someone is called"),
    Sort.DATE: _("a date: say how long ago, or in which week"),
    Sort.EMAIL: _("an email address"),
    Sort.NUMBER: _("a number that could identify someone"),
    Sort.ADDRESS: _("an address"),
    Sort.PLACE: _("a place where you meet"),
    Sort.SERVICE: _("the name of your service"),
    Sort.LINK: _("a link"),
}


def where(seat: Seat, name: str, *parts: Any) -> str:
    return address(f"taken:{name}", seat.journey.id, *parts)


# --- a text with what would give somebody away marked in it -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    why: str


def pieces(text: str, found: Sequence[Hit]) -> tuple[Piece, ...]:
    """The text in pieces; those that would give somebody away say why."""
    cut, at = [], 0
    for hit in found:
        cut += [Piece(text[at : hit.start], ""), Piece(text[hit.start : hit.end], str(WHY[hit.sort]))]
        at = hit.end
    cut.append(Piece(text[at:], ""))
    return tuple(piece for piece in cut if piece.text)


@dataclass(frozen=True, slots=True)
class Marked:
    """One field of the form whose text must not leave as it is."""

    label: str
    pieces: tuple[Piece, ...]


# --- writing a case -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WritePage:
    lead: str
    readers: str
    marked: tuple[Marked, ...]
    advice: str
    nowhere: tuple[str, ...]
    supervisors: tuple[str, ...]
    url: str
    back: str


def write_page(
    seat: Seat,
    *,
    texts: Mapping[str, tuple[str, str]],
    leaks: Mapping[str, Sequence[Hit]],
    supervisions: Sequence[Seat],
) -> WritePage:
    """`texts` holds label and text of each field, `leaks` what was found in them."""
    return WritePage(
        lead=_(
            "A case never says who it is about. Nothing is copied: numbers are given by the "
            "week, and everything else is in your own words."
        ),
        readers=visibility.sentence(seat, Visibility.MINE),
        marked=tuple(Marked(texts[name][0], pieces(texts[name][1], found)) for name, found in leaks.items()),
        advice=_(
            "This could identify the person. Please say it another way: “this person” for a "
            "name, “some weeks ago” for a date, “at work” for a place. What you typed is saved."
        ),
        nowhere=() if supervisions else _nowhere(seat),
        supervisors=tuple(one.guide.name for one in supervisions),
        url=where(seat, "write"),
        back=where(seat, "mine"),
    )


def _nowhere(seat: Seat) -> tuple[str, ...]:
    """Why there is no supervision to take it to, and how one comes about."""
    return (
        _("You have no supervision of your own in Alongside yet, or its agreement is not in force."),
        _(
            "Ask your supervisor to start a journey with you: they choose “supervision” and "
            "invite you at %(email)s. Once you have both agreed how you work together, you can "
            "put a case on its agenda from here."
        )
        % {"email": seat.actor.email or _("your address")},
        _(
            "If your supervisor takes part in this journey, you cannot take it to them: they "
            "would know at once who it is about. What you write here is saved."
        ),
    )


@dataclass(frozen=True)
class LookPage:
    """What the supervisor will read, before it goes."""

    case: CaseView
    ways: tuple[tuple[str, str], ...]
    nowhere: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    put: str
    change: str


@dataclass(frozen=True)
class CaseView:
    """A case as the supervisor reads it."""

    about: str
    question: str
    targets: tuple[LineView, ...]
    scores: tuple[LineView, ...]
    alerts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    words: str
    measure: str
    sentence: str
    rows: tuple[tuple[str, str], ...]


def case_view(content: Content) -> CaseView:
    return CaseView(
        about=about(content),
        question=content.question,
        targets=tuple(_line(line) for line in content.targets),
        scores=tuple(_line(line) for line in content.scores),
        alerts=content.alerts,
    )


def _line(line: Line) -> LineView:
    rows = tuple((_("week %(number)s") % {"number": number}, value) for number, value in line.points)
    sentence = _("No reading yet.")
    if rows:
        then, now = rows[0], rows[-1]
        sentence = _("%(then)s in %(first)s") % {"then": then[1], "first": then[0]}
        if len(rows) > 1:
            sentence += ", " + _("%(now)s in %(last)s") % {"now": now[1], "last": now[0]}
        sentence += "; " + line.way + "."
    if line.aim:
        sentence += " " + _("Goal: %(aim)s.") % {"aim": line.aim}
    return LineView(line.words, line.measure if line.measure != line.words else "", sentence, rows)


def look_page(
    seat: Seat, content: Content, supervisions: Sequence[Seat], questions: Sequence[tuple[str, About]] = ()
) -> LookPage:
    return LookPage(
        case=case_view(content),
        ways=tuple((str(one.journey.id), _way(one)) for one in supervisions),
        nowhere=() if supervisions else _nowhere(seat),
        questions=tuple((words, str(about.value)) for words, about in questions),
        put=where(seat, "put"),
        change=where(seat, "write"),
    )


def _way(supervision: Seat) -> str:
    title = str(supervision.journey.title)
    named = _("with %(name)s") % {"name": supervision.guide.name}
    return f"{title}, {named}" if title else named


# --- the guide's own cases ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnCase:
    """One's own case with what came of it."""

    key: str
    title: str
    url: str
    question: str
    state: str
    state_word: str
    came: str
    did: str
    acts: tuple[ActionButton, ...]
    note: WordsBox | None


@dataclass(frozen=True)
class OwnCasesPage:
    lead: str
    in_the_making: str
    begun: str
    begin: ActionButton
    cases: tuple[OwnCase, ...]
    nothing: str
    back: str


def own_cases_page(
    seat: Seat, outcomes: Iterable[Outcome], notes: Mapping[Any, Words | None], making: TakenCase | None
) -> OwnCasesPage:
    label = _("Continue") if making else _("Take this to supervision")
    return OwnCasesPage(
        lead=_("Only you see this page: what you took to your own supervision, and what came out of it."),
        in_the_making=_("You have started to write a case.") if making else "",
        begun=draft_of(making).question,
        begin=ActionButton(
            label, where(seat, "write"), rules.may_take_to_supervision(seat), primary=True, link=True
        ),
        cases=tuple(own_case(seat, one, notes.get(one.taken.id)) for one in outcomes),
        nothing=_("When you are stuck, what you take to your supervision is listed here, for you only."),
        back=address("overview:journey", seat.journey.id),
    )


def own_case(seat: Seat, outcome: Outcome, note: Words | None = None) -> OwnCase:
    taken, content, case = outcome.taken, outcome.content, outcome.taken.case
    assert case
    return OwnCase(
        key=f"case-{taken.id}",
        title=title_of(case.number, content),
        url=address("taken:case", case.journey_id, case.id),
        question=content.question,
        state=SHAPES[outcome.case_state],
        state_word=_("%(state)s, %(day)s")
        % {"state": outcome.case_state.label, "day": said.day(outcome.since)},
        came=outcome.words,
        did="" if outcome.state == TakenState.TO_DO else str(outcome.state.label),
        acts=tuple(own_acts(seat, outcome)),
        note=_note(seat, taken, note) if outcome.words else None,
    )


SHAPES = {
    CaseState.ON_AGENDA: "ahead",
    CaseState.TAKEN_UP: "here",
    CaseState.SETTLED: "done",
    CaseState.WITHDRAWN: "quiet",
}


def own_acts(seat: Seat, outcome: Outcome) -> Iterable[ActionButton]:
    taken = outcome.taken
    if outcome.words and outcome.case_state != CaseState.WITHDRAWN:
        tick = where(seat, "tick", taken.id)
        if outcome.state == TakenState.TO_DO:
            yield ActionButton(_("Done"), tick, fields=(("state", TakenState.DONE.value),), icon="check2")
            yield ActionButton(_("Cancel"), tick, fields=(("state", TakenState.LET_BE.value),))
        else:
            yield ActionButton(_("Undo"), tick, fields=(("state", TakenState.TO_DO.value),))
    if outcome.case_state != CaseState.WITHDRAWN:
        asks = _("No one will be able to read it any more. It stays marked as withdrawn. Withdraw it?")
        yield ActionButton(_("Withdraw it"), where(seat, "withdraw", taken.id), confirm=asks)


def _note(seat: Seat, taken: TakenCase, words: Words | None) -> WordsBox:
    return words_box(
        seat,
        words,
        visibility=boxes.note(taken.id).visibility,
        name=f"note-{taken.id}",
        label=_("My note on it"),
        url=where(seat, "note", taken.id),
        readonly=not rules.may_note_on_case(seat, taken).allowed,
        rows=2,
    )
