"""Measures made of several ratings by one person: chosen activities (PSFS) and goals, each from 0 to 10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .catalogue import Measure, measure
from .change import Change, classify
from .thresholds import Thresholds

MOST = {"psfs": 5}
"""How many ratings one mean may be made of, where the measure says so."""
SINGLE_ACTIVITY = Thresholds(
    version="1",
    source="MDC90 of a single activity 3 (to be confirmed)",
    mdc=Decimal(3),
    importance=measure("psfs").mcid,
)
"""The bounds for one activity alone; the row in the catalogue is for the mean of several."""


def mean(ratings: Mapping[str, object], measure_key: str = "psfs") -> Decimal | None:
    """The mean of what is rated, unrounded; None when nothing is. What is not rated is left out, never 0."""
    instrument = measure(measure_key)
    most = MOST.get(measure_key, len(ratings))
    if len(ratings) > most:
        raise ValueError(_("Please choose at most %(most)s.") % {"most": most})
    rated = [instrument.clean(each) for each in ratings.values() if each is not None]
    return sum(rated, Decimal(0)) / len(rated) if rated else None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two sets of ratings over what was rated both times; what could not be compared is named."""

    first: Decimal | None
    latest: Decimal | None
    change: Change | None
    used: tuple[str, ...]
    left_out: tuple[str, ...]


def compare(
    first: Mapping[str, object],
    latest: Mapping[str, object],
    measure_key: str = "psfs",
    thresholds: Thresholds | None = None,
) -> Compared:
    """Compare only what was rated both times. Names are the frozen wordings: a new wording is a new name."""
    instrument: Measure = measure(measure_key)
    names = list(dict.fromkeys((*first, *latest)))
    used = tuple(name for name in names if first.get(name) is not None and latest.get(name) is not None)
    then = mean({name: first[name] for name in used}, measure_key)
    now = mean({name: latest[name] for name in used}, measure_key)
    return Compared(
        first=then,
        latest=now,
        change=None if then is None or now is None else classify(instrument, then, now, thresholds),
        used=used,
        left_out=tuple(name for name in names if name not in used),
    )
