"""What the pages about measuring show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys import visibility
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.measures.catalogue import OWN, measure
from alongside.measures.charts import Series, TableRow, sentence, table
from alongside.measures.numbers import plain
from alongside.measures.own import OwnInstrument, Question
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.ui.action_buttons import ActionButton

from ..queries import Goals
from .pages_together import Together
from .queries import ServiceFacts, own_instrument
from .rules import may_fill_in, may_set_schedule
from .scoring import Scored, asked_after


def where(seat: Seat, name: str, *parts: Any) -> str:
    return address(f"goals:{name}", seat.journey.id, *parts)


def form_address(seat: Seat, name: str, instrument: str) -> str:
    return reverse(f"goals:{name}", args=[seat.journey.id, instrument])


@dataclass(frozen=True)
class ChartView:
    """What `ui/components/chart/chart.html` shows. The pictures are drawn at their own addresses."""

    label: str
    alt: str
    url: str
    dark_url: str
    sentence: str
    rows: tuple[TableRow, ...]


def target_chart(seat: Seat, target_id: UUID, series: Series | None, label: str = "") -> ChartView | None:
    if series is None:
        return None
    return _chart(
        series, label, where(seat, "target_chart", target_id), where(seat, "target_chart_dark", target_id)
    )


def form_chart(seat: Seat, instrument: str, series: Series) -> ChartView:
    label = str(series.measure.name)
    return _chart(
        series,
        label,
        form_address(seat, "form_chart", instrument),
        form_address(seat, "form_chart_dark", instrument),
    )


def _chart(series: Series, label: str, url: str, dark_url: str) -> ChartView:
    alt = _("A chart of the scores over time. The sentence and the table beside it say the same.")
    return ChartView(label, alt, url, dark_url, sentence(series), table(series))


@dataclass(frozen=True)
class LinesPage:
    charts: tuple[ChartView, ...]
    together: tuple[Together, ...]
    forms: tuple[ActionButton, ...]
    answers: tuple[ActionButton, ...]
    """The single answers of each questionnaire that was handed in."""
    on_track: ActionButton | None
    schedule: ActionButton | None
    back: str


def lines_page(
    seat: Seat,
    targets: list[tuple[UUID, str, Series]],
    forms: dict[str, Series],
    offered: list[str],
    together: tuple[Together, ...],
) -> LinesPage:
    return LinesPage(
        charts=(
            *(chart for each in targets if (chart := target_chart(seat, each[0], each[2], each[1]))),
            *(form_chart(seat, key, series) for key, series in forms.items()),
        ),
        together=together,
        forms=tuple(
            ActionButton(
                str(measure(key).name), form_address(seat, "form", key), may_fill_in(seat, key), link=True
            )
            for key in offered
        ),
        answers=tuple(
            ActionButton(str(measure(key).name), form_address(seat, "answers", key), link=True)
            for key in forms
        ),
        on_track=ActionButton(_("Is it on track?"), where(seat, "on_track"), link=True)
        if seat.is_guide
        else None,
        schedule=ActionButton(_("What is asked, and when"), where(seat, "schedule"), link=True)
        if may_set_schedule(seat)
        else None,
        back=address("overview:journey", seat.journey.id),
    )


@dataclass(frozen=True)
class FormPage:
    title: str
    stem: str
    licence_line: str
    last: str
    who_reads: str
    back: str


def form_page(seat: Seat, instrument: str, last: str, back: str = "") -> FormPage:
    if instrument in INSTRUMENTS:
        form = INSTRUMENTS[instrument]
        title, stem, line = str(form.name), str(form.stem), str(form.permission_line)
    else:
        mine = own_instrument(instrument)
        title, stem, line = mine.name, "", mine.licence_line
    line = "" if line is OWN else line
    who = visibility.sentence(seat, Visibility.OURS)
    return FormPage(title, stem, line, last, who, back or where(seat, "lines"))


def outcome_sentence(found: Scored) -> str:
    """What a form came to, said after it was kept. A score is not a diagnosis."""
    if found.total is None:
        count = len(found.missing)
        return (
            ngettext(
                "Saved. To get a total score, answer the question that is left.",
                "Saved. To get a total score, answer the %(count)s questions that are left.",
                count,
            )
            % {"count": count}
            if count
            else _("Saved. None of the questions asked counts towards a score, so there is no total.")
        )
    if found.band:
        return _("%(total)s points, %(band)s. A score is not a diagnosis.") % {
            "total": plain(found.total),
            "band": found.band,
        }
    return _("%(total)s points. A score is not a diagnosis.") % {"total": plain(found.total)}


@dataclass(frozen=True)
class InstrumentLine:
    name: str
    about: str
    url: str


def instrument_lines(found: list[ServiceFacts]) -> tuple[InstrumentLine, ...]:
    return tuple(
        InstrumentLine(
            each.instrument.name,
            _("version %(version)s, %(count)s questions, %(low)s to %(high)s")
            % {
                "version": each.version,
                "count": len(each.instrument.questions),
                "low": plain(each.instrument.min),
                "high": plain(each.instrument.max),
            },
            address("service_measures:renew", each.id),
        )
        for each in found
    )


@dataclass(frozen=True)
class Preview:
    """What was read of a file, before it is kept."""

    name: str
    ends: str
    questions: tuple[tuple[str, str, tuple[str, ...]], ...]
    left_out: tuple[str, ...]
    safety: str


def preview_of(instrument: OwnInstrument) -> Preview:
    ends = _("Scores from %(low)s to %(high)s.") % {
        "low": plain(instrument.min),
        "high": plain(instrument.max),
    }
    questions = tuple(
        (each.label, _answers(each), _beside(instrument, each)) for each in instrument.questions
    )
    return Preview(instrument.name, ends, questions, instrument.left_out, _safety_line(instrument))


def _answers(question: Question) -> str:
    if question.options:
        found = ", ".join(
            f"{option.text} ({plain(option.score)})" if question.scored else option.text
            for option in question.options
        )
        return found if question.scored else _("%(answers)s; not scored") % {"answers": found}
    return (
        f"{plain(question.low)}–{plain(question.high)}"
        if question.scored
        else _("in your own words, not scored")
    )


def _beside(instrument: OwnInstrument, question: Question) -> tuple[str, ...]:
    several = [_("You can choose several. Their scores are added.")] * (question.sort == "several")
    return (*(said.text for said in question.above), *asked_after(instrument, question), *several)


def _safety_line(instrument: OwnInstrument) -> str:
    """A mark is never missed in silence: without one it is said that nothing opens the safety path."""
    marked = instrument.risk_questions
    if not marked:
        return _(
            "No question is marked as a risk question. No answer to this questionnaire opens the "
            "help page or asks anyone to look at once."
        )
    return _(
        "An answer to these opens the help page and asks the practitioner to look at once: %(questions)s."
    ) % {"questions": "; ".join(f"“{each.label[:80]}” ({_risk(each)})" for each in marked)}


def _risk(question: Question) -> str:
    if question.options:
        return ", ".join(option.text for option in question.options if option.key in question.risk)
    up, down = question.risk_from, question.risk_down_to
    found = [_("%(number)s or more") % {"number": plain(up)}] if up is not None else []
    found += [_("%(number)s or less") % {"number": plain(down)}] if down is not None else []
    return ", ".join(found)


def target_lines(goals: Goals, series: dict[UUID, Series]) -> list[tuple[UUID, str, Series]]:
    return [
        (each.id, each.wording.difference, series[each.id]) for each in goals.targets if each.id in series
    ]
