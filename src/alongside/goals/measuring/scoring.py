"""One way to score a form, whether it is shipped or a service's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from alongside.measures import own, questionnaires
from alongside.measures.questionnaires import INSTRUMENTS

from .queries import own_instrument


@dataclass(frozen=True, slots=True)
class Scored:
    total: Decimal | None
    band: str
    safety: bool
    missing: tuple[str, ...]


def scored(instrument: str, answers: Mapping[str, str]) -> Scored:
    """The score of these answers by the names of their questions; ValueError for an answer that isn't offered."""
    if instrument in INSTRUMENTS:
        found = questionnaires.score(instrument, {int(name): answer for name, answer in answers.items()})
        total = None if found.total is None else Decimal(found.total)
        missing = tuple(str(number) for number in found.missing)
        return Scored(total, str(found.band or ""), found.safety, missing)
    mine = own.score_own(own_instrument(instrument), answers)
    rounded = None if mine.total is None else mine.total.quantize(own.CENT)
    return Scored(rounded, mine.band, False, mine.missing)
