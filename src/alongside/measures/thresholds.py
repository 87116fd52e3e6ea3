"""When a change counts: rows with a source and a version, because sources differ and services may choose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ImportanceRule:
    """When a change matters to people, apart from whether it is beyond measurement error.

    `important` needs all of its bounds, `minimal` any one of them. A share is of the baseline; where the
    baseline is 0 there is no share, and the points alone decide. A measure with a single minimal important
    difference has it as `minimal`; `important` is for a higher bar that a source really gives.
    """

    minimal_points: Decimal | None = None
    minimal_share: Decimal | None = None
    important_points: Decimal | None = None
    important_share: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The bounds a verdict on a change is made with; all comparisons are inclusive."""

    version: str
    source: str
    reliable_change: Decimal | None = None
    mdc: Decimal | None = None
    importance: ImportanceRule | None = None

    @property
    def reliable(self) -> Decimal | None:
        """The reliable change, or the minimal detectable change where the measure has no reliable change."""
        return self.mdc if self.reliable_change is None else self.reliable_change
