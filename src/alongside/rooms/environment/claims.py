"""How nobody and nothing is booked twice: a meeting has one claim on each of the two and on the place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.errors import NotThisMoment
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from .models import Claim, ClaimRole, Meeting, Place
from .queries import clashes, free_times


class TimeTaken(NotThisMoment):
    """Somebody or the place is in another meeting then. `free` are other times at which all are free.

    The sentence names them; `plain` is the sentence without, for pages that offer them as links.
    """

    def __init__(self, plain: str, free: list[dt.datetime]) -> None:
        others = _("Free are, for example: %(times)s.") % {"times": "; ".join(map(said, free))}
        super().__init__(f"{plain} {others}" if free else plain)
        self.plain, self.free = plain, free


People = dict[ClaimRole, Person]


def pass_one_at_a_time(meeting: Meeting, by: Seat) -> People:
    """Bookings that share a person or the place go through one after the other.

    On PostgreSQL by locking their rows, always in the same order; on SQLite the action is alone anyway.
    """
    people = {ClaimRole.GUIDE: meeting.guide, ClaimRole.PARTICIPANT: by.participant.person}
    ids = [person.id for person in people.values()]
    list(Person.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id").values_list("id"))
    list(Place.objects.select_for_update(no_key=True).filter(id=meeting.place_id).values_list("id"))
    return people


def _subjects(meeting: Meeting, people: People) -> dict[Any, ClaimRole]:
    return {**{person.id: role for role, person in people.items()}, meeting.place_id: ClaimRole.PLACE}


def claims_of(meeting: Meeting, people: People) -> list[Claim]:
    return [
        Claim(
            meeting=meeting, role=role, subject=subject, starts_at=meeting.starts_at, ends_at=meeting.ends_at
        )
        for subject, role in sorted(_subjects(meeting, people).items())
    ]


def refuse_what_is_taken(meeting: Meeting, people: People, by: Seat) -> None:
    subjects = _subjects(meeting, people)
    found = clashes(subjects, starts_at=meeting.starts_at, ends_at=meeting.ends_at, besides=meeting.id)
    if found:
        raise _taken(meeting, people, found, by)


@contextmanager
def kept_apart(meeting: Meeting, people: People, by: Seat) -> Iterator[None]:
    """The database's own refusal, the one that can't be outrun, becomes the same kind sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise _taken(meeting, people, [], by) from error


def _taken(meeting: Meeting, people: People, found: list[Claim], by: Seat) -> TimeTaken:
    free = free_times(
        _subjects(meeting, people),
        wish=meeting.starts_at,
        minutes=meeting.minutes,
        zone=zone_of(meeting.guide),
        besides=meeting.id,
    )
    return TimeTaken(_who_is_taken(people, found, by), free)


def _who_is_taken(people: People, found: list[Claim], by: Seat) -> str:
    """Says who, never with whom or where."""
    if any(claim.meeting.journey_id == by.journey.id for claim in found):
        return _("The two of you are meeting at that time already.")
    taken = {claim.subject for claim in found}
    if by.actor.id in taken:
        return _("You are in another meeting at that time.")
    for person in people.values():
        if person.id in taken:
            return _("%(name)s isn't free at that time.") % {"name": person.name}
    if taken:
        return _("The place is taken at that time.")
    return _("Somebody was a moment quicker: that time has just gone.")


def said(moment: dt.datetime) -> str:
    """A moment as people read it, in the reader's zone."""
    return formats.date_format(timezone.localtime(moment), _("D j M, H:i"))
