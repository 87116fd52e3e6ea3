"""What is still booked when it ends: said before the press that calls it off, and again afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.journeys.seat import Seat
from alongside.rooms.environment.models import CalledOff
from alongside.rooms.environment.queries import MeetingFacts, called_off, meetings_ahead

WERE_CANCELLED = {
    CalledOff.ENDED: gettext_lazy("Cancelled because the %(journey)s ended:"),
    CalledOff.WITHDRAWN: gettext_lazy("Cancelled because the %(journey)s did not start:"),
    CalledOff.HANDED_OVER: gettext_lazy("Cancelled because someone else took over the %(journey)s:"),
}


@dataclass(frozen=True)
class Dates:
    """Some meetings by their times, and what becomes of them or became of them."""

    sentence: str
    dates: tuple[str, ...]


def will_be_called_off(
    seat: Seat, *, spared: MeetingFacts | None = None, since: dt.date | None = None
) -> Dates | None:
    """What is cancelled when this is closed; None when nothing is.

    `spared` is one that is held before; `since` the first day on which it can be closed: what is before that is held.
    """
    booked = [one for one in meetings_ahead(seat) if spared is None or one.id != spared.id]
    if since is not None:
        booked = [one for one in booked if localtime(one.starts_at).date() >= since]
    if not booked:
        return None
    sentence = ngettext(
        "When this closes, this %(meeting)s is cancelled, and you are both told:",
        "When this closes, these %(meetings)s are cancelled, and you are both told:",
        len(booked),
    )
    words = seat.kind.words
    return Dates(sentence % {"meeting": words.meeting, "meetings": words.meetings}, _dates(booked))


def booked_until_a_last_day(seat: Seat) -> Dates | None:
    """What is booked while no last day is chosen yet, and what becomes of it; None when nothing is booked."""
    booked = meetings_ahead(seat)
    if not booked:
        return None
    sentence = ngettext(
        "This %(meeting)s is booked. If it is after the last day, it is cancelled, and you are both told:",
        "These %(meetings)s are booked. Those after the last day are cancelled, and you are both told:",
        len(booked),
    )
    words = seat.kind.words
    return Dates(sentence % {"meeting": words.meeting, "meetings": words.meetings}, _dates(booked))


def were_called_off(seat: Seat) -> Dates | None:
    """What was cancelled because it ended; None when nothing was."""
    found = called_off(seat)
    if not found:
        return None
    because = found[0][1]
    return Dates(
        WERE_CANCELLED[because] % {"journey": seat.kind.words.journey}, _dates(one for one, _why in found)
    )


def _dates(meetings: Iterable[MeetingFacts]) -> tuple[str, ...]:
    return tuple(date_format(localtime(one.starts_at), _("D j M Y, H:i")) for one in meetings)
