"""What the two have agreed is done when somebody missed a meeting."""

from __future__ import annotations

from alongside.journeys.seat import Seat
from alongside.journeys.states import AfterMissed
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..invitations import write_email
from ..models import CallToMake, EmailEvent, Meeting
from ..queries.calendars import wishes_of
from ..queries.missed import what_follows
from ..reminder_schedule import quiet_range
from ..rules.missed import may_note_called


def follow_up_missed(meeting: Meeting, by: Seat) -> AfterMissed | None:
    """Do what was agreed, in the transaction of whoever notes it as missed; answers with what that is."""
    chosen = what_follows(by, meeting)
    if chosen == AfterMissed.EMAIL:
        _write(meeting, by.participant.person)
    if chosen == AfterMissed.CALL:
        CallToMake.objects.create(journey=by.journey, meeting=meeting)
    return chosen


def _write(meeting: Meeting, person: Person) -> None:
    """At once; within their quiet hours, as these end."""
    quiet = quiet_range(now(), zone_of(person), wishes_of([person])[person.id].quiet)
    write_email(meeting, EmailEvent.MISSED, person, not_before=quiet[1] if quiet else None)


@action("missed.called")
def note_called(*, call: CallToMake, by: Seat) -> CallToMake:
    """Note that whoever missed a meeting was called. It no longer stands among the things to do."""
    call = CallToMake.objects.select_for_update().get(id=call.id)
    demand(may_note_called(by, call))
    call.done_at, call.done_by = now(), by.actor
    call.save(update_fields=["done_at", "done_by"])
    record("missed.called", subject=call, by=by)
    return call
