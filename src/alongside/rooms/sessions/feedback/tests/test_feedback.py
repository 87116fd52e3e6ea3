"""How the meetings were: for the participant all of it, for the guide what is shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.ledger.models import Opening
from alongside.rooms.sessions.feedback.queries import felt_in
from alongside.rooms.sessions.record.models import MeetingFeedback, MeetingRecord
from alongside.rooms.sessions.record.pages.trend import trend
from alongside.rooms.sessions.record.tests.factories import booked


@pytest.fixture
def journey(cast):
    return cast.journey()


def door(journey):
    return reverse("felt:felt", args=[journey.id])


def answered(cast, journey, number, *, kept=False, **answers):
    meeting = booked(cast, journey, number, state="held", days=number - 10)
    record = MeetingRecord.objects.create(
        meeting=meeting, journey=journey, number=number, opened_by=cast.guide
    )
    return MeetingFeedback.objects.create(
        record=record, journey=journey, by=cast.participant, kept=kept, **answers
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guide", 200),
        ("participant", 200),
        ("supporter", 403),
        ("colleague", 404),
        ("lead", 404),
        ("stranger", 404),
    ],
)
def test_the_door(cast, journey, who, status):
    assert cast.client(getattr(cast, who)).get(door(journey)).status_code == status
    if status == 200:
        assert cast.client(getattr(cast, who)).post(door(journey)).status_code == 405


def test_before_the_first_answer_it_says_what_will_be_here(cast, journey):
    assert "Nothing here yet" in cast.client(cast.guide).get(door(journey)).content.decode()


def test_what_is_kept_is_the_participants_alone(cast, journey):
    answered(cast, journey, 2, listened=9)
    answered(cast, journey, 3, listened=3, kept=True)
    answered(cast, journey, 4, listened=8)
    of = {who: felt_in(cast.seat(getattr(cast, who), journey)) for who in ("guide", "participant")}
    assert [one.answers["listened"] for one in of["participant"]] == [9, 3, 8]
    assert [one.answers["listened"] for one in of["guide"]] == [9, 8]


def test_what_was_shown_stays_shown_though_it_is_answered_again_and_kept(cast, journey):
    first = answered(cast, journey, 2, listened=9)
    MeetingFeedback.objects.create(
        record=first.record, journey=journey, by=cast.participant, kept=True, listened=2
    )
    assert [one.answers["listened"] for one in felt_in(cast.seat(cast.guide, journey))] == [9]
    assert [one.answers["listened"] for one in felt_in(cast.seat(cast.participant, journey))] == [2]


def test_a_low_answer_is_worth_talking_about(cast, journey):
    answered(cast, journey, 2, listened=9)
    answered(cast, journey, 3, listened=6)
    for who in (cast.guide, cast.participant):
        page = cast.client(who).get(door(journey)).content.decode()
        assert "Worth talking about next time" in page
        assert "6, before that 9" in page


def test_kept_answers_ask_the_participant_and_tell_the_guide_nothing(cast, journey):
    answered(cast, journey, 2, listened=9)
    answered(cast, journey, 3, listened=2, kept=True)
    assert (
        "Would it help to bring one of them up?"
        in cast.client(cast.participant).get(door(journey)).content.decode()
    )
    guide = cast.client(cast.guide).get(door(journey)).content.decode()
    assert "bring one of them up" not in guide
    assert "Worth talking about" not in guide
    assert "Once so far: 9 of 10." in guide


def test_reading_it_is_an_opening(cast, journey):
    answered(cast, journey, 2, listened=9)
    cast.client(cast.guide).get(door(journey))
    assert Opening.objects.filter(subject_kind="sessions.felt").count() == 1


def test_the_line_says_the_same_in_words():
    assert trend("Listened", [None, 4, None, 8]).sentence == "From 4 to 8, over 2 meetings."
    assert trend("Listened", [7]).sentence == "Once so far: 7 of 10."
    assert trend("Listened", [None]) is None
    line = trend("Listened", [0, 10])
    assert line.then_at > line.now_at, "more is up"


def test_it_costs_the_same_for_one_and_three(cast, journey):
    client = cast.client(cast.guide)

    def cost():
        client.get(door(journey))
        with CaptureQueriesContext(connection) as asked:
            client.get(door(journey))
        return len(asked)

    answered(cast, journey, 2, listened=9)
    one = cost()
    answered(cast, journey, 3, listened=8)
    answered(cast, journey, 4, listened=8)
    assert cost() == one
