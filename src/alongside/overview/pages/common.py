"""Small things every page of the overview says in the same way."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import Text
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.kernel.clock import now


def room(seat: Seat, name: str, *more: UUID | int) -> str:
    """The address of a page of this journey."""
    return address(name, seat.journey.id, *more)


def meeting_url(seat: Seat, number: int) -> str:
    """A meeting's own page; the very first one has a room of its own."""
    return room(seat, "sessions:meeting", number) if number > 1 else room(seat, "first_meeting:room")


def ahead_url(seat: Seat, number: int) -> str:
    """Where the participant reads about a meeting to come: the very first has a page that says all there is to know."""
    first = number == 1 and seat.is_participant
    return room(seat, "first_meeting:before" if first else "environment:room")


def meeting_name(seat: Seat, number: int) -> str:
    return str(seat.kind.words.meeting_number) % {"number": number}


def title_of(seat: Seat) -> str:
    """What the two call it, or else the other one's name."""
    if seat.journey.title:
        return str(seat.journey.title)
    if seat.is_one_of_two:
        return seat.other.name
    return _("%(guide)s and %(participant)s") % {
        "guide": seat.guide.name,
        "participant": seat.participant.name,
    }


def day(moment: dt.date | dt.datetime) -> str:
    """3 November, with the year when it is another one than now."""
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    this_year = local.year == timezone.localtime(now()).date().year
    return formats.date_format(local, "j F" if this_year else "j F Y")


def when(moment: dt.datetime) -> str:
    """Today at 14:00, tomorrow at 9:30, or the day and the time."""
    local = timezone.localtime(moment)
    facts = {"time": formats.date_format(local, "H:i"), "day": formats.date_format(local, "l j F")}
    ahead = (local.date() - timezone.localtime(now()).date()).days
    if ahead == 0:
        return _("Today at %(time)s") % facts
    if ahead == 1:
        return _("Tomorrow at %(time)s") % facts
    return _("%(day)s at %(time)s") % facts


def guided_title(seats: list[Seat]) -> str:
    """What a guide calls those of these journeys: “My patients”, or one heading for several kinds."""
    return _one_or_several([seat.kind.words.guided for seat in seats], _("People I work with"))


def own_title(seats: list[Seat]) -> str:
    """What a participant calls these journeys: “My treatment”, or one heading for several kinds."""
    return _one_or_several([seat.kind.words.mine for seat in seats], _("For myself"))


def _one_or_several(said: list[Text], several: str) -> str:
    words = {str(one) for one in said}
    return words.pop() if len(words) == 1 else several


def named_title(seats: list[Seat]) -> str:
    return _("Where I am named")
