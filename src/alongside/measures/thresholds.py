"""When a change counts: rows with a source and a version, because sources differ and services may choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .numbers import number_from


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

    version: str = "given"
    source: str = "given by whoever asked"
    reliable_change: Decimal | None = None
    mdc: Decimal | None = None
    importance: ImportanceRule | None = None

    @property
    def reliable(self) -> Decimal | None:
        """The reliable change, or the minimal detectable change where the measure has no reliable change."""
        return self.mdc if self.reliable_change is None else self.reliable_change

    def overridden(self, given: Mapping[str, object]) -> Thresholds:
        """These bounds with some put in their place by name: numbers, a source, a version. None takes one away."""
        unknown = set(given) - {
            "reliable_change",
            "mdc",
            "importance",
            "mcid",
            "source",
            "version",
            "case_cutoff",
        }
        if unknown:
            raise ValueError(f"There is no threshold called {', '.join(sorted(unknown))}.")
        words = {"version": "given", "source": "given by whoever asked"}
        words |= {name: str(given[name]) for name in words if name in given}
        return Thresholds(
            **words,
            reliable_change=_bound(given.get("reliable_change", self.reliable_change)),
            mdc=_bound(given.get("mdc", self.mdc)),
            importance=_rule(given.get("importance", given.get("mcid", self.importance))),
        )


def _bound(value: object) -> Decimal | None:
    return None if value is None else number_from(value)


def _rule(value: object) -> ImportanceRule | None:
    """A single number of points is the smallest change that matters."""
    if value is None or isinstance(value, ImportanceRule):
        return value
    return ImportanceRule(minimal_points=number_from(value))
