"""Every place where words of a person may lie: tables in the database, and what lies elsewhere.

This is the one list. Erasure walks it, and so does the end of keeping; a test walks all models, all folders and caches,
and fails for what is not named. Whoever adds a place adds it here.
"""

from .elsewhere import ELSEWHERE, Elsewhere
from .table import Table, Words
from .tables import TABLES

__all__ = ["ELSEWHERE", "TABLES", "Elsewhere", "Table", "Words", "table_of"]


def table_of(label: str) -> Table | None:
    """What is said of one table, by its label; None where nobody has said."""
    return _BY_LABEL.get(label)


_BY_LABEL = {table.label: table for table in TABLES}
