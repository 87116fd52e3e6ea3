"""Every figure as an Ibis expression over the star, from which the SQL texts in `sql/` are compiled.

Only this file and the tests need Ibis, which is installed with the tools of development:
`python -m alongside.programmes.figures.expressions` writes the texts anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

import ibis
from ibis import _
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from ..star.making import DECIDED_DAYS, FIRST_MEETING_DAYS, HANDOVER_DAYS
from ..star.rows import ROWS
from .texts import DIALECTS, FOLDER

TYPES = {
    "str": "!string",
    "int": "!int64",
    "bool": "!boolean",
    "int | None": "int64",
    "bool | None": "boolean",
}


def table(name: str) -> Any:
    """One table of the star, as it is declared in `rows`."""
    hints = {column: _type(hint) for column, hint in get_type_hints(ROWS[name]).items()}
    return ibis.table({column: TYPES[hint] for column, hint in hints.items()}, name=name)


def _type(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) else str(hint)


MET = _.days_since_met.notnull()
FIRST = _.held & _.first
ENDED = _.how != "transferred"
FINISHED = (_.kind == "treatment") & (_.contacts >= 2) & ENDED
AT_CASENESS = FINISHED & _.case_at_start.fill_null(True)
RECOVERED = _.recovered.fill_null(False)
IMPROVED = _.change == "improvement"


def _due(sort: str, most: int) -> tuple[str, Any, Any]:
    return "dues", _.sort == sort, _.days <= most


# by figure: the table, what is in the whole, and what of that is in the part
PARTS: Mapping[str, tuple[str, Any, Any]] = {
    "agreement": ("months", ibis.literal(True), _.agreed),
    "met_lately": ("months", MET, _.days_since_met * 2 <= _.every_days * 3),
    "met_within_twice": ("months", MET, _.days_since_met <= _.every_days * 2),
    "drifted": ("months", MET, (_.days_since_met > _.every_days * 2) & ~_.booked),
    "prepared_both": ("meetings", FIRST, _.sides_prepared == 2),
    "prepared_someone": ("meetings", FIRST, _.sides_prepared >= 1),
    "prepared": ("meetings", _.held, _.prepared),
    "protected": ("meetings", _.held & _.protected.notnull(), _.protected),
    "missed": ("meetings", ibis.literal(True), _.missed),
    "measured": ("meetings", _.held & _.measured.notnull(), _.measured),
    "questionnaires": ("meetings", _.held & _.questionnaires.notnull(), _.questionnaires),
    "first_meeting": _due("first_meeting", FIRST_MEETING_DAYS),
    "agreement_review": _due("agreement_review", 0),
    "suggested_review": _due("suggested_review", DECIDED_DAYS),
    "follow_up": _due("follow_up", FIRST_MEETING_DAYS),
    "handover": _due("handover", HANDOVER_DAYS),
    "ended_well": ("endings", ENDED, _.closed & _.support & _.taken_along),
    "ended_support": ("endings", ENDED, _.support),
    "ended_early": ("endings", ENDED, _.how == "ended_early"),
    "goal_reached": ("endings", ENDED & (_.goals > 0), _.goals_reached > 0),
    "tt_recovery": ("endings", AT_CASENESS, RECOVERED),
    "tt_reliable_recovery": ("endings", AT_CASENESS, RECOVERED & IMPROVED),
    "tt_improvement": ("endings", FINISHED, IMPROVED),
    "tt_improvement_paired": ("endings", FINISHED & _.paired, IMPROVED),
    "tt_deterioration": ("endings", FINISHED, _.change == "deterioration"),
}


def expression(figure: str) -> Any:
    """The whole and the part of every programme, kind and month, in order."""
    name, whole, part = PARTS[figure]
    keys = ("programme", "kind", "month")
    return (
        table(name)
        .filter(whole)
        .group_by(*keys)
        .aggregate(whole=_.count(), part=part.fill_null(False).cast("int64").sum())
        .order_by(*keys)
    )


def texts() -> dict[Path, str]:
    """Each text with the file it belongs into."""
    # asked of the compilers themselves, as Spark's backend cannot be imported where there is no Spark
    compilers = {"duckdb": DuckDBCompiler(), "spark": PySparkCompiler()}
    return {
        FOLDER / dialect / f"{figure}.sql": _text(compilers[dialect], expression(figure))
        for dialect in DIALECTS
        for figure in PARTS
    }


def _text(compiler: Any, made: Any) -> str:
    return str(compiler.to_sqlglot(made.unbind()).sql(dialect=compiler.dialect, pretty=True)) + "\n"


if __name__ == "__main__":
    for file, text in texts().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
