"""The doors after the end, each tried; and every act, undone as a whole when the ledger can't be written."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .afterwards import (
    address,
    come_round,
    ended,
    fields,
    first_day,
    keepsake_link,
    link_in,
    on,
    opened,
)
from .furniture import begun

DOORS = {
    "plan": "GET",
    "days": "GET POST",
    "stop": "POST",
    "make_link": "POST",
    "switch_off": "POST",
    "answer": "GET POST",
    "worse": "GET",
    "seen": "POST",
}


def where(cast, journey, name):
    return address(name, journey, *([first_day(cast, journey).id] if name == "answer" else []))


def knock(cast, who, journey, name, method):
    return cast.client(getattr(cast, who)).generic(method, where(cast, journey, name)).status_code


def test_every_door_is_in_this_battery():
    from alongside.rooms.ending.follow_up.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_strangers_named_people_and_wrong_methods(cast, name):
    journey, _made = ended(cast)
    for method in DOORS[name].split():
        for who in ("stranger", "colleague", "administrator", "lead"):
            assert knock(cast, who, journey, name, method) == 404, (who, method)
        assert knock(cast, "supporter", journey, name, method) == 403
    wrong = next(method for method in ("GET", "POST", "DELETE") if method not in DOORS[name].split())
    assert knock(cast, "participant", journey, name, wrong) == 405


@pytest.mark.parametrize("name", ["stop", "make_link", "switch_off", "answer", "worse"])
def test_what_is_the_participant_s_is_not_the_guide_s(cast, name):
    journey, _made = ended(cast)
    with on():
        assert knock(cast, "guide", journey, name, DOORS[name].split()[-1]) == 403


@pytest.mark.parametrize("name", ["plan", "days", "stop", "make_link", "switch_off", "worse", "seen"])
def test_before_an_ending_is_begun_there_is_nothing_afterwards(cast, name):
    journey = cast.journey()
    assert knock(cast, "participant", journey, name, DOORS[name].split()[0]) == 409


@pytest.mark.without_ledger("rooms.ending.closing.actions.acknowledge")
def test_before_its_day_nothing_is_asked_and_before_the_end_no_link_is_made(cast):
    journey, _made = ended(cast)
    shaped = begun(cast)

    assert knock(cast, "participant", journey, "answer", "GET") == 409
    assert knock(cast, "participant", shaped, "make_link", "POST") == 409
    assert knock(cast, "participant", journey, "make_link", "POST") == 409, "there is one already"


@pytest.mark.without_ledger(
    "goals.actions.agree_all",
    "rooms.ending.closing_topics.actions.say_how_long",
    "rooms.ending.closing_topics.actions.say_nothing",
    "rooms.ending.comparison.actions.look_at_today",
    "rooms.ending.contributions.actions.need_no_support",
    "rooms.ending.follow_up.actions.plan_days",
    "rooms.first_meeting.actions.take_picture",
)
def test_a_day_of_another_journey_is_not_found(cast):
    (journey, _made), (other, _theirs) = ended(cast), ended(cast)
    theirs = first_day(cast, other).id

    assert cast.client(cast.participant).get(address("answer", journey, theirs)).status_code == 404


@pytest.mark.parametrize("name", ["plan", "days", "answer"])
def test_a_page_asks_as_much_for_three_as_for_one(cast, name):
    counts = []
    for many in (1, 3):
        journey, made = ended(cast, needs=many)
        come_round()
        with on():
            client = cast.client(cast.participant)
            for _each in range(many):
                client.post(where(cast, journey, "answer"), fields(made))
            client.get(where(cast, journey, name))
            with CaptureQueriesContext(connection) as asked:
                assert client.get(where(cast, journey, name)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 18


@pytest.mark.parametrize("part", ["", "keepsake/", "back/", "help/", "stop/"])
def test_behind_a_link_as_much_is_asked_for_three_as_for_one(cast, part):
    counts = []
    for many in (1, 3):
        _journey, _made = ended(cast, needs=many)
        path = link_in(come_round()[0])
        with on():
            client = opened(path)
            client.get(path + part)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path + part).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 22


def test_what_stands_behind_a_link_is_kept_by_nobody_on_the_way(cast):
    journey, _made = ended(cast)
    for path in (link_in(come_round()[0]), keepsake_link(cast, journey)):
        with on():
            answer = opened(path).get(path)
        assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "no-referrer"


def test_the_list_of_those_who_would_come_back(cast):
    path = reverse("return_requests:wishes")

    for who, status in (("guide", 200), ("administrator", 200), ("participant", 403)):
        assert cast.client(getattr(cast, who)).get(path).status_code == status
    assert Client().get(path).status_code == 302
    assert cast.client(cast.guide).post(path).status_code == 405
