"""Two people of one name can be told apart wherever one is chosen, and no address says which."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.states import Part
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.ui.names import told_apart
from tests.cast import person

pytestmark = pytest.mark.django_db


def test_a_name_that_stands_alone_is_enough():
    assert told_apart([("1", "Ana Costa", "x"), ("2", "Zoë", "y")]) == [("1", "Ana Costa"), ("2", "Zoë")]


def test_names_that_read_alike_have_their_line_and_where_that_is_the_same_a_number():
    given = [("1", "Ana Costa", "a"), ("2", "Ána  Costa".replace("  ", " "), "b"), ("3", "Ana Costa", "a")]
    assert told_apart(given) == [
        ("1", "Ana Costa · a (1)"),
        ("2", "Ána Costa · b"),
        ("3", "Ana Costa · a (2)"),
    ]


def two_participants(cast) -> list[Person]:
    found = []
    for number in range(2):
        journey = cast.journey(kind=("supervision", "treatment")[number])
        ana = person(cast.organisation, f"Ana{number} Costa")
        ana.name = "Ana Costa"
        ana.save(update_fields=["name"])
        JourneyMember.objects.filter(journey=journey, part=Part.PARTICIPANT).update(person=ana)
        Journey.objects.filter(id=journey.id).update(created_at=clock.now() - dt.timedelta(days=40 * number))
        found.append(ana)
    return found


def test_beginning_tells_two_participants_of_one_name_apart(cast):
    two_participants(cast)
    page = cast.client(cast.guide).get("/journeys/begin/?kind=supervision&template=student-placement")
    shown = page.content.decode()
    assert "Ana Costa · Supervision since" in shown and "Ana Costa · Treatment since" in shown
    assert "@example.org" not in shown.split("<main")[1]


def test_the_list_of_journeys_does_too(cast):
    two_participants(cast)
    shown = cast.client(cast.guide).get(reverse("overview:journeys")).content.decode()
    assert shown.count("since ") >= 2


def test_covering_and_handing_over_tell_two_guides_of_one_name_apart(cast):
    twin = person(cast.organisation, "Colin2 Colleague", is_guide=True)
    twin.name = str(cast.colleague.name)
    twin.save(update_fields=["name"])
    Person.objects.filter(id=twin.id).update(created_at=clock.now() - dt.timedelta(days=400))
    journey, browser = cast.journey(), cast.client(cast.guide)
    for address in (
        reverse("overview:away", args=[journey.id]),
        reverse("handover:handover", args=[journey.id]),
    ):
        shown = browser.get(address).content.decode()
        assert shown.count("Colin Colleague · here since") >= 2, address
        assert twin.email not in shown and cast.colleague.email not in shown
