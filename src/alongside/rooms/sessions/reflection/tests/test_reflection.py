"""The guide's own look back: theirs alone, with its trend."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.record.tests.factories import booked, opened
from alongside.rooms.sessions.reflection import actions, rules
from alongside.rooms.sessions.reflection.models import SKILLS, Reflection
from alongside.rooms.sessions.reflection.queries import reflections_of

MINE = reverse("reflections:mine")
FIVE = dict.fromkeys(SKILLS, 6)


@pytest.fixture
def journey(cast):
    made = cast.journey()
    opened(cast, made, 2)
    return made


def door(journey, number=2):
    return reverse("reflecting:reflect", args=[journey.id, number])


def kept(cast, journey, **skills):
    seat = cast.seat(cast.guide, journey)
    return actions.reflect(table=table_of(seat, 2), skills={**FIVE, **skills}, words="I hurried.", by=seat)


def test_who_may(cast, journey):
    for who, may in (("guide", True), ("participant", False), ("supporter", False)):
        seat = cast.seat(getattr(cast, who), journey)
        assert bool(rules.may_reflect(seat, table_of(cast.seat(cast.guide, journey), 2))) is may, who


def test_a_meeting_that_was_not_opened_has_nothing_to_look_back_on(cast, journey):
    booked(cast, journey, 3, days=7)
    assert cast.client(cast.guide).get(door(journey, 3)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("colleague", 404), ("lead", 404), ("administrator", 404), ("participant", 403)],
)
def test_the_door(cast, journey, who, status):
    client = cast.client(getattr(cast, who))
    assert client.get(door(journey)).status_code == status
    assert client.post(door(journey), {"listening": "5"}).status_code == status
    assert cast.client(cast.guide).delete(door(journey)).status_code == 405


def test_it_is_kept_and_comes_back_for_another_look(cast, journey):
    client = cast.client(cast.guide)
    assert client.post(door(journey), {"listening": "7", "words": "I hurried."})["Location"] == MINE
    page = client.get(door(journey)).content.decode()
    assert "I hurried." in page
    client.post(door(journey), {"listening": "8", "words": "Less so."})
    assert Reflection.objects.count() == 2, "the first one stays"
    (latest,) = reflections_of(cast.guide)
    assert (latest.skills["listening"], latest.words) == (8, "Less so.")


@pytest.mark.parametrize("typed", [{}, {"listening": "11"}, {"listening": "much", "words": "Kept as typed"}])
def test_what_makes_no_sense_comes_back_with_what_was_typed(cast, journey, typed):
    answer = cast.client(cast.guide).post(door(journey), typed)
    assert answer.status_code == 422
    assert typed.get("words", "") in answer.content.decode()
    assert not Reflection.objects.exists()


@pytest.mark.without_ledger("rooms.sessions.reflection.actions.reflect")
def test_nobody_else_reads_it_anywhere(cast, journey):
    kept(cast, journey)
    assert "I hurried." in cast.client(cast.guide).get(MINE).content.decode()
    for who in ("participant", "supporter", "colleague", "lead", "administrator", "stranger"):
        assert "I hurried." not in cast.client(getattr(cast, who)).get(MINE).content.decode(), who
    for name in ("sessions:room", "reading:story", "overview:journey", "overview:timeline"):
        page = cast.client(cast.participant).get(reverse(name, args=[journey.id])).content.decode()
        assert "I hurried." not in page, name


def test_its_trend_is_said_in_words(cast, journey):
    kept(cast, journey, listening=4)
    page = cast.client(cast.guide).get(MINE).content.decode()
    assert "Once so far: 4 of 10." in page
    other = cast.journey("mentoring")
    opened(cast, other, 2)
    kept(cast, other, listening=8)
    assert "From 4 to 8, over 2 meetings." in cast.client(cast.guide).get(MINE).content.decode()


def test_an_empty_page_says_what_will_be_here(cast):
    assert "Nothing here yet" in cast.client(cast.guide).get(MINE).content.decode()


def test_the_meeting_leads_the_guide_there_and_nobody_else(cast, journey):
    page = reverse("sessions:meeting", args=[journey.id, 2])
    assert door(journey) in cast.client(cast.guide).get(page).content.decode()
    assert door(journey) not in cast.client(cast.participant).get(page).content.decode()


def test_it_costs_the_same_for_one_and_three(cast, journey):
    client = cast.client(cast.guide)

    def cost():
        client.get(MINE)
        with CaptureQueriesContext(connection) as asked:
            client.get(MINE)
        return len(asked)

    kept(cast, journey)
    one = cost()
    for kind in ("mentoring", "treatment"):
        other = cast.journey(kind)
        opened(cast, other, 2)
        kept(cast, other)
    assert cost() == one
