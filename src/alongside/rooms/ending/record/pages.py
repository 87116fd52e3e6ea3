"""What the pages of all parts share: the way on, the line above the title, addresses."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat

ORDER = ("then_and_now", "looking_back", "taking_with_me", "support", "follow_up", "closing")


@dataclass(frozen=True)
class Onward:
    """The part before and the part after."""

    room: str
    next_title: str = ""
    next_url: str = ""
    primary: bool = False


def onward(seat: Seat, name: str, *, primary: bool = False) -> Onward:
    """`primary` when this part is done, so that going on is the one thing to do."""
    titles = {
        "looking_back": _("How it has gone"),
        "taking_with_me": _("What I take with me"),
        "support": _("On-going support"),
        "follow_up": _("After the end"),
        "closing": _("Closing"),
    }
    room = reverse("ending:room", args=[seat.journey.id])
    following = ORDER[ORDER.index(name) + 1 :][:1]
    if not following:
        return Onward(room)
    return Onward(room, titles[following[0]], part_url(seat, following[0]), primary)


def eyebrow(seat: Seat) -> str:
    return capfirst(str(seat.kind.words.ending))


def url(seat: Seat, name: str, *args: object) -> str:
    return reverse(f"ending:{name}", args=[seat.journey.id, *args])


def part_url(seat: Seat, name: str) -> str:
    """Where a part of the ending is; the keepsake and what comes afterwards have addresses of their own."""
    own = {"follow_up": "follow_up:plan", "keepsake": "keepsake:page"}
    return reverse(own.get(name, f"ending:{name}"), args=[seat.journey.id])
