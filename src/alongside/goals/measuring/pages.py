"""What the pages about measuring show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.measures.catalogue import OWN, measure
from alongside.measures.charts import Series, TableRow, sentence, table
from alongside.measures.numbers import plain
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.ui.acts import Act

from ..queries import Goals
from .pages_together import Together
from .queries import ServiceFacts, own_instrument
from .rules import may_fill_in
from .scoring import Scored


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
    alt = _("A chart of the readings from then to now; the sentence and the table beside it say the same.")
    return ChartView(label, alt, url, dark_url, sentence(series), table(series))


@dataclass(frozen=True)
class LinesPage:
    charts: tuple[ChartView, ...]
    together: tuple[Together, ...]
    forms: tuple[Act, ...]
    on_track: Act | None
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
            Act(str(measure(key).name), form_address(seat, "form", key), may_fill_in(seat, key), link=True)
            for key in offered
        ),
        on_track=Act(_("Is it on track?"), where(seat, "on_track"), link=True) if seat.is_guide else None,
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


def form_page(seat: Seat, instrument: str, last: str) -> FormPage:
    if instrument in INSTRUMENTS:
        form = INSTRUMENTS[instrument]
        title, stem, line = str(form.name), str(form.stem), str(form.permission_line)
    else:
        mine = own_instrument(instrument)
        title, stem, line = mine.name, "", mine.licence_line
    line = "" if line is OWN else line
    who = _("You and %(name)s can read this.") % {"name": seat.other.name}
    return FormPage(title, stem, line, last, who, where(seat, "lines"))


def outcome_sentence(found: Scored) -> str:
    """What a form came to, said after it was kept. A score is not a diagnosis."""
    if found.total is None:
        return _("Kept. %(count)s answers are still to come; without them there is no total.") % {
            "count": len(found.missing)
        }
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
    questions: tuple[tuple[str, str], ...]


def preview_of(instrument: Any) -> Preview:
    ends = _("Scores from %(low)s to %(high)s.") % {
        "low": plain(instrument.min),
        "high": plain(instrument.max),
    }
    questions = tuple(
        (
            each.text,
            ", ".join(f"{option.text} ({plain(option.score)})" for option in each.options)
            or (_("own words, not scored") if each.is_words else f"{plain(each.low)}–{plain(each.high)}"),
        )
        for each in instrument.questions
    )
    return Preview(instrument.name, ends, questions)


def target_lines(goals: Goals, series: dict[UUID, Series]) -> list[tuple[UUID, str, Series]]:
    return [
        (each.id, each.wording.difference, series[each.id]) for each in goals.targets if each.id in series
    ]
