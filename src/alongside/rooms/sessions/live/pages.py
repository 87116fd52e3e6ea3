"""What a page that is open is told: which boxes hold new words, whether it has to be drawn again, who is here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.kernel import clock
from alongside.kernel.addresses import address

from ..record import boxes
from ..record.pages.said import clock_time
from ..record.queries import Table
from .queries import Pulse, words_since


@dataclass(frozen=True, slots=True)
class Live:
    """What a page needs to stay as things stand: where it asks, what it knows, and whether the other is here.

    `goes_on`: the record is still being written, so it asks often.
    """

    url: str
    token: str
    here: bool
    who: str
    goes_on: bool


def live_of(seat: Seat, table: Table, *, goes_on: bool) -> Live:
    pulse = table.pulse
    url = address("sessions:now", seat.journey.id, table.number)
    return Live(url=url, token=pulse.token if pulse else "", goes_on=goes_on, **here_now(seat, pulse))


def what_changed(seat: Seat, pulse: Pulse, since: str) -> dict[str, Any]:
    """`page`: fetch it anew. `boxes`: words for the boxes that stand on it, by the address they are sent to.

    Words come along only where this login session has opened the record already: else fetching the page records that.
    """
    pieces = since.split(".")
    if len(pieces) != 4 or not all(piece.isdigit() for piece in pieces[:3]):
        return {"page": True, "boxes": []}
    facts, words, edited = (int(piece) for piece in pieces[:3])
    if words == pulse.words or facts != pulse.facts:
        return {"page": facts != pulse.facts, "boxes": []}
    if pulse.record_id is None:
        return {"page": True, "boxes": []}
    since_when = dt.datetime.fromtimestamp(edited / 1_000_000, dt.UTC) if edited else None
    found = words_since(seat, pulse.record_id, since_when)
    brought = [(one, _address(seat, pulse, one)) for one in found]
    return {
        "page": any(one.author_id not in (None, seat.actor.id) for one, _where in brought),
        "boxes": [
            {"url": where, "text": str(one.text), "version": one.version} for one, where in brought if where
        ],
    }


def _address(seat: Seat, pulse: Pulse, words: Words) -> str:
    """Where a box that both see is sent to; "" for one that stands on no page of a meeting."""
    if words.author_id is not None:
        return ""
    names = {boxes.RECORD: words.box, boxes.BEFORE: boxes.MATTERS}
    name = names.get(words.place, "")
    return address("sessions:write", seat.journey.id, pulse.number, name) if name in boxes.NAMES else ""


def here_now(seat: Seat, pulse: Pulse | None) -> dict[str, Any]:
    """Whether the other has the page open, in one sentence; of an earlier day nothing is said."""
    if pulse is None or pulse.other_seen_at is None:
        return {"here": False, "who": ""}
    name = seat.other.name
    if pulse.other_is_here:
        return {"here": True, "who": _("%(name)s is here") % {"name": name}}
    there = timezone.localtime(pulse.other_seen_at)
    if there.date() != clock.today():
        return {"here": False, "who": ""}
    return {
        "here": False,
        "who": _("%(name)s was here at %(time)s") % {"name": name, "time": clock_time(there)},
    }
