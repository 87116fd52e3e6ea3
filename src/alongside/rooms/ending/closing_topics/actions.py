"""What can be said about the matters of an ending beside the words in their boxes."""

from __future__ import annotations

import datetime as dt

from alongside.journeys.kinds.shapes import Matter
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from ..record.actions import contribute, fresh, retract
from ..record.models import Saying
from ..record.queries import side_of
from ..record.states import Said
from . import rules


@action("ending.nothing_to_write")
def say_nothing(*, matter: Matter, by: Seat) -> Saying:
    """Say outright that there is nothing to write about a matter: it is an answer, not a gap."""
    by, ending = fresh(by)
    demand(rules.may_say_nothing(by, ending, matter))
    said = contribute(ending=ending, said=Said.NOTHING, side=side_of(by), about=matter.key, by=by)
    record("ending.nothing_to_write", subject=ending, by=by, matter=matter.key)
    return said


@action("ending.kept_until")
def say_how_long(*, until: dt.date | None, by: Seat) -> Saying:
    """Say until when the record is kept; None: as long as the agreement says. What was said before is taken back."""
    by, ending = fresh(by)
    demand(rules.may_say_how_long(by, ending) if until else rules.may_keep_as_agreed(by, ending))
    retract(ending=ending, said=Said.KEPT, by=by)
    said = contribute(ending=ending, said=Said.KEPT, side=side_of(by), on=until, by=by)
    record("ending.kept_until", subject=ending, by=by, until=until.isoformat() if until else "")
    return said
