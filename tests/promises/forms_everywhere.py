"""People and journeys in so many situations that most forms of the product stand on one of their pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from alongside.people.models import Person
from alongside.rooms.sessions.record.tests.factories import opened
from tests.cast import Cast
from tests.furnish import furnish_journey

LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
NOT_WALKED = re.compile(
    r"^/(static|ui|demo|healthz|accounts/logout)|\.(ics|svg|png|pdf|csv)|/(copy|text|paper)/"
)
TURNED = 3


def walk(client: Client, starts: list[str], within: str = "/") -> Iterator[tuple[str, str]]:
    """Every page one person reaches by links below an address, with its source."""
    waiting, seen, turned = [*starts], set(), Counter()
    while waiting:
        path = waiting.pop()
        bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "#", path.split("?")[0])
        if path in seen or not path.startswith(within) or NOT_WALKED.search(path) or turned[bare] >= TURNED:
            continue
        seen.add(path)
        turned[bare] += 1
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code in (301, 302, 303):
            waiting.append(answer["Location"])
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            yield path, page
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(page)]


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
