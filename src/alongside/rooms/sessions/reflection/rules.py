"""Who may look back on how they helped: the guide of a meeting that was opened, for themselves alone."""

from __future__ import annotations

from alongside.journeys.rules import is_guide
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden

from ..record.queries import Table


def may_reflect(seat: Seat, table: Table) -> Verdict:
    """Also once the journey is over: what it taught a guide stays theirs."""
    return first_denial(is_guide(seat), ALLOWED if table.record else hidden())
