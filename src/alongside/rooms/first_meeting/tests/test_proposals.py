"""Whoever is asked for a yes is told by one email, once, and not of what was answered meanwhile."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.goals import actions as goals
from alongside.goals.queries import needs_of
from alongside.journeys.actions import enter_state
from alongside.journeys.models import JourneyMember
from alongside.kernel import clock
from alongside.rooms.first_meeting import actions
from alongside.rooms.first_meeting.models import AgreementStateRecord, Reminded, Reminder
from alongside.rooms.first_meeting.proposals import standing_proposals
from alongside.rooms.first_meeting.tasks import post_proposals, tell_of_proposals

NOON = dt.datetime(2031, 3, 3, 12, tzinfo=dt.UTC)


def minutes(count):
    return dt.timedelta(minutes=count)


def at(moment):
    return clock.at(NOON + minutes(moment))


def told(moment):
    mail.outbox.clear()
    with at(moment):
        tell_of_proposals.func()
    return [one for one in mail.outbox if one.subject == "A proposal for you to answer"]


@pytest.fixture
def under_way(room):
    with at(-9_000):
        room.in_force()
    return room


def propose(seat, statement="Sleep"):
    return goals.propose_need(statement=statement, by=seat)


def test_several_within_a_short_time_are_one_email_to_the_other(under_way, cast):
    for moment in (0, 10):
        with at(moment):
            propose(under_way.guide, f"A secret {moment}")
    assert told(20) == []
    letters = told(26)
    assert [one.to for one in letters] == [[cast.participant.email]]
    assert "/first-meeting/goals/" in letters[0].body and "secret" not in letters[0].body
    assert told(31) == []
    with at(40):
        propose(under_way.guide)
    assert len(told(56)) == 1


def test_the_participant_proposes_and_the_guide_is_told(under_way, cast):
    with at(0):
        propose(under_way.participant)
    assert [one.to for one in told(16)] == [[cast.guide.email]]


def test_who_goes_on_proposing_delays_it_an_hour_at_most(under_way):
    for moment in range(0, 61, 10):
        with at(moment):
            propose(under_way.guide)
    assert len(told(61)) == 1


def test_what_is_answered_meanwhile_is_told_to_nobody(under_way):
    with at(0):
        made = propose(under_way.guide)
    with at(5):
        goals.agree_need(need=needs_of(under_way.participant).get(id=made.id), by=under_way.participant)
    assert told(30) == []


def test_answered_between_noting_and_posting_nothing_is_posted(under_way, cast):
    with at(0):
        made = propose(under_way.guide)
    assert len(told(16)) == 1
    with at(20):
        goals.agree_need(need=needs_of(under_way.participant).get(id=made.id), by=under_way.participant)
        mail.outbox.clear()
        post_proposals.func(str(cast.participant.id), str(under_way.journey.id), str(made.id))
    assert mail.outbox == []


def test_what_was_proposed_long_ago_is_not_told_now(under_way):
    with at(0):
        propose(under_way.guide)
    assert told(2 * 24 * 60 + 1) == []


def test_before_it_is_under_way_goals_are_agreed_with_the_agreement(room):
    with at(0):
        propose(room.guide)
    assert told(30) == []


@pytest.mark.without_ledger("rooms.first_meeting.actions.accept_agreement")
def test_an_agreement_that_was_put_to_the_other_is_told(room, cast):
    with at(0):
        version = room.proposed()
        actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)
    letters = told(16)
    assert [one.to for one in letters] == [[cast.participant.email]]
    assert "/first-meeting/agreement/" in letters[0].body


def test_an_agreement_that_the_participant_put_to_the_guide_is_told_to_the_guide(room, cast):
    with at(0):
        version = room.draft()
        AgreementStateRecord.objects.create(version=version, state="proposed", by=cast.participant)
    assert [one.to for one in told(16)] == [[cast.guide.email]]


def test_an_agreement_accepted_in_the_room_is_told_to_nobody(room):
    with at(0):
        room.in_force()
    assert told(16) == []


def test_a_paused_journey_sends_none(under_way):
    with at(0):
        propose(under_way.guide)
        enter_state(state="paused", reason="A rest", by=under_way.guide)
    assert told(16) == []


@pytest.mark.parametrize("lost", ["email", "is_active", "user"])
def test_who_cannot_be_written_to_is_not(under_way, cast, lost):
    with at(0):
        propose(under_way.guide)
    setattr(cast.participant, lost, {"email": "", "is_active": False, "user": None}[lost])
    cast.participant.save()
    assert told(16) == [] and not Reminder.objects.filter(of=Reminded.PROPOSAL).exists()


@pytest.mark.parametrize(
    ("begins", "ends", "is_told"), [(-4_000, -60, False), (60, 4_000, False), (-4_000, 4_000, True)]
)
def test_who_covers_is_told_while_they_cover_and_at_no_other_time(under_way, cast, begins, ends, is_told):
    begins_at, ends_at = NOON + minutes(begins), NOON + minutes(ends)
    JourneyMember.objects.create(
        journey=under_way.journey,
        person=cast.colleague,
        part="covering",
        begins_at=begins_at,
        ends_at=ends_at,
    )
    with at(0):
        propose(under_way.participant)
    both = [[cast.colleague.email], [cast.guide.email]]
    assert sorted(one.to for one in told(16)) == (sorted(both) if is_told else both[1:])


def test_of_proposals_of_long_ago_it_is_not_asked_how_they_stand(under_way):
    """Every five minutes: what is scanned are the records of what happened, and not needs, targets and versions."""
    if connection.vendor != "sqlite":
        pytest.skip("the plan is read as SQLite writes it")
    with at(0):
        made = propose(under_way.guide)
    with CaptureQueriesContext(connection) as asked:
        found = standing_proposals(NOON - minutes(1))
    assert [one.subject_id for one in found] == [made.id]
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [row[3] for row in cursor.fetchall()]
    tables = ("goals_need", "goals_target", "room_first_meeting_agreementversion")
    assert any(plan.startswith(f"SEARCH {tables[0]} ") for plan in plans), plans
    assert not [plan for plan in plans for table in tables if plan.split()[:2] == ["SCAN", table]], plans
