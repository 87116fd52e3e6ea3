"""What the on-track rules and the lines are told of meetings and of the answers after them."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.urls import reverse

from alongside.goals.actions import take_reading
from alongside.goals.measuring import queries
from alongside.goals.models import Reading
from alongside.kernel.clock import today
from alongside.rooms.sessions.on_track.meeting_facts import from_rooms
from alongside.rooms.sessions.record.models import MeetingFeedback, MeetingRecord
from alongside.rooms.sessions.record.tests.factories import booked, target


@pytest.fixture
def journey(cast):
    return cast.journey("treatment", every_days=7)


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


def rules(seat):
    return [alert.finding.rule for alert in queries.tracked(seat).speaking]


def test_meetings_that_are_over_are_told_and_others_are_not(cast, journey, guide):
    booked(cast, journey, 1, state="held", days=-21)
    booked(cast, journey, None, state="missed", days=-14)
    booked(cast, journey, None, state="cancelled", days=7)
    booked(cast, journey, None, state="cancelled", days=-7)
    booked(cast, journey, 2, days=-1)
    told = from_rooms(guide)
    assert [one.held for one in told.meetings] == [True, False, False]
    assert told.something_booked is False
    booked(cast, journey, 3, days=3)
    assert from_rooms(guide).something_booked is True


def test_two_missed_in_a_row_are_found(cast, journey, guide):
    booked(cast, journey, 1, state="held", days=-21)
    for days in (-14, -7):
        booked(cast, journey, None, state="missed", days=days)
    assert rules(guide) == ["N7"]


def test_measure_without_a_score_in_two_meetings_is_no_data(cast, journey, guide):
    target(guide, measure="phq-9")
    Reading.objects.update(taken_on=today("Europe/London") - dt.timedelta(days=40))
    for number, days in enumerate((-40, -14, -7), start=1):
        booked(cast, journey, number, state="held", days=days)
    booked(cast, journey, 4, days=3)
    assert rules(guide) == ["N8"]


def answers(cast, journey, number, kept=False, **said):
    """What the participant answered after a meeting."""
    record = MeetingRecord.objects.filter(journey=journey, number=number).first()
    if record is None:
        meeting = booked(cast, journey, number, state="held", days=number - 9)
        record = MeetingRecord.objects.create(
            meeting=meeting, journey=journey, number=number, opened_by=cast.guide
        )
    MeetingFeedback.objects.create(record=record, journey=journey, by=cast.participant, kept=kept, **said)


def test_low_answer_and_drop_are_asked_about_against_the_last_answer_to_each_question(cast, journey, guide):
    answers(cast, journey, 2, matters=9, plan=9)
    answers(cast, journey, 3, matters=None, plan=8, listened=8)
    answers(cast, journey, 4, matters=7, plan=7, listened=4)
    told = from_rooms(guide)
    assert (told.feedback["matters"], told.feedback_before["matters"], told.feedback_before["plan"]) == (
        7,
        9,
        8,
    )
    found = [alert.finding for alert in queries.tracked(guide).speaking if alert.finding.rule == "N9"]
    assert [(one.subject, one.numbers["because"]) for one in found] == [
        ("matters", "drop"),
        ("listened", "drop"),
    ]


def test_answers_the_participant_keeps_are_not_told(cast, journey, guide):
    answers(cast, journey, 2, kept=True, listened=1)
    assert from_rooms(guide).feedback == {}
    assert "N9" not in rules(guide)


def test_answers_of_another_journey_are_not_told(cast, journey, guide):
    answers(cast, cast.journey("treatment"), 2, listened=1)
    assert from_rooms(guide).feedback == {}


def test_missed_meeting_stands_beside_the_line(cast, journey, guide):
    aim = target(guide, measure="phq-9")
    Reading.objects.update(taken_on=today("Europe/London") - dt.timedelta(days=20))
    take_reading(target=aim, value=D(2), by=guide)
    booked(cast, journey, None, state="missed", days=-30)  # before there was a line
    booked(cast, journey, None, state="missed", days=-10)

    for path in (
        reverse("goals:lines", args=[journey.id]),
        reverse("first_meeting:target", args=[journey.id, aim.id]),
    ):
        page = cast.client(cast.participant).get(path).content.decode()
        assert page.count("meeting missed.") == 1
    picture = cast.client(cast.participant).get(reverse("goals:target_chart", args=[journey.id, aim.id]))
    assert "meeting missed" in picture.content.decode()


@pytest.mark.without_ledger("goals.actions.take_reading")
def test_reading_in_each_of_many_days_is_no_session_of_its_own(cast, journey, guide):
    aim = target(guide, measure="phq-9")
    Reading.objects.update(value=D(18), taken_on=today("Europe/London") - dt.timedelta(days=8))
    for number, days in enumerate((-8, -1), start=1):
        booked(cast, journey, number, state="held", days=days)
    for days in range(7, 1, -1):
        take_reading(
            target=aim, value=D(18), taken_on=today("Europe/London") - dt.timedelta(days=days), by=guide
        )
    (facts,) = queries.facts_of(guide, queries.goals_of(guide)).measures
    assert (len(facts.scores), facts.session) == (7, 2)
    assert "N2" not in rules(guide) and "N3" not in rules(guide)
