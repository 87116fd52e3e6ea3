"""Each figure in plain Python, over the rows of the star: what is in its whole, and what of that is in its part.

This is the definition. The SQL that is run over many journeys is held equal to it, row by row, in the tests; a guide's
own coverage is worked out by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..star.making import DECIDED_DAYS, FIRST_MEETING_DAYS, HANDOVER_DAYS
from ..star.rows import DueRow, EndingRow, MeetingRow, MonthRow, Tables


class Cell(NamedTuple):
    figure: str
    programme: str
    kind: str
    month: int


class Counts(NamedTuple):
    """True counts: they go into `disclosure` and nowhere else."""

    whole: int
    part: int


Answer = bool | None
"""None: not in the whole; else whether in the part."""


def _met_within(row: MonthRow, halves: int) -> Answer:
    if row.days_since_met is None:
        return None
    return row.days_since_met * 2 <= row.every_days * halves


def _drifted(row: MonthRow) -> Answer:
    if row.days_since_met is None:
        return None
    return row.days_since_met > row.every_days * 2 and not row.booked


def _within(sort: str, most: int) -> Callable[[DueRow], Answer]:
    def answer(row: DueRow) -> Answer:
        return None if row.sort != sort else row.days is not None and row.days <= most

    return answer


def _ended(row: EndingRow, answer: bool) -> Answer:
    return None if row.how == "transferred" else answer


def _finished(row: EndingRow) -> bool:
    """Discharged after at least two attended contacts; whoever goes on with another guide is not discharged."""
    return row.kind == "treatment" and row.contacts >= 2 and row.how != "transferred"


def _recovery(row: EndingRow, answer: bool) -> Answer:
    """Of all who finished but those known to have been no case: whoever has no scores still counts."""
    return None if not _finished(row) or row.case_at_start is False else answer


OF_MONTHS: dict[str, Callable[[MonthRow], Answer]] = {
    "agreement": lambda row: row.agreed,
    "met_lately": lambda row: _met_within(row, 3),
    "met_within_twice": lambda row: _met_within(row, 4),
    "drifted": _drifted,
}
OF_MEETINGS: dict[str, Callable[[MeetingRow], Answer]] = {
    "prepared_both": lambda row: row.sides_prepared == 2 if row.first else None,
    "prepared_someone": lambda row: row.sides_prepared >= 1 if row.first else None,
    "prepared": lambda row: row.prepared if row.held else None,
    "protected": lambda row: row.protected if row.held else None,
    "missed": lambda row: row.missed,
    "measured": lambda row: row.measured if row.held else None,
    "questionnaires": lambda row: row.questionnaires if row.held else None,
}
OF_DUES: dict[str, Callable[[DueRow], Answer]] = {
    "first_meeting": _within("first_meeting", FIRST_MEETING_DAYS),
    "agreement_review": _within("agreement_review", 0),
    "suggested_review": _within("suggested_review", DECIDED_DAYS),
    "follow_up": _within("follow_up", FIRST_MEETING_DAYS),
    "handover": _within("handover", HANDOVER_DAYS),
}
OF_ENDINGS: dict[str, Callable[[EndingRow], Answer]] = {
    "ended_well": lambda row: _ended(row, row.closed and row.support and row.taken_along),
    "ended_support": lambda row: _ended(row, row.support),
    "ended_early": lambda row: _ended(row, row.how == "ended_early"),
    "goal_reached": lambda row: _ended(row, row.goals_reached > 0) if row.goals else None,
    "tt_recovery": lambda row: _recovery(row, row.recovered is True),
    "tt_reliable_recovery": lambda row: _recovery(row, row.recovered is True and row.change == "improvement"),
    "tt_improvement": lambda row: row.change == "improvement" if _finished(row) else None,
    "tt_improvement_paired": lambda row: (
        row.change == "improvement" if _finished(row) and row.paired else None
    ),
    "tt_deterioration": lambda row: row.change == "deterioration" if _finished(row) else None,
}


def counts_of(tables: Tables) -> dict[Cell, Counts]:
    """Every figure of every programme, kind and month in which its whole is not empty."""
    found: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for rows, answers in (
        (tables.months, OF_MONTHS),
        (tables.meetings, OF_MEETINGS),
        (tables.dues, OF_DUES),
        (tables.endings, OF_ENDINGS),
    ):
        _count(found, rows, answers)
    return {cell: Counts(*both) for cell, both in found.items()}


def _count(found: dict[Cell, list[int]], rows: Iterable[Any], answers: dict[str, Callable]) -> None:
    for row in rows:
        for figure, answer in answers.items():
            said = answer(row)
            if said is not None:
                both = found[Cell(figure, row.programme, row.kind, row.month)]
                both[0] += 1
                both[1] += said
