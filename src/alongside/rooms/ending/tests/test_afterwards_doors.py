"""The doors after the end, each tried; and every act, undone as a whole when the ledger can't be written."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel.actions import REGISTRY
from alongside.rooms.ending.follow_up import actions
from alongside.rooms.ending.follow_up import models as rows
from alongside.rooms.ending.follow_up.states import Readers, Way
from alongside.rooms.ending.later import actions as later_actions
from alongside.rooms.ending.links import actions as links_actions
from alongside.rooms.ending.links import models as links_models
from alongside.rooms.ending.return_requests import (
    actions as coming_back,
)
from alongside.rooms.ending.return_requests import (
    models as return_requests_models,
)

from .afterwards import (
    DAY,
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


# --- the ledger ---------------------------------------------------------------------------------------------

MODELS = [
    rows.FollowUp,
    rows.FollowUpPlan,
    rows.FollowUpStateRecord,
    rows.FollowUpAnswer,
    rows.FollowUpValue,
    rows.FollowUpLetter,
    links_models.KeepsakeLink,
    return_requests_models.WayBack,
]


def _everything():
    return [sorted(map(str, model.objects.values_list())) for model in MODELS]


def _acts(cast):
    journey, _made = ended(cast, readers=Readers.OURS)
    asked, _theirs = ended(cast)
    come_round()
    participant, day = cast.seat(cast.participant, journey), first_day(cast, journey)
    wished = cast.seat(cast.participant, asked)
    wish = coming_back.ask_to_come_back(words="x", by=wished)
    lost, _made = ended(cast)
    free = coming_back.ask_to_come_back(words="x", by=cast.seat(cast.participant, lost))
    free = coming_back.pass_on(wish=free, by=cast.guide)
    unlinked, _made = ended(cast)
    actions.switch_links_off(by=cast.seat(cast.participant, unlinked))
    fresh, _made = ended(cast)
    silent = first_day(cast, asked)
    link = links_models.KeepsakeLink.objects.filter(journey=journey).get()
    content = actions.Content(helping="yes")
    return {
        actions: {
            "plan_days": lambda: actions.plan_days(days=[], by=participant),
            "stop_asking": lambda: actions.stop_asking(by=participant),
            "ask": lambda: actions.ask(day_id=first_day(cast, fresh).id, by=None),
            "remind": lambda: actions.remind(day_id=silent.id, by=None),
            "note_silence": lambda: actions.note_silence(day_id=silent.id, by=None),
            "answer": lambda: actions.answer(day=day, content=content, way=Way.SIGNED_IN, by=participant),
            "switch_links_off": lambda: actions.switch_links_off(by=participant),
            "note_worse_seen": lambda: actions.note_worse_seen(by=cast.seat(cast.guide, journey)),
        },
        links_actions: {
            "make_link": lambda: links_actions.make_link(by=cast.seat(cast.participant, unlinked)),
        },
        later_actions: {
            "say_whom": lambda: later_actions.say_whom(link=link, said="Nobody", seat=participant, by=None),
        },
        coming_back: {
            "ask_to_come_back": lambda: coming_back.ask_to_come_back(words="x", by=participant),
            "take_wish_back": lambda: coming_back.take_wish_back(by=wished),
            "take_up": lambda: coming_back.take_up(wish=wish, by=cast.guide),
            "pass_on": lambda: coming_back.pass_on(wish=wish, by=cast.guide),
            "hand_to": lambda: coming_back.hand_to(wish=free, guide=cast.colleague, by=cast.administrator),
        },
    }


def test_when_the_ledger_cannot_be_written_nothing_has_changed(cast, monkeypatch):
    with on(DAY, 8):
        acts = _acts(cast)
        before = _everything()

        def fail(*_args, **_kwargs):
            raise RuntimeError("the ledger is full")

        for module, of_it in acts.items():
            monkeypatch.setattr(module, "record", fail)
            for name, act in of_it.items():
                with pytest.raises(RuntimeError), transaction.atomic():
                    act()
                assert _everything() == before, name
            ours = {act for act in REGISTRY.values() if act.module == module.__name__}
            assert set(of_it) == {act.name for act in ours if not act.unrecorded_because}
