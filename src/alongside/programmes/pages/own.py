"""A guide's own coverage: true numbers, because they know everyone in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..figures.catalogue import FIGURES, GROUPS, Figure
from ..figures.definition import OF_MONTHS, Cell, Counts
from ..star.months import last_complete
from .figures import month_name, months_shown


@dataclass(frozen=True)
class OwnLine:
    name: str
    value: str
    counted: str
    of: str


@dataclass(frozen=True)
class OwnGroup:
    key: str
    title: str
    lines: tuple[OwnLine, ...]


@dataclass(frozen=True)
class OwnPage:
    lead: str
    groups: tuple[OwnGroup, ...]


STOCK = frozenset(OF_MONTHS)
"""Figures of the last day of a month; the others are of all that happened in the year."""


def own_page(counts: Mapping[Cell, Counts], today: dt.date) -> OwnPage:
    last, year = last_complete(today), frozenset(months_shown(today))
    lead = _(
        "Your own journeys, exact, because you know them. Nobody else sees this page. At the end of %(month)s, or in "
        "the 12 months until then."
    ) % {"month": month_name(last)}
    groups = []
    for key, title in GROUPS.items():
        lines = [
            _line(figure, _sum(counts, figure, frozenset({last}) if figure.key in STOCK else year))
            for figure in FIGURES.values()
            if figure.group == key
        ]
        if known := tuple(line for line in lines if line):
            groups.append(OwnGroup(key, str(title), known))
    return OwnPage(lead, tuple(groups))


def _sum(counts: Mapping[Cell, Counts], figure: Figure, months: frozenset[int]) -> Counts:
    found = [both for cell, both in counts.items() if cell.figure == figure.key and cell.month in months]
    return Counts(sum(both.whole for both in found), sum(both.part for both in found))


def _line(figure: Figure, both: Counts) -> OwnLine | None:
    if not both.whole:
        return None
    value = _("%(part)s of %(whole)s") % {"part": both.part, "whole": both.whole}
    return OwnLine(str(figure.name), value, str(figure.counted), str(figure.of))
