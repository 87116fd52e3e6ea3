"""Saying how it is today, or why it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from alongside.goals.actions import take_reading
from alongside.goals.models import Source, Target
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.rooms.first_meeting.actions import take_picture
from alongside.rooms.first_meeting.states import Moment

from ..record.actions import contribute, fresh, retract
from ..record.models import Ending, Saying
from ..record.queries import side_of
from ..record.rules import SAY_WHY
from ..record.states import Said
from . import rules


@action("ending.looked_at_today")
def look_at_today(
    *, entries: Mapping[UUID, tuple[int, str]], readings: Mapping[Target, Decimal], by: Seat
) -> Ending:
    """Say how it is today: a picture to lay beside the first one, and last readings of what has a measure."""
    by, ending = fresh(by)
    demand(rules.may_look_at_today(by, ending))
    if entries:
        take_picture(entries=entries, moment=Moment.NOW, by=by)
        retract(ending=ending, said=Said.NO_PICTURE, by=by)
    for target, value in readings.items():
        take_reading(target=target, value=value, source=Source.ENDING, by=by)
    record("ending.looked_at_today", subject=ending, by=by, entries=len(entries), readings=len(readings))
    return ending


@action("ending.picture_left_out")
def leave_picture_out(*, reason: str, by: Seat) -> Saying:
    """Leave today's picture out, and say why: it is never skipped silently."""
    by, ending = fresh(by)
    demand(rules.may_leave_picture_out(by, ending))
    if not reason.strip():
        raise NotThisMoment(SAY_WHY)
    said = contribute(ending=ending, said=Said.NO_PICTURE, side=side_of(by), word=reason, by=by)
    record("ending.picture_left_out", subject=ending, by=by)
    return said
