"""Who may say when they can be booked."""

from __future__ import annotations

from alongside.kernel.verdict import ALLOWED, Verdict, hidden
from alongside.people.models import Person
from alongside.people.rules import is_signed_in

from ..models import BusyCalendar, OtherHours, TimeAway


def may_keep_time(actor: Person) -> Verdict:
    """Everybody protects their own time, and nobody that of another."""
    return is_signed_in(actor)


def may_take_back(actor: Person, said: OtherHours | TimeAway | BusyCalendar) -> Verdict:
    return ALLOWED if said.person_id == actor.id else hidden()
