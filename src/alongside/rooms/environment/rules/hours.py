"""Who may say when they can be booked."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now
from alongside.people.models import Person
from alongside.people.rules import is_signed_in

from ..models import BusyCalendar, OtherHours, Place, TimeAway
from .meetings import may_change_place


def may_keep_time(actor: Person) -> Verdict:
    """Everybody protects their own time, and nobody that of another."""
    return is_signed_in(actor)


MOST_CALENDARS = 5


def may_add_calendar(actor: Person, kept: int) -> Verdict:
    """So many as somebody has: each is read again every half hour, by a worker all share."""
    if kept < MOST_CALENDARS:
        return may_keep_time(actor)
    return not_now(
        gettext_lazy("You have 5 calendars here, which is the most there can be. Remove one to add another."),
        reverse_lazy("environment_time:time"),
    )


def may_take_back(actor: Person, said: OtherHours | TimeAway | BusyCalendar) -> Verdict:
    return ALLOWED if said.person_id == actor.id else hidden()


def may_forget_of_place(actor: Person, place: Place, said: OtherHours | TimeAway) -> Verdict:
    """Who looks after the place takes back what was said of its hours."""
    return first_denial(may_change_place(actor, place), ALLOWED if said.place_id == place.id else hidden())
