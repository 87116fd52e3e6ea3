"""What is shown, as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from alongside.journeys.kinds import KINDS
from alongside.ui.spreadsheets import table

from .figures.catalogue import FIGURES
from .models import PublishedCell
from .star.months import first_day


def as_csv(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    answer = HttpResponse(table(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def cell_rows(programme: str, cells: Iterable[PublishedCell]) -> list[tuple[object, ...]]:
    """One row for each figure, kind and month; what is hidden says so."""
    head = (_("Programme"), _("Figure"), _("Kind"), _("Month"), _("Per cent"), _("Of about"))
    rows: list[tuple[object, ...]] = [head]
    for cell in cells:
        figure = FIGURES.get(cell.figure)
        if figure is None:
            continue
        share = (
            str(round(100 * cell.numerator / cell.denominator))
            if cell.numerator is not None and cell.denominator
            else _("not shown")
        )
        of = _("hidden") if cell.denominator is None else str(cell.denominator)
        kind = str(KINDS[cell.kind].name) if cell.kind in KINDS else cell.kind
        rows.append((programme, figure.name, kind, first_day(cell.month).strftime("%Y-%m"), share, of))
    return rows
