"""The doors of the ending, each tried: works, stranger, named reader, wrong method, wrong moment, queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.states import Sort

from .furniture import address, begun, chain, now_picture, support

PARTS = ["then_and_now", "looking_back", "taking_with_me", "support", "closing", "keepsake"]
# every door: its methods, and the address's further parts
DOORS = {
    "room": ("GET", {}),
    "begin": ("POST", {}),
    "rest": ("GET POST", {}),
    "resume": ("POST", {}),
    "withdraw": ("GET POST", {}),
    "go_on": ("GET POST", {}),
    "go_on_yes": ("POST", {}),
    "go_on_no": ("POST", {}),
    "early": ("GET POST", {}),
    "early_back": ("POST", {}),
    "end_early": ("POST", {}),
    "then_and_now": ("GET", {}),
    "today": ("GET POST", {}),
    "leave_out": ("POST", {}),
    "reached": ("POST", {"target_id": None}),
    "looking_back": ("GET", {}),
    "ready": ("POST", {}),
    "words": ("POST", {"box": "benefit"}),
    "taking_with_me": ("GET", {}),
    "take_along": ("POST", {"suggested_id": None}),
    "support": ("GET", {}),
    "no_support": ("POST", {}),
    "add_entry": ("POST", {}),
    "entry": ("GET POST", {"entry_id": None}),
    "remove_entry": ("POST", {"entry_id": None}),
    "bring_back": ("POST", {"entry_id": None}),
    "closing": ("GET", {}),
    "nothing": ("POST", {"matter": "remains"}),
    "kept": ("POST", {}),
    "acknowledge": ("POST", {}),
    "take_up_again": ("POST", {}),
    "close": ("POST", {}),
    "keepsake": ("GET", {}),
}


def parts_of(name, entry, target=None, helped=None):
    known = {"entry_id": entry, "target_id": target, "suggested_id": helped}
    return {key: value or known[key].id for key, value in DOORS[name][1].items()}


def test_every_door_is_in_this_battery():
    from alongside.rooms.ending.keepsake import urls as keepsake_urls
    from alongside.rooms.ending.urls import urlpatterns

    doors = {pattern.name for part in urlpatterns for pattern in part.url_patterns}
    # the keepsake is a part with addresses of its own, of which its page stands in this battery
    doors |= {"keepsake" for pattern in keepsake_urls.urlpatterns if pattern.name == "page"}
    assert doors == set(DOORS)


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_without_a_part_there_is_nothing_here(cast, journey, entry, target, helped, who):
    client = cast.client(getattr(cast, who))
    for name, (methods, _parts) in DOORS.items():
        for method in methods.split():
            response = client.generic(method, address(name, journey, **parts_of(name, entry, target, helped)))
            assert response.status_code == 404, name


def test_a_named_person_reads_nothing_here(cast, journey, entry, target, helped):
    client = cast.client(cast.supporter)
    for name, (methods, _parts) in DOORS.items():
        for method in methods.split():
            response = client.generic(method, address(name, journey, **parts_of(name, entry, target, helped)))
            assert response.status_code == 403, name


def test_the_wrong_method_is_refused(cast, journey, entry, target, helped):
    client = cast.client(cast.guide)
    for name, (methods, _parts) in DOORS.items():
        wrong = next(method for method in ("GET", "POST", "DELETE") if method not in methods.split())
        response = client.generic(wrong, address(name, journey, **parts_of(name, entry, target, helped)))
        assert response.status_code == 405, name


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_not_there_before_the_ending_is_begun(cast, name):
    response = cast.client(cast.guide).get(address(name, cast.journey()))

    assert response.status_code == 409
    assert address("room", cast.journey()).split("/")[-2] in response.content.decode()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("begin", "preparing"),
        ("rest", "paused"),
        ("resume", "active"),
        ("withdraw", "active"),
        ("go_on", "paused"),
        ("go_on_yes", "active"),
        ("go_on_no", "active"),
        ("early", "draft"),
        ("early_back", "active"),
        ("end_early", "active"),
        ("today", "active"),
        ("leave_out", "active"),
        ("ready", "active"),
        ("no_support", "active"),
        ("add_entry", "active"),
        ("kept", "active"),
        ("acknowledge", "active"),
        ("take_up_again", "active"),
        ("close", "active"),
    ],
)
def test_at_the_wrong_moment_the_door_says_so(cast, name, state):
    journey = cast.journey(state=state)

    response = cast.client(cast.participant).post(address(name, journey))

    assert response.status_code == 409
    assert cast.seat(cast.guide, journey).state == state


@pytest.mark.parametrize(
    "state", ["draft", "preparing", "active", "paused", "ending", "completed", "withdrawn"]
)
@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_room_can_be_entered_in_every_state(cast, state, who):
    response = cast.client(getattr(cast, who)).get(address("room", cast.journey(state=state)))

    assert response.status_code == 200


def test_before_it_is_begun_the_end_is_in_sight(cast):
    journey = cast.journey(planned_meetings=10, planned_end=dt.date(2031, 3, 4), first_number=7)

    page = cast.client(cast.guide).get(address("room", journey)).content.decode()

    assert "6 of 10" in page and "4 March 2031" in page
    assert (
        "Begin the ending" in page
        and "Pause" in page
        and "Continue for longer" in page
        and "End early" in page
    )


@pytest.mark.parametrize("name", ["room", *PARTS])
def test_a_page_asks_as_much_for_three_as_for_one(cast, name):
    counts = []
    for needs in (1, 3):
        journey = begun(cast)
        made = chain(cast, journey, needs=needs)
        now_picture(cast, journey, made)
        for _each in range(needs):
            for sort in (Sort.KEY_POINT, Sort.STRATEGY):
                content = contributions_actions.Content(what="a", then="b")
                contributions_actions.add_entry(
                    sort=sort, content=content, by=cast.seat(cast.participant, journey)
                )
            support(cast.seat(cast.participant, journey))
        client = cast.client(cast.participant)
        client.get(address(name, journey))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address(name, journey)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    # the keepsake shows words, so it looks up whether this reading of it has been recorded, and on which days one is
    # reminded of it: two more; the closing says which meetings are called off with it: one more
    assert counts[0] <= {"keepsake": 15, "closing": 14}.get(name, 13)
