"""What is shown, as a file for a spreadsheet: a text that a spreadsheet would take for a formula is made a text again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from alongside.journeys.kinds import KINDS

from .figures.catalogue import FIGURES
from .models import PublishedCell
from .star.months import first_day

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: object) -> str:
    """The text as a spreadsheet shows it and never runs it (OWASP, *CSV Injection*)."""
    written = str(text)
    return f"'{written}" if written.lstrip().startswith(STARTS_A_FORMULA) else written


def as_csv(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    file = io.StringIO()
    # a byte order mark, so that spreadsheets read names with accents
    file.write("\ufeff")
    csv.writer(file).writerows([harmless(value) for value in row] for row in rows)
    answer = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
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
