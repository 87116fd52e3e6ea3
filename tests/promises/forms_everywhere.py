"""People and journeys in so many situations that most forms of the product stand on one of their pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from alongside.people.models import Person
from alongside.rooms.sessions.record.tests.factories import opened
from tests.cast import Cast
from tests.furnish import furnish_journey


def situations(cast: Cast) -> Iterator[tuple[Person, list[str]]]:
    """Who looks, and at which pages they begin."""
    journeys = [furnish_journey(cast, kind) for kind in ("supervision", "treatment")]
    journeys += [
        cast.journey("mentoring", state) for state in ("draft", "preparing", "active", "paused", "completed")
    ]
    opened(cast, journeys[4])
    for who in (cast.guide, cast.participant):
        yield (
            who,
            [
                "/profile/",
                "/accounts/2fa/",
                "/accounts/email/",
                *(reverse("overview:journey", args=[journey.id]) for journey in journeys),
                reverse("sessions:meeting", args=[journeys[4].id, 2]),
                *(reverse("first_meeting:room", args=[journey.id]) for journey in journeys[3:5]),
            ],
        )
    yield cast.supporter, [reverse("overview:journey", args=[journeys[0].id])]
    yield cast.administrator, ["/", "/people/", "/organisation/"]
    yield cast.lead, ["/"]
