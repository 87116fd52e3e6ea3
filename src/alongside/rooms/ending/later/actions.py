"""Answering the question at a link."""

from __future__ import annotations

import datetime as dt

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import rules
from .queries import AnyLink, knows_guide

TRIES, REST = 5, dt.timedelta(hours=1)


@action("keepsake.link_refused")
def say_whom(*, link: AnyLink, said: str, seat: Seat, by: None) -> bool:
    """Say at a link whom one met; whether it is so. A wrong name is noted, and after five the link rests for an hour.

    Whoever tries many at once waits for their turn here: no name is looked at that would not be counted.
    """
    rows = type(link).objects.filter(id=link.id)
    link = rows.select_for_update().get()
    demand(rules.may_try(link))
    if knows_guide(seat, said):
        return True
    link.wrong += 1
    if link.wrong >= TRIES:
        link.wrong, link.rests_until = 0, now() + REST
    link.save(update_fields=["wrong", "rests_until"])
    record("keepsake.link_refused", subject=link, by=by, journey_id=seat.journey.id)
    return False
