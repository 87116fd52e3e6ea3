"""The four rates that NHS Talking Therapies in England publish, from counts of courses.

The outcome of one course is `alongside.measures.talking_therapies.outcome`.
"""

from __future__ import annotations

from typing import NamedTuple


class Rates(NamedTuple):
    """Percentages, unrounded, 0 to 100; None where nobody is counted in the denominator."""

    recovery: float | None
    """M192: of those who finished and were a case at the start, how many recovered."""
    reliable_recovery: float | None
    """M195: the same for those who recovered and improved reliably."""
    improvement: float | None
    """M186: of **all** who finished, how many improved reliably."""
    deterioration: float | None
    """M1010: of all who finished, how many got reliably worse."""


def rates(
    finished: int, not_at_caseness: int, recovered: int, reliably_recovered: int, improved: int, worse: int
) -> Rates:
    """The published rates of a period from its counts of finished courses.

    A course is finished when it was discharged in the period after at least two attended treatment contacts. The
    denominator of both recoveries is finished minus not at caseness, not "at caseness": a course with neither flag still
    counts. Improvement and deterioration divide by all finished courses, also those without paired scores.
    Source: nhsengland/Talking-Therapies (SQL of the dashboards). ValueError where a count is below 0 or more were not at
    caseness than finished.
    """
    if min(finished, not_at_caseness, recovered, reliably_recovered, improved, worse) < 0:
        raise ValueError("A count is never below 0.")
    cases = finished - not_at_caseness
    if cases < 0:
        raise ValueError(f"{not_at_caseness} of {finished} finished courses cannot have been below caseness.")
    return Rates(
        recovery=_percent(recovered, cases),
        reliable_recovery=_percent(reliably_recovered, cases),
        improvement=_percent(improved, finished),
        deterioration=_percent(worse, finished),
    )


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
