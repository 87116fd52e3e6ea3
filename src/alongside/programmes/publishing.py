"""From the star to what may be shown: the only place in which true counts are held, and `disclosure` is the last step.

Nothing of a count is logged, and no error names one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import today
from alongside.people.models import Person

from .disclosure import Rule, publish_share
from .figures import spark as on_spark
from .figures.catalogue import FIGURES
from .figures.definition import Cell, Counts
from .figures.texts import text
from .models import Programme, PublishedCell, SmallNumbers
from .star import files
from .star.months import ZONE, last_complete
from .star.writing import star_folder, write_from_here, write_star


def publish_figures(*, spark: str = "") -> int:
    """Write the star anew and publish every figure of every programme, up to the last whole month; how many cells.

    By DuckDB in this process, or by the Spark at this address.
    """
    folder = star_folder()
    write_star(folder, last=last_complete(today(ZONE)))
    return replace_cells(counts=counts_in(folder, spark=spark), by=None)


def publish_here(folder: Path) -> None:
    """The same within this process and its transaction: for furnishing a demo, and for tests."""
    folder.mkdir(parents=True, exist_ok=True)
    write_from_here(folder, last=last_complete(today(ZONE)))
    replace_cells(counts=counts_in(folder), by=None)


def counts_in(folder: Path, *, spark: str = "") -> dict[Cell, Counts]:
    """The true counts of a star, by the SQL texts."""
    if spark:
        answers = on_spark.run({figure: text(figure, "spark") for figure in FIGURES}, folder, spark)
    else:
        answers = files.run({figure: text(figure) for figure in FIGURES}, folder)
    return {
        Cell(figure, programme, kind, int(month)): Counts(int(whole), int(part))
        for figure, rows in answers.items()
        for programme, kind, month, whole, part in rows
    }


@action(unrecorded_because="published figures are worked out anew each night from what is recorded")
def replace_cells(*, counts: Mapping[Cell, Counts], by: Person | None) -> int:
    """Put everything that may be shown in the place of what was shown before, all or nothing; how many cells it is."""
    programmes = {programme.id.hex: programme for programme in Programme.objects.all()}
    PublishedCell.objects.all().delete()
    made = PublishedCell.objects.bulk_create(_published(counts, programmes), batch_size=2_000)
    return len(made)


def _published(counts: Mapping[Cell, Counts], programmes: Mapping[str, Programme]) -> Iterable[PublishedCell]:
    for cell, true in sorted(counts.items()):
        programme = programmes.get(cell.programme)
        if programme is None:
            continue
        shown = publish_share(true.part, true.whole, _rule(programme))
        yield PublishedCell(
            programme_id=UUID(cell.programme),
            figure=cell.figure,
            kind=cell.kind,
            month=cell.month,
            denominator=shown.whole,
            numerator=shown.part,
        )


def _rule(programme: Programme) -> Rule:
    """A programme whose rule nobody knows is held to the stricter one."""
    return "opensafely" if programme.small_numbers == SmallNumbers.OPENSAFELY else "cms"
