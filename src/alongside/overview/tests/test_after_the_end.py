"""After the end Today begins with what one has taken along, the days to come and the way back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel import clock
from alongside.rooms.ending.follow_up.models import FollowUp

pytestmark = pytest.mark.django_db

HEADING = "What you have taken with you"


def over(cast, **more):
    journey = cast.journey(state="completed", **more)
    today = clock.today("Europe/London")
    for days in (-3, 40):
        FollowUp.objects.create(journey=journey, on=today + dt.timedelta(days=days), by=cast.participant)
    return journey


def test_it_begins_with_the_keepsake_the_days_to_come_and_the_way_back(cast):
    journey = over(cast)
    ahead = clock.today("Europe/London") + dt.timedelta(days=40)
    page = cast.client(cast.participant).get("/").content.decode()
    assert reverse("keepsake:page", args=[journey.id]) in page
    assert reverse("own_return_request:own", args=[journey.id]) in page
    assert f"You will be asked how things are on: {ahead.day} {ahead:%B}" in page
    assert page.count("You will be asked") == 1
    assert "Nothing here yet" not in page
    for who in (cast.guide, cast.supporter, cast.stranger):
        assert HEADING not in cast.client(who).get("/").content.decode()


def test_it_stands_below_what_goes_on(cast):
    over(cast)
    cast.journey(kind="mentoring")
    page = cast.client(cast.participant).get("/").content.decode()
    assert page.index('id="h-participant"') < page.index(HEADING)


def test_a_day_given_up_is_not_named(cast):
    over(cast)
    FollowUp.objects.update(cancelled_at=clock.now(), cancelled_by=cast.participant)
    assert "No dates are planned." in cast.client(cast.participant).get("/").content.decode()


def test_it_costs_the_same_for_one_and_three(cast):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            cast.client(cast.participant).get("/")
        return len(queries)

    over(cast)
    asked()
    one = asked()
    over(cast, kind="mentoring")
    over(cast, kind="treatment")
    assert asked() == one
