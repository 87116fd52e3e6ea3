"""What stands on a meeting's pages for some who read them: cases on the agenda; for the guide, what is theirs alone.

The page of a meeting is opened often, and by both. What is the guide's alone is worked out at an address of its own
(`on_track`), which the page asks for once it is shown; without JavaScript it is a link.
"""

from __future__ import annotations

from typing import Any

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address

from ..on_track.rules import is_looked_at
from ..record.queries import Table
from ..reflection.rules import may_reflect
from ..supervision_cases.queries import cases_at
from ..supervision_cases.table_pages import cases_here


def beside(seat: Seat, table: Table) -> dict[str, Any]:
    """One query where cases are heard, none elsewhere."""
    alone = address("track:review", seat.journey.id, table.number) if is_looked_at(seat, table) else ""
    return {"cases": cases_here(seat, cases_at(seat, table), table), "alone_url": alone}


def own_look_back(seat: Seat, table: Table) -> str:
    """Where the guide looks back on how they helped; "" for everybody else."""
    return address("reflecting:reflect", seat.journey.id, table.number) if may_reflect(seat, table) else ""
