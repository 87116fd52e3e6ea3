"""Figures as a lead reads them: of all one's programmes, of one programme, and one figure by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..charts import Course, Funnel, Process, course, funnel_chart, funnel_points, process
from ..disclosure import SMALL
from ..figures.catalogue import FIGURES, GROUPS, TODAY, Figure
from ..models import Programme, PublishedCell
from ..queries import ProgrammeSeat
from ..series import Point, of_figure, together
from ..star.months import first_day, last_complete, later, months_between
from ..statistics import FEWEST_IN_A_CHART, FEWEST_IN_A_FUNNEL, Signal, wilson, xmr
from .manage import Looked, ProgrammeLine, about, line_of, url_of

SHOWN = 12
LONGER = 24


def months_shown(today: dt.date, count: int = SHOWN) -> list[int]:
    """The last so many whole months, oldest first."""
    last = last_complete(today)
    return months_between(later(last, 1 - count), last)


def month_name(month: int, style: str = "F Y") -> str:
    return formats.date_format(first_day(month), style)


def number(value: int) -> str:
    """A number as people write it: 1,250."""
    return formats.number_format(value, force_grouping=True)


@dataclass(frozen=True)
class MonthRow:
    month: str
    share: str
    of: str


@dataclass(frozen=True)
class FigureLine:
    """One figure in a list: its value now, its line over a year, the sentence, and the table behind it."""

    key: str
    name: str
    url: str
    value: str
    when: str
    sentence: str
    course: Course
    first: str
    last: str
    rows: tuple[MonthRow, ...]
    is_less: bool
    """Less is better."""


def figure_line(figure: Figure, points: Sequence[Point], url: str) -> FigureLine:
    shown = [point for point in points if point.state == "shown"]
    latest = shown[-1] if shown else None
    return FigureLine(
        key=figure.key,
        name=str(figure.name),
        url=url,
        value=f"{latest.percent}%" if latest else "–",
        when=month_name(latest.month) if latest else "",
        sentence=course_sentence(points),
        course=course([point.share for point in points]),
        first=month_name(points[0].month, "M Y"),
        last=month_name(points[-1].month, "M Y"),
        rows=tuple(map(month_row, reversed(points))),
        is_less=not figure.more_is_better,
    )


def course_sentence(points: Sequence[Point]) -> str:
    """The line in words."""
    shown = [point for point in points if point.state == "shown"]
    if not shown:
        return _nothing_shown(points)
    first, last = shown[0], shown[-1]
    facts = {
        "first": f"{first.percent}%",
        "last": f"{last.percent}%",
        "since": month_name(first.month),
        "until": month_name(last.month),
        "whole": number(last.whole),
    }
    if len(shown) == 1:
        return _("%(last)s of about %(whole)s in %(until)s.") % facts
    if first.percent == last.percent:
        return _("%(last)s of about %(whole)s in %(until)s, the same as in %(since)s.") % facts
    return _("%(last)s of about %(whole)s in %(until)s; %(first)s in %(since)s.") % facts


def _nothing_shown(points: Sequence[Point]) -> str:
    states = {point.state for point in points}
    if "whole" in states:
        return _("No share is shown: it is none or all of them, or too few to tell.")
    if "hidden" in states:
        return _("Too few to show. Small numbers are hidden, so that no figure tells of one person.")
    return _("Nothing to count in these months.")


def month_row(point: Point) -> MonthRow:
    shares = {
        "shown": f"{point.percent}%",
        "whole": _("not shown"),
        "hidden": _("hidden"),
        "nothing": _("nothing to count"),
    }
    of = _("about %(whole)s") % {"whole": number(point.whole)} if point.whole else ""
    return MonthRow(month_name(point.month), shares[point.state], of)


@dataclass(frozen=True)
class LeadToday:
    """The six figures that matter, over all programmes one leads."""

    title: str
    until: str
    lines: tuple[FigureLine, ...]
    programmes: tuple[ProgrammeLine, ...]
    is_empty: bool


def lead_today(programmes: Sequence[Programme], cells: Sequence[PublishedCell], today: dt.date) -> LeadToday:
    months = months_shown(today)
    open_ones = [each for each in programmes if not each.closed_at]
    only = open_ones[0] if len(open_ones) == 1 else None
    return LeadToday(
        title=str(only.name) if only else _("All your programmes together"),
        until=_("Whole months, to the end of %(month)s") % {"month": month_name(months[-1])},
        lines=tuple(
            figure_line(
                FIGURES[key],
                of_figure(cells, key, months),
                url_of(only, "figure", key) if only else reverse("programmes:together", args=[key]),
            )
            for key in TODAY
        ),
        programmes=() if only else tuple(map(line_of, open_ones)),
        is_empty=not cells,
    )


@dataclass(frozen=True)
class FigureGroup:
    key: str
    title: str
    lines: tuple[FigureLine, ...]
    empty: str
    """The figures for which there was nothing to count, in one sentence."""


@dataclass(frozen=True)
class ProgrammePage:
    title: str
    about: str
    closed: str
    sees_figures: bool
    until: str
    groups: tuple[FigureGroup, ...]
    is_empty: bool
    small_numbers: str
    looked: Looked
    csv: str


def programme_page(
    seat: ProgrammeSeat, cells: Sequence[PublishedCell], looked: Looked, today: dt.date
) -> ProgrammePage:
    programme, months = seat.programme, months_shown(today)
    groups = _groups(cells, months, programme.kinds, lambda key: url_of(programme, "figure", key))
    return ProgrammePage(
        title=str(programme.name),
        about=about(programme),
        closed=_("This programme is closed. Its figures stay here.") if programme.closed_at else "",
        sees_figures=seat.is_lead,
        until=_("Whole months, to the end of %(month)s") % {"month": month_name(months[-1])},
        groups=groups if seat.is_lead else (),
        is_empty=not cells,
        small_numbers=small_numbers(programme),
        looked=looked,
        csv=url_of(programme, "csv"),
    )


def _groups(
    cells: Sequence[PublishedCell], months: Sequence[int], kinds: Iterable[str], url: Callable[[str], str]
) -> tuple[FigureGroup, ...]:
    found = []
    for key, title in GROUPS.items():
        courses = [
            (figure, of_figure(cells, figure.key, months))
            for figure in FIGURES.values()
            if figure.group == key and (not figure.kinds or set(figure.kinds) & set(kinds))
        ]
        counted = [each for each in courses if any(point.state != "nothing" for point in each[1])]
        lines = tuple(figure_line(figure, points, url(figure.key)) for figure, points in counted)
        names = ", ".join(str(each[0].name) for each in courses if each not in counted)
        empty = _("Nothing to count in these months: %(names)s.") % {"names": names} if names else ""
        if courses:
            found.append(FigureGroup(key, str(title), lines, empty))
    return tuple(found)


def small_numbers(programme: Programme) -> str:
    facts = {"most": SMALL[programme.small_numbers]}
    return (
        _(
            "Numbers from 1 to %(most)s are hidden and all others rounded to 5. A share of none or all is not shown. "
            "Totals are sums of what is shown. So no figure tells of one person."
        )
        % facts
    )


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


ENOUGH_FOR_A_DECIMAL = 1_000


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


Beside = tuple[Sequence[Programme], Sequence[PublishedCell]]
"""Programmes to lay beside each other, with the cells of all of them."""


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
