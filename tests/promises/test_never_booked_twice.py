"""The promise: nobody and no place is ever booked twice.

*Book* is pressed in sixty-four windows at the same instant, all for overlapping times of one person, against the
running product: its server with its workers, its own database, real requests. Exactly one of them gets the time.
Everybody else reads a kind sentence and is offered other times, and what the database holds is whole.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from tests.served import Served, Visitor, runs, served_home

AT_ONCE = 64
OVERLAPPING = ("10:00", "10:15", "10:30", "10:45")
"""Of an hour each: any two of them overlap."""

COUNT = """
from alongside.rooms.environment.models import Claim, Meeting
from itertools import combinations
from collections import defaultdict
day = {day!r}
meetings = Meeting.objects.filter(wall_date=day, number__isnull=False)
claims = defaultdict(list)
for one in Claim.objects.all():
    claims[one.subject].append((one.starts_at, one.ends_at))
overlaps = sum(
    a[0] < b[1] and b[0] < a[1] for spans in claims.values() for a, b in combinations(spans, 2)
)
print("counted", meetings.count(), Claim.objects.filter(meeting__in=meetings).count(), overlaps)
"""


@pytest.mark.django_db(transaction=True)
def test_of_sixty_four_bookings_at_the_same_instant_exactly_one_is_made(tmp_path):
    with served_home(tmp_path) as served:
        before = _visitors(served)
        day = _quiet_day(before[0][0], before[0][1])
        came_to = _all_at_once(before, day)
        counted = _counted(served, day)

    booked = [page for status, page in came_to if status == 200]
    refused = [page for status, page in came_to if status == 409]
    assert (len(booked), len(refused)) == (1, AT_ONCE - 1), sorted(status for status, _page in came_to)
    booked_for = dt.date.fromisoformat(day)
    assert f"{booked_for.day} {booked_for:%B}" in booked[0], "the page it leads back to shows the meeting"
    for page in refused:
        assert re.search(
            r"meeting at that time|meeting each other at that time|free at that time|quicker", page
        ), page
        assert len(re.findall(r'href="[^"]*\?[^"]*time=', page)) == 3, "and three other times"
    assert counted == (1, 3, 0)


def _visitors(served: Served) -> list[tuple[Visitor, str, str]]:
    """Sixty-four windows, each on its booking page: a guide's, and those of whoever supervises this guide.

    So they share one person, who is the guide in some of these journeys and the participant in another.
    """
    signed_in = [Visitor(served, persona) for persona in (*["clinician"] * 6, *["supervisor"] * 2)]
    shared = _journeys(signed_in[0])
    doors = [
        (visitor, journey, place)
        for visitor in signed_in
        for journey, place in _bookable(visitor)
        if journey in shared
    ]
    assert {id(visitor) for visitor, _journey, _place in doors} == {id(visitor) for visitor in signed_in}
    found = []
    for number in range(AT_ONCE):
        visitor, journey, place = doors[number % len(doors)]
        window = _beside(visitor)
        window.get(f"/journeys/{journey}/environment/book/")
        found.append((window, journey, place))
    return found


def _journeys(visitor: Visitor) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/journeys/([0-9a-f-]{36})/", visitor.get("/journeys/"))))


def _bookable(visitor: Visitor) -> list[tuple[str, str]]:
    """The journeys in which this person can book, each with a place."""
    found = []
    for journey in _journeys(visitor):
        try:
            page = visitor.get(f"/journeys/{journey}/environment/book/")
        except urllib.error.HTTPError:
            continue  # a journey that is over
        place = re.search(r'<option value="([0-9a-f-]{36})"', page)
        if place:
            found.append((journey, place[1]))
    return found


def _beside(visitor: Visitor) -> Visitor:
    """Another window of the same browser: the same cookies, a form token of its own page."""
    beside = object.__new__(Visitor)
    beside.served, beside.opener, beside.token = visitor.served, visitor.opener, visitor.token
    return beside


def _quiet_day(visitor: Visitor, journey: str) -> str:
    """A weekday on which the page says that something is free, some weeks ahead."""
    since = (dt.date.today() + dt.timedelta(days=30)).isoformat()
    page = visitor.get(f"/journeys/{journey}/environment/book/?minutes=60&since={since}")
    return re.findall(r"[?&](?:amp;)?date=(\d{4}-\d\d-\d\d)", page)[-1]


def _all_at_once(visitors: list[tuple[Visitor, str, str]], day: str) -> list[tuple[int, str]]:
    gate = threading.Barrier(len(visitors))

    def book(number: int) -> tuple[int, str]:
        visitor, journey, place = visitors[number]
        fields = {
            "place": place,
            "date": day,
            "time": OVERLAPPING[number % len(OVERLAPPING)],
            "minutes": "60",
        }
        gate.wait(timeout=600)
        try:
            return 200, unescape(visitor.post(f"/journeys/{journey}/environment/book/", fields))
        except urllib.error.HTTPError as error:
            return error.code, unescape(error.read().decode())

    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(book, range(len(visitors))))


def _counted(served: Served, day: str) -> tuple[int, ...]:
    """What the database itself holds: meetings of that day, their claims, and claims that overlap anywhere."""
    said = runs(
        "django", "shell", "--no-imports", "-c", COUNT.format(day=day), environment=served.environment
    )
    return tuple(int(number) for number in said.split("counted")[1].split())
