"""The line at a box: everyone who can read it now, by name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from alongside.journeys import visibility
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.models import JourneyMember, Visibility
from alongside.kernel import clock


def names(seat, label, **more):
    return [each.name for each in visibility.readers(seat, label, **more)]


def cover(cast, journey, *, days: int = 2):
    today = clock.today("Europe/London")
    last = today + dt.timedelta(days=days)
    name_cover(person=cast.colleague, days=Days(today, last), by=cast.seat(cast.guide, journey))
    return f"{last.day} {last:%B}"


def test_the_two_read_what_is_shared(cast):
    seat = cast.seat(cast.participant, cast.journey())
    assert names(seat, Visibility.OURS) == ["Gwen Guide", "Paul Participant"]
    assert visibility.sentence(seat, Visibility.OURS) == "You and Gwen Guide can read this."


def test_ones_own_words_are_ones_own(cast):
    journey = cast.journey()
    cover(cast, journey)
    for who in (cast.guide, cast.participant, cast.colleague):
        seat = cast.seat(who, journey)
        assert names(seat, Visibility.MINE) == [who.name]
        assert visibility.sentence(seat, Visibility.MINE) == "Only you can read this."


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (
            "participant",
            "You and Gwen Guide can read this. Colin Colleague can read it until {day}, while covering for Gwen Guide.",
        ),
        (
            "guide",
            "You and Paul Participant can read this. "
            "Colin Colleague can read it until {day}, while covering for Gwen Guide.",
        ),
        (
            "colleague",
            "You, Gwen Guide and Paul Participant can read this. You can read it until {day}, while you cover for "
            "Gwen Guide.",
        ),
    ],
)
def test_whoever_covers_is_named_with_the_day(cast, role, sentence):
    journey = cast.journey()
    day = cover(cast, journey)
    seat = cast.seat(getattr(cast, role), journey)
    assert visibility.sentence(seat, Visibility.OURS) == sentence.format(day=day)


def test_named_people_are_named(cast):
    journey = cast.journey()
    seat = cast.seat(cast.guide, journey)
    supporter = JourneyMember.objects.get(journey=journey, person=cast.supporter)
    said = visibility.sentence(seat, Visibility.NAMED, named_for=[supporter.id])
    assert said == "You, Paul Participant and Sue Supporter can read this."
    assert visibility.sentence(seat, Visibility.NAMED) == "You and Paul Participant can read this."


@pytest.mark.parametrize(
    "where", ["first_meeting:preparation", "first_meeting:picture", "first_meeting:goals"]
)
def test_the_pages_name_whoever_covers(cast, where):
    journey = cast.journey(state="preparing")
    cover(cast, journey)
    page = cast.client(cast.participant).get(reverse(where, args=[journey.id])).content.decode()
    assert "Colin Colleague can read it until" in page
