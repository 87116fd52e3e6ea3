"""A record that was closed stands as it is: what it says of the next meeting as well."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from alongside.rooms.environment.models import Meeting
from alongside.rooms.sessions.copies.forms import SHARED
from alongside.rooms.sessions.meeting_page.tests.test_views import at
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.pages import said
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    journey = cast.journey("treatment")
    opened(cast, journey)
    return journey


def close(cast, journey):
    guide = cast.seat(cast.guide, journey)
    return actions.close_meeting(number=2, closing=closing(guide), by=guide)


def test_a_closed_record_names_the_next_meeting_as_it_was_agreed_then(cast, journey):
    following = booked(cast, journey, 3, days=7)
    agreed = said.day_and_time(following.starts_at)
    close(cast, journey)
    later = following.starts_at + dt.timedelta(days=3)
    Meeting.objects.filter(id=following.id).update(starts_at=later, ends_at=later + dt.timedelta(minutes=45))

    page = cast.client(cast.participant).get(at("meeting", journey, 2)).content.decode()

    assert agreed in page and said.day_and_time(later) not in page
    everything = {"parts": list(SHARED), "names": "on", "chosen": "on"}
    copy = cast.client(cast.guide).get(reverse("reading:text", args=[journey.id, 2]), everything)
    assert agreed in copy.content.decode() and said.day_and_time(later) not in copy.content.decode()


def test_what_is_booked_afterwards_does_not_come_into_it(cast, journey):
    close(cast, journey)
    following = booked(cast, journey, 3, days=7)
    page = cast.client(cast.participant).get(at("meeting", journey, 2)).content.decode()
    assert said.day_and_time(following.starts_at) not in page


def test_until_it_is_closed_it_follows_what_is_booked(cast, journey):
    following = booked(cast, journey, 3, days=7)
    page = cast.client(cast.guide).get(at("meeting", journey, 2)).content.decode()
    assert said.day_and_time(following.starts_at) in page


def test_closing_says_that_it_is_closed(cast, journey):
    guide = cast.seat(cast.guide, journey)
    sent = {
        "minutes_taken": "45",
        "present": [str(guide.guide.person.id), str(guide.participant.person.id)],
        "safety_raised": "no",
        "no_step": "on",
    }
    page = cast.client(cast.guide).post(at("close", journey, 2), sent, follow=True).content.decode()
    assert "Closed. Thank you: the record stands as it is now." in page
