"""What is done about missed meetings."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import AfterMissed
from alongside.kernel.clock import now
from alongside.people.models import Person

from ..models import CallToMake, Meeting
from .mailboxes import address_of

THE_SAME_DAY = dt.timedelta(days=1)
"""Noted later than that, nobody gets an email about it any more: then the guide calls, or they talk when they meet."""


def what_follows(seat: Seat, meeting: Meeting) -> AfterMissed | None:
    """What is done about this meeting once its guide notes that it was missed; None where nothing was agreed.

    Whoever has no address, or would get the email on another day, is called.
    """
    chosen = seat.journey.after_missed
    if not chosen or not seat.is_guide:
        return None
    if chosen == AfterMissed.EMAIL:
        too_old = meeting.ends_at < now() - THE_SAME_DAY
        return AfterMissed.CALL if too_old or not address_of(seat.participant.person) else AfterMissed.EMAIL
    return AfterMissed(chosen)


def call_for(actor: Person, *, journey_id: UUID, meeting_id: UUID) -> tuple[Seat, CallToMake] | None:
    """The door's find for a call about one missed meeting."""
    found = seat_for(actor, journey_id=journey_id)
    call = call_in(found[0], meeting_id) if found else None
    return (found[0], call) if found and call else None


def call_in(seat: Seat, meeting_id: UUID) -> CallToMake | None:
    return CallToMake.objects.filter(journey=seat.journey, meeting=meeting_id).first()
