"""The page on which today's picture is taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat

from ..queries import start_and_today


@dataclass(frozen=True)
class TodayPage:
    """Today's picture. What was said at the start is shown only afterwards, so that it does not steer the answer."""

    eyebrow: str
    title: str
    lead: str
    back: str
    has_start: bool


def today_page(seat: Seat, *, in_the_room: bool) -> TodayPage:
    start, _now = start_and_today(seat)
    lead = _(
        "In your own words, and from 0 to 10. You can compare it afterwards with what you said at the start."
    )
    if in_the_room:
        lead = _(
            "In %(name)s's words, and from 0 to 10. You can compare it afterwards with what was "
            "said at the start."
        ) % {"name": seat.participant.name}
    return TodayPage(
        eyebrow=_("Then and now"),
        title=_("How is it today?"),
        lead=lead,
        back=reverse("ending:then_and_now", args=[seat.journey.id]),
        has_start=start is not None,
    )
