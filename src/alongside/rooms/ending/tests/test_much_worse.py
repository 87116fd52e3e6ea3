"""An answer that is much worse than the end: help and the way back for whose it is, and the guide who may read it sees it."""

import pytest
from django.urls import reverse

from alongside.rooms.ending.follow_up import actions
from alongside.rooms.ending.follow_up.states import Readers, Way

from .afterwards import address, come_round, ended, fields, first_day, link_in, on, opened


def answered(cast, readers=Readers.OURS, who="participant", **said):
    journey, made = ended(cast, readers=readers)
    need, rated, _levelled = made[0]
    content = actions.Content(
        helping=said.get("helping", "yes"),
        needs={need.id: (said["need"], "")} if "need" in said else {},
        targets={rated.id: said["target"]} if "target" in said else {},
    )
    come_round()
    with on():
        seat = cast.seat(getattr(cast, who), journey)
        row, _raised = actions.answer(
            day=first_day(cast, journey), content=content, way=Way.SIGNED_IN, by=seat
        )
    return journey, row


@pytest.mark.parametrize(
    ("said", "worse"),
    [
        ({"need": 4}, True),
        ({"need": 5}, False),
        ({"target": 3}, True),
        ({"target": 4}, False),
        ({"need": 9, "target": 3}, True),
        ({"need": 9, "target": 9, "helping": "no"}, False),
        ({"need": 5, "target": 4, "helping": "no"}, False),
        ({"helping": "no"}, True),
        ({"helping": "partly"}, False),
        ({}, False),
    ],
)
def test_much_worse_is_what_the_measure_calls_reliable(cast, said, worse):
    assert answered(cast, **said)[1].much_worse is worse


def today(cast, who):
    return cast.client(getattr(cast, who)).get("/").content.decode()


@pytest.mark.without_ledger("rooms.ending.follow_up.actions.note_worse_seen")
def test_the_guide_who_may_read_it_sees_it_on_today_until_they_have_looked(cast):
    journey, _row = answered(cast, need=2)
    name, plan = "answers are much worse than at the end", address("plan", journey)
    assert name in today(cast, "guide") and name not in today(cast, "participant")
    browser = cast.client(cast.guide)
    page = browser.get(plan).content.decode()
    assert "I have looked at this" in page and "Much worse than at the end." in page
    browser.post(address("seen", journey))
    assert (
        name not in today(cast, "guide") and "I have looked at this" not in browser.get(plan).content.decode()
    )
    assert "Much worse than at the end." in browser.get(plan).content.decode(), "the answer stays"


def test_what_is_the_participant_s_alone_is_not_told_by_it(cast):
    journey, row = answered(cast, readers=Readers.MINE, need=2)
    assert row.much_worse
    for page in (
        today(cast, "guide"),
        cast.client(cast.guide).get(address("plan", journey)).content.decode(),
    ):
        assert "uch worse" not in page


def send(browser, path, made, **said):
    return browser.post(path, fields(made, **said), follow=True).content.decode()


@pytest.mark.parametrize("rating", ["2", "8"])
def test_signed_in_one_finds_help_first_and_the_way_back(cast, rating):
    journey, made = ended(cast, readers=Readers.OURS)
    come_round()
    with on():
        path = address("answer", journey, first_day(cast, journey).id)
        page = send(cast.client(cast.participant), path, made, rating=rating)
    note = str(cast.seat(cast.participant, journey).kind.emergency_note)[:30]
    if rating == "8":
        assert "You are not alone" not in page
        return
    assert page.index(note) < page.index("Ask to come back") and cast.guide.name in page
    assert reverse("own_return_request:own", args=[journey.id]) in page


def test_by_the_link_in_the_email_one_finds_the_same(cast):
    _journey, made = ended(cast)
    path = link_in(come_round()[0])
    with on():
        page = send(opened(path), path, made, rating="1")
    assert "You are not alone" in page and f"{path}back/" in page and "can see that" not in page


@pytest.mark.without_ledger("rooms.ending.follow_up.actions.answer", "rooms.ending.follow_up.actions.ask")
def test_only_the_guide_says_that_they_have_looked_and_only_the_participant_is_shown_help(cast):
    journey, _row = answered(cast, need=2)
    assert cast.client(cast.participant).post(address("seen", journey)).status_code == 403
    assert cast.client(cast.guide).get(address("worse", journey)).status_code == 403
