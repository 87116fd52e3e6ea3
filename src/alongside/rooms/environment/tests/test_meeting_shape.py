"""Booking says what kind of meeting it shall be; its length follows unless another was typed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from alongside.kernel.clock import today
from alongside.rooms.environment.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("shape", "typed", "kept", "minutes"),
    [
        ("usual", 45, None, 45),
        ("check-in", 45, "check-in", 10),
        ("check-in", 20, "check-in", 20),
        ("long-review", 45, "long-review", 90),
    ],
)
def test_a_meeting_is_booked_in_a_shape(cast, journey, place, shape, typed, kept, minutes):
    day = today("Europe/London") + dt.timedelta(days=3)
    facts = {"place": str(place.id), "date": str(day), "time": "10:00", "minutes": typed, "shape": shape}

    answer = cast.client(cast.guide).post(reverse("environment:book", args=[journey.id]), facts)

    assert answer.status_code == 302, answer.content.decode()
    assert list(Meeting.objects.values_list("shape", "minutes")) == [(kept, minutes)]


def test_a_shape_nobody_knows_is_asked_for_again(cast, journey, place):
    day = today("Europe/London") + dt.timedelta(days=3)
    facts = {"place": str(place.id), "date": str(day), "time": "10:00", "minutes": 45, "shape": "party"}

    answer = cast.client(cast.guide).post(reverse("environment:book", args=[journey.id]), facts)

    assert answer.status_code == 422 and not Meeting.objects.exists()


def test_the_booking_page_offers_the_shapes_and_takes_a_wish(cast, journey, place):
    page = cast.client(cast.guide).get(reverse("environment:book", args=[journey.id]), {"shape": "check-in"})
    assert '<option value="check-in" selected>' in page.content.decode()
