"""What becomes of a meeting that nobody came to, or that is written down a day later."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.journeys.models import Words
from alongside.rooms.environment.actions import note_missed
from alongside.rooms.sessions.meeting_page.tests.test_views import CLOSE, at
from alongside.rooms.sessions.record import actions, rules
from alongside.rooms.sessions.record.queries import records_of, table_of
from alongside.rooms.sessions.record.states import RecordState
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    return journey


def test_from_the_page_one_notes_that_the_other_did_not_come_and_the_words_are_kept(cast, journey):
    opened(cast, journey)
    guide, client = cast.seat(cast.guide, journey), cast.client(cast.guide)
    actions.write_in_box(number=2, name="plan", text="What I had prepared", version=0, by=guide)
    page = client.get(at("meeting", journey)).content.decode()
    meeting = table_of(guide, 2).meeting
    missed = reverse("environment:missed", args=[journey.id, meeting.id])
    assert "Paul Participant did not come" in page and missed in page

    answer = client.post(missed, {"word": "", "next": at("meeting", journey)})

    assert answer.status_code == 302 and answer["Location"] == at("meeting", journey)
    after = client.get(at("meeting", journey)).content.decode()
    assert "What I had prepared" in after and "did not take place" in after
    assert at("close", journey) not in after and missed not in after
    late = client.post(at("close", journey), CLOSE | {"present": [str(cast.guide.id)], "no_step": "on"})
    assert late.status_code == 409

    booked(cast, journey, 2)
    assert client.post(at("start", journey)).status_code == 302
    assert "What I had prepared" in client.get(at("meeting", journey)).content.decode()
    actions.close_meeting(number=2, closing=closing(guide), by=guide)


def test_only_what_took_place_is_acknowledged(cast, journey):
    opened(cast, journey)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    table = table_of(guide, 2)
    assert rules.may_miss(guide, table) and rules.may_close(guide, table) and rules.took_place(table)
    note_missed(meeting=table.meeting, by=guide)
    table = table_of(guide, 2)
    for verdict in (
        rules.may_close(guide, table),
        rules.may_confirm(participant, table),
        rules.may_miss(guide, table),
        rules.took_place(table),
    ):
        assert not verdict


def test_a_meeting_held_without_a_network_is_entered_the_next_day(cast, journey):
    meeting = booked(cast, journey, 2, days=-1)
    client = cast.client(cast.guide)

    assert client.post(at("start", journey)).status_code == 302
    page = client.get(at("meeting", journey)).content.decode()
    assert "data-clock" not in page and 'value="45"' in page
    client.post(at("write", journey, 2, "review"), {"text": "From my notes", "version": 0})
    done = client.post(
        at("close", journey),
        CLOSE | {"present": [str(cast.guide.id), str(cast.participant.id)], "no_step": "on"},
    )
    cast.client(cast.participant).post(at("confirm", journey))

    assert done.status_code == 302
    assert records_of(cast.seat(cast.guide, journey))[-1].state == RecordState.CLOSED
    closed = client.get(at("meeting", journey)).content.decode()
    assert f"{meeting.wall_date:%A}" in closed and "From my notes" in closed


def test_a_note_of_two_hundred_thousand_characters_is_kept_shown_and_copied(cast, journey):
    opened(cast, journey)
    client, door = cast.client(cast.guide), at("write", journey, 2, "review")
    sentence = "She slept, and then she did not, and nobody knew why it was so. "
    pasted = (sentence * (200_000 // len(sentence) + 1))[:200_000]

    answer = client.post(door, {"text": pasted, "version": 0})
    one_more = client.post(door, {"text": pasted + "!", "version": 1}, headers={"Accept": "application/json"})

    assert answer.status_code == 302
    assert one_more.status_code == 409 and "longer than one box can hold" in one_more.content.decode()
    assert pasted in client.get(at("meeting", journey)).content.decode()
    text = client.get(reverse("reading:text", args=[journey.id, 2])).content.decode()
    assert " ".join(pasted.split()) in " ".join(text.split())
    # an edit in the middle of it is merged like any other
    client.post(door, {"text": pasted.replace("nobody knew", "anyone knew", 1), "version": 1})
    seen = cast.client(cast.participant).get(at("meeting", journey)).content.decode()
    assert "anyone knew" in seen
    assert str(Words.objects.get(journey=journey, box="review").text).count("anyone knew") == 1
