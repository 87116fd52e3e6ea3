"""Figures as a lead reads them: of all one's programmes together, and of one. One by itself: `figure.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from ..charts import Course, course
from ..disclosure import SMALL
from ..figures.catalogue import FIGURES, GROUPS, TODAY, Figure
from ..models import Programme, PublishedCell
from ..queries import ProgrammeSeat
from ..series import Point, of_figure
from ..star.months import first_day, last_complete, later, months_between
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
