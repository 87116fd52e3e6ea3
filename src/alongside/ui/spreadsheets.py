"""Tables as files for a spreadsheet: a text that a spreadsheet would take for a formula is made a text again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: object) -> str:
    """The text as a spreadsheet shows it and never runs it (OWASP, *CSV Injection*)."""
    written = str(text)
    return f"'{written}" if written.lstrip().startswith(STARTS_A_FORMULA) else written


def table(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV."""
    file = io.StringIO()
    # a byte order mark, so that spreadsheets read names with accents
    file.write("\ufeff")
    csv.writer(file).writerows([harmless(value) for value in row] for row in rows)
    return file.getvalue()
