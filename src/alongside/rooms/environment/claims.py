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
from .queries import clashes
from .queries.slots import Obstacle, Why, diary_of, other_times


class TimeTaken(NotThisMoment):
    """Somebody or the place is in another meeting then. `free` are other times at which all are free.

    The sentence names them; `plain` is the sentence without, for pages that offer them as links.
    """

    def __init__(self, plain: str, free: list[dt.datetime]) -> None:
        others = _("These times are free: %(times)s.") % {"times": "; ".join(map(said, free))}
        super().__init__(f"{plain} {others}" if free else plain)
        self.plain, self.free = plain, free


class NeedsReason(NotThisMoment):
    """It is outside the actor's own protected time: they may do it all the same, and say why."""


People = dict[ClaimRole, Person]


def pass_one_at_a_time(meeting: Meeting, place: Place, by: Seat) -> People:
    """Bookings that share a person or the place go through one after the other, and go by both as they stand then.

    On PostgreSQL by locking their rows, always in the same order; on SQLite the action is alone anyway. The meeting
    has its guide and this place from then on as they were read.
    """
    ids = {meeting.guide_id, by.participant.person.id}
    rows = Person.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")
    people = {person.id: person for person in rows}
    meeting.place = Place.objects.select_for_update(no_key=True).get(id=place.id)
    meeting.guide = people[meeting.guide_id]
    return {ClaimRole.GUIDE: meeting.guide, ClaimRole.PARTICIPANT: people[by.participant.person.id]}


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


def refuse_what_does_not_suit(meeting: Meeting, people: People, by: Seat, override: str) -> str:
    """Hours, buffers and limits of all three. Answers with the reason to be kept, "" where none is needed.

    One's own protected time may be overridden with a reason; that of others, and a place's hours, never.
    """
    diary = diary_of(people.values(), [meeting.place], meeting.starts_at, meeting.ends_at, besides=meeting.id)
    found = diary.obstacles(meeting.starts_at, meeting.ends_at)
    others = [one for one in found if one.whose != by.actor.id]
    if others:
        raise TimeTaken(_why(others[0], people), _free(meeting, people))
    if found and not override.strip():
        raise NeedsReason(_own(found[0]))
    return override.strip() if found else ""


def _why(obstacle: Obstacle, people: People) -> str:
    """Says whom it doesn't suit, never what they do instead."""
    name = next((person.name for person in people.values() if person.id == obstacle.whose), None)
    if name is None:
        return _("The place is closed at that time.")
    if obstacle.why is Why.NOTICE:
        return _("That is too soon for %(name)s.") % {"name": name}
    if obstacle.why is Why.AHEAD:
        return _("That is further ahead than %(name)s can be booked.") % {"name": name}
    return _("%(name)s is not free at that time.") % {"name": name}


def _own(obstacle: Obstacle) -> str:
    said = {
        Why.BUSY: _("You have something else at that time, or too close to it."),
        Why.MOST: _("You would have more meetings that day than the maximum you set."),
        Why.NOTICE: _("That is sooner than your notice allows."),
        Why.AHEAD: _("That is further ahead than you allow."),
    }
    sentence = said.get(obstacle.why) or _("That is outside your protected time.")
    return f"{sentence} " + _("To book it anyway, give a reason below.")


def _free(meeting: Meeting, people: People) -> list[dt.datetime]:
    return other_times(
        list(people.values()),
        meeting.place,
        wish=meeting.starts_at,
        minutes=meeting.minutes,
        zone=zone_of(meeting.guide),
        besides=meeting.id,
    )


def _taken(meeting: Meeting, people: People, found: list[Claim], by: Seat) -> TimeTaken:
    return TimeTaken(_who_is_taken(people, found, by), _free(meeting, people))


def _who_is_taken(people: People, found: list[Claim], by: Seat) -> str:
    """Says who, never with whom or where."""
    if any(claim.meeting.journey_id == by.journey.id for claim in found):
        return _("You are already meeting each other at that time.")
    taken = {claim.subject for claim in found}
    if by.actor.id in taken:
        return _("You are in another meeting at that time.")
    for person in people.values():
        if person.id in taken:
            return _("%(name)s is not free at that time.") % {"name": person.name}
    if taken:
        return _("The place is taken at that time.")
    return _("That time has just been taken.")


def said(moment: dt.datetime) -> str:
    """A moment as people read it, in the reader's zone."""
    return formats.date_format(timezone.localtime(moment), _("D j M, H:i"))
