"""A form that was sent twice, because the answer to the first was lost, is acted on once."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from alongside.goals.models import Step
from alongside.kernel.clock import now
from alongside.kernel.models import IdempotencyKey
from alongside.ledger import record as ledger
from alongside.people.tasks import forget_idempotency_keys
from alongside.rooms.environment.models import Meeting
from alongside.rooms.sessions.meeting_page.tests.test_views import at
from alongside.rooms.sessions.record.models import Issue, IssueStateRecord
from alongside.rooms.sessions.record.tests.factories import booked, opened


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    opened(cast, journey)
    return journey


def key_in(client, journey, door):
    page = client.get(at("meeting", journey)).content.decode()
    form = page.split(f'action="{door}"', 1)[1].split("</form>", 1)[0]
    return re.search(r'name="idempotency_key" value="([^"]+)"', form)[1]


def test_a_step_sent_twice_is_planned_once(cast, journey):
    client, door = cast.client(cast.guide), at("plan_step", journey)
    sent = {
        "text": "Walk",
        "owner": str(cast.participant.id),
        "idempotency_key": key_in(client, journey, door),
    }

    answers = [client.post(door, sent) for _ in range(3)]
    client.post(door, sent | {"text": "Walk further"})
    client.post(door, sent | {"idempotency_key": key_in(client, journey, door)})

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert sorted(str(step.text) for step in Step.objects.filter(journey=journey)) == [
        "Walk", "Walk", "Walk further",
    ]  # fmt: skip


def test_the_same_words_of_the_other_are_a_deed_of_their_own(cast, journey):
    sent = {"text": "The rota", "idempotency_key": "the same"}
    for who in (cast.guide, cast.participant):
        for _ in range(2):
            cast.client(who).post(at("raise_issue", journey), sent)
    assert Issue.objects.filter(journey=journey).count() == 2


def test_an_issue_settled_twice_and_a_date_booked_twice_are_done_once(cast, journey):
    client = cast.client(cast.guide)
    client.post(at("raise_issue", journey), {"text": "The rota"})
    settle = at("settle_issue", journey, 2, Issue.objects.get().id)
    tomorrow = (now() + dt.timedelta(days=1)).date().isoformat()

    for door, sent in (
        (settle, {"becomes": "became_step", "word": ""}),
        (at("book_next", journey), {"date": tomorrow, "time": "10:00"}),
    ):
        sent["idempotency_key"] = key_in(client, journey, door)
        assert [client.post(door, sent).status_code for _ in range(2)] == [302, 302]

    assert Step.objects.filter(journey=journey).count() == 1
    assert IssueStateRecord.objects.count() == 2
    assert Meeting.objects.filter(journey=journey, number=3).count() == 1


def test_a_deed_that_failed_leaves_no_mark(cast, journey, monkeypatch):
    client, door = cast.client(cast.guide), at("plan_step", journey)
    sent = {"text": "Walk", "owner": str(cast.participant.id), "idempotency_key": "m"}
    monkeypatch.setattr(ledger.Entry.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post(door, sent)
    assert not IdempotencyKey.objects.exists() and not Step.objects.filter(journey=journey).exists()
    monkeypatch.undo()
    client.post(door, sent)
    assert Step.objects.filter(journey=journey).count() == 1


def test_marks_are_forgotten_after_a_month(cast, journey):
    for text, days in (("a", 29), ("b", 31)):
        cast.client(cast.guide).post(at("raise_issue", journey), {"text": text, "idempotency_key": "m"})
        newest = IdempotencyKey.objects.order_by("-made_at").first()
        IdempotencyKey.objects.filter(id=newest.id).update(made_at=now() - dt.timedelta(days=days))
    forget_idempotency_keys.call()
    assert IdempotencyKey.objects.count() == 1
