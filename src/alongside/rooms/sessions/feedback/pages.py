"""How the meetings were, over time: a line for each question, a table, and what is worth talking about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.measures.meeting_feedback import QUESTIONS, ask_about

from ..record.pages.said import title_of
from ..record.pages.trend import Trend, trend
from .queries import Felt


@dataclass(frozen=True)
class FeltLine:
    title: str
    when: str
    url: str
    values: tuple[str, ...]
    kept: bool


@dataclass(frozen=True)
class FeltPage:
    title: str
    lead: str
    trends: tuple[Trend, ...]
    questions: tuple[str, ...]
    meetings: tuple[FeltLine, ...]
    asks: tuple[str, ...]
    """What of the latest answers is worth talking about."""
    ask_heading: str
    bring_up_url: str
    empty: str


def felt_page(seat: Seat, found: Sequence[Felt]) -> FeltPage:
    lines = [
        trend(str(question.text), [one.answers[question.key] for one in found]) for question in QUESTIONS
    ]
    asks = _asks(found)
    kept = bool(found and found[-1].kept)
    return FeltPage(
        title=_("How the %(meetings)s were") % {"meetings": seat.kind.words.meetings},
        lead=_lead(seat),
        trends=tuple(line for line in lines if line),
        questions=tuple(str(question.text) for question in QUESTIONS),
        meetings=tuple(_line(seat, one) for one in reversed(found)),
        asks=asks,
        ask_heading=_("You keep these to yourself. Would it help to bring one of them up?")
        if kept
        else _("Worth talking about next time"),
        bring_up_url=address("sessions:room", seat.journey.id),
        empty=_(
            "After each meeting there are four short questions. Your answers and their course appear here."
        ),
    )


def _lead(seat: Seat) -> str:
    if seat.is_participant:
        return _("Your own answers. Only you can see the ones you keep to yourself.")
    return _("What %(name)s chose to show you: something to talk about, not a replacement for talking.") % {
        "name": seat.participant.name
    }


def _line(seat: Seat, one: Felt) -> FeltLine:
    return FeltLine(
        title=title_of(seat, one.number),
        when=date_format(localtime(one.on), "j F Y"),
        url=address("sessions:meeting", seat.journey.id, one.number),
        values=tuple("–" if value is None else str(value) for value in one.answers.values()),
        kept=one.kept,
    )


def _asks(found: Sequence[Felt]) -> tuple[str, ...]:
    """Of the latest answers what dropped by two or more since it was last given, or is five or less."""
    if not found:
        return ()
    before: dict[str, object] = {}
    for one in found[:-1]:
        before |= {key: value for key, value in one.answers.items() if value is not None}
    said = []
    for ask in ask_about(found[-1].answers, before):
        facts = {"question": ask.question.text, "now": ask.latest, "then": ask.previous}
        if ask.because == "drop":
            said.append(_("“%(question)s” %(now)s, before that %(then)s") % facts)
        else:
            said.append(_("“%(question)s” %(now)s") % facts)
    return tuple(said)
