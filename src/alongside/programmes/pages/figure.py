"""One figure by itself: its course, what stands out in it, and programmes and sites beside each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..charts import Funnel, Process, funnel_chart, funnel_points, process
from ..figures.catalogue import Figure
from ..models import Programme, PublishedCell
from ..series import Point, of_figure, together
from ..statistics import FEWEST_IN_A_CHART, FEWEST_IN_A_FUNNEL, Signal, wilson, xmr
from .figures import (
    LONGER,
    SHOWN,
    MonthRow,
    course_sentence,
    month_name,
    month_row,
    months_shown,
    number,
    small_numbers,
)
from .manage import url_of

Beside = tuple[Sequence[Programme], Sequence[PublishedCell]]
"""Programmes to lay beside each other, with the cells of all of them."""

ENOUGH_FOR_A_DECIMAL = 1_000


@dataclass(frozen=True)
class Told:
    """A point that stands out, in words."""

    month: str
    word: str


SIGNALS: dict[Signal, object] = {
    "outside": gettext_lazy("outside the limits"),
    "trend": gettext_lazy("seven in a row going one way"),
    "two_of_three": gettext_lazy("two of three close to a limit"),
    "shift": gettext_lazy("seven in a row on one side of the average"),
}


@dataclass(frozen=True)
class FunnelPart:
    label: str
    picture: Funnel | None
    sentence: str
    percents: tuple[tuple[str, str, int, bool], ...]


@dataclass(frozen=True)
class FigurePage:
    eyebrow: str
    title: str
    code: str
    counted: str
    of: str
    direction: str
    value: str
    value_of: str
    interval: str
    picture: Process | None
    sentence: str
    stands_out: tuple[Told, ...]
    trial: str
    rows: tuple[MonthRow, ...]
    by_programme: FunnelPart | None
    by_site: FunnelPart | None
    small_numbers: str
    back: str
    csv: str


def figure_page(
    figure: Figure,
    programmes: Sequence[Programme],
    cells: Sequence[PublishedCell],
    today: dt.date,
    *,
    only: Programme | None,
    beside: Beside,
) -> FigurePage:
    """One figure of one programme (`only`), or of several together; beside it all that one leads."""
    months = months_shown(today, LONGER)
    points = of_figure(cells, figure.key, months)
    year = together(points[-SHOWN:])
    known = [point for point in points if point.state == "shown"]
    told = xmr([100 * (point.share or 0) for point in known]) if known else None
    labels = [month_name(month, "M y") for month in months]
    strict = next((each for each in programmes if each.small_numbers == "cms"), programmes[0])
    return FigurePage(
        eyebrow=str(only.name) if only else _("All your programmes together"),
        title=str(figure.name),
        code=figure.code,
        counted=str(figure.counted),
        of=str(figure.of),
        direction=_("More is better.") if figure.more_is_better else _("Less is better."),
        value=_value(figure, year),
        value_of=_("of about %(whole)s in 12 months") % {"whole": number(year.whole)} if year.whole else "",
        interval=_interval(year),
        picture=process([point.share for point in points], labels, told) if told and len(known) > 1 else None,
        sentence=course_sentence(points),
        stands_out=stands_out(known, told.signals if told else {}),
        trial=_trial(len(known)),
        rows=tuple(map(month_row, reversed(points))),
        by_programme=_funnel(
            _("Your programmes beside each other"), lambda each: str(each.name), figure, beside, months
        ),
        by_site=_funnel(_("Sites beside each other"), lambda each: str(each.site), figure, beside, months),
        small_numbers=small_numbers(strict),
        back=url_of(only) if only else reverse("overview:today"),
        csv=url_of(only, "figure_csv", figure.key) if only else "",
    )


def _value(figure: Figure, year: Point) -> str:
    """A figure that is published elsewhere has its decimal, as there, once there are enough for it to mean something."""
    if year.share is None:
        return "–"
    if figure.code and year.whole >= ENOUGH_FOR_A_DECIMAL:
        return f"{formats.number_format(round(100 * year.share, 1), decimal_pos=1)}%"
    return f"{year.percent}%"


def stands_out(known: Sequence[Point], signals: Mapping[int, Signal]) -> tuple[Told, ...]:
    """The months that stand out; those in a row that say the same in one line."""
    runs: list[tuple[list[int], Signal]] = []
    for place, signal in signals.items():
        if runs and runs[-1][1] == signal and runs[-1][0][-1] == place - 1:
            runs[-1][0].append(place)
        else:
            runs.append(([place], signal))
    return tuple(
        Told(_span(known[places[0]].month, known[places[-1]].month), str(SIGNALS[signal]))
        for places, signal in runs
    )


def _span(first: int, last: int) -> str:
    if first == last:
        return month_name(first)
    return _("%(first)s to %(last)s") % {"first": month_name(first), "last": month_name(last)}


def _interval(year: Point) -> str:
    if year.state != "shown":
        return ""
    low, high = wilson(year.part, year.whole)
    return _("With this many, the true share is likely to lie between %(low)s%% and %(high)s%%.") % {
        "low": round(100 * low),
        "high": round(100 * high),
    }


def _trial(known: int) -> str:
    if not known or known >= FEWEST_IN_A_CHART:
        return ""
    return ngettext(
        "Only %(known)s month is shown, so the limits are provisional.",
        "Only %(known)s months are shown, so the limits are provisional.",
        known,
    ) % {"known": known}


def _funnel(
    label: str, name_of: Callable[[Programme], str], figure: Figure, beside: Beside, months: Sequence[int]
) -> FunnelPart | None:
    """Programmes, or sites, beside each other over a year; nothing where there are not two to compare."""
    programmes, cells = beside
    year = months[-SHOWN:]
    named: dict[str, list[Programme]] = {}
    for programme in programmes:
        if name := name_of(programme):
            named.setdefault(name, []).append(programme)
    if len(named) < 2:
        return None
    sums = []
    for name, theirs in sorted(named.items()):
        ids = {programme.id for programme in theirs}
        of_them = [cell for cell in cells if cell.programme_id in ids]
        total = together(of_figure(of_them, figure.key, year))
        if total.state == "shown":
            sums.append((name, total.whole, total.part))
    pooled, points = funnel_points(sums)
    if len(points) < 2:
        sentence = _(
            "Each needs at least %(fewest)s to be compared; fewer would be allowed nearly anything by chance."
        )
        return FunnelPart(label, None, sentence % {"fewest": FEWEST_IN_A_FUNNEL}, ())
    outside = [point.name for point in points if point.outside]
    sentence = (
        _("Outside what chance would do: %(names)s.") % {"names": ", ".join(outside)}
        if outside
        else _("All of them differ no more than chance would make them.")
    )
    rows = tuple(
        (point.name, number(point.whole), round(100 * point.share), point.outside) for point in points
    )
    return FunnelPart(label, funnel_chart(pooled, points), sentence, rows)
