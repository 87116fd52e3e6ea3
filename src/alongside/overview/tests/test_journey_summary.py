"""Where a journey stands, from the facts of all rooms."""

import pytest

from alongside.goals.actions import tick_step
from alongside.goals.queries import steps_of
from alongside.goals.states import StepState
from alongside.journeys.states import Stage
from alongside.overview.journey_summary import path_summary, summaries, summary_of
from alongside.rooms.ending.wishes.models import Wish

from . import build


def summary(cast, journey, who=None):
    return summary_of(cast.seat(who or cast.guide, journey))


def test_nothing_yet_is_the_environment(cast):
    found = summary(cast, cast.journey(state="preparing"))
    assert found.stage == Stage.ENVIRONMENT
    assert (found.held, found.next, found.unsaid, found.my_steps) == (0, None, None, 0)


def test_a_cancelled_meeting_books_nothing(cast):
    journey = cast.journey(state="preparing")
    build.meeting(cast, journey, None, days=1, state="cancelled")
    assert summary(cast, journey).stage == Stage.ENVIRONMENT


def test_a_booked_meeting_leads_to_the_first_meeting(cast):
    journey = cast.journey(state="preparing")
    booked = build.meeting(cast, journey, 1, days=1)
    found = summary(cast, journey)
    assert found.stage == Stage.FIRST_MEETING
    assert found.next.starts_at == booked.starts_at
    assert (found.next.number, found.next.place) == (1, "Blue room")


@pytest.mark.parametrize(
    ("held", "in_force", "stage"),
    [
        (False, False, Stage.FIRST_MEETING),
        (False, True, Stage.FIRST_MEETING),
        (True, False, Stage.FIRST_MEETING),
        (True, True, Stage.SESSIONS),
    ],
)
def test_sessions_begin_when_both_are_there(cast, held, in_force, stage):
    journey = cast.journey()
    build.meeting(cast, journey, 1, days=-1, state="held" if held else "planned")
    build.agreement(cast, journey, "in_force" if in_force else "proposed")
    assert summary(cast, journey).stage == stage
    assert path_summary(cast.seat(cast.guide, journey)).stage == stage


def test_a_journey_begun_at_meeting_n_needs_no_first_meeting_here(cast):
    journey = cast.journey(first_number=4)
    build.agreement(cast, journey, "in_force")
    found = summary(cast, journey)
    assert found.stage == Stage.SESSIONS
    assert found.held_in_all == 3


@pytest.mark.parametrize(("state", "stage"), [("begun", Stage.ENDING), ("set_aside", Stage.SESSIONS)])
def test_an_ending_counts_unless_it_is_set_aside(cast, state, stage):
    journey = cast.journey()
    build.under_way(cast, journey)
    build.ending(cast, journey, state)
    assert summary(cast, journey).stage == stage


def test_meetings_are_told_apart_by_time_and_state(cast):
    journey = cast.journey()
    build.under_way(cast, journey, held=2)
    build.meeting(cast, journey, 4, days=14)
    build.meeting(cast, journey, 9, days=-1)
    found = summary(cast, journey)
    assert (found.held, found.unsaid.number, found.next.number) == (2, 9, 3)
    assert found.first_held
    assert found.last_at < found.next.starts_at


def test_yes_counts_for_the_newest_version_alone(cast):
    journey = cast.journey()
    build.agreement(cast, journey, "in_force", "guide", "participant", number=1)
    build.agreement(cast, journey, "accepted_by_one", "guide", number=2)
    found = summary(cast, journey)
    assert (found.in_force, found.version_number, found.version_sides) == (True, 2, {"guide"})


def test_closed_records_are_done_with(cast):
    journey = cast.journey()
    build.record(
        cast, build.meeting(cast, journey, 1, days=-9, state="held"), "closed", "guide", "participant"
    )
    assert summary(cast, journey).open_record == 0
    second = build.meeting(cast, journey, 2, days=-2, state="held")
    build.record(cast, second, "acknowledged_by_one", "guide")
    found = summary(cast, journey)
    assert (found.open_record, found.record_sides) == (2, {"guide"})


def test_steps_are_counted_for_their_owner_until_they_are_done(cast):
    journey = cast.journey()
    build.goals(cast, journey, targets=1, steps=2)
    assert summary(cast, journey).my_steps == 0
    assert summary(cast, journey, cast.participant).my_steps == 2
    seat = cast.seat(cast.participant, journey)
    tick_step(step=steps_of(seat).first(), state=StepState.DONE, by=seat)
    assert summary(cast, journey, cast.participant).my_steps == 1


def test_what_both_have_to_decide_and_acknowledge(cast):
    journey = cast.journey(state="ending")
    build.ending(cast, journey, "acknowledged_by_one", "participant")
    Wish.objects.create(journey=journey, wanted="go_on", by=cast.participant)
    found = summary(cast, journey)
    assert (found.ending_sides, found.longer_asked_by) == ({"participant"}, cast.participant.id)


def test_preparations_pictures_and_targets(cast):
    journey = cast.journey()
    assert not summary(cast, journey).has_picture
    build.prepared(cast, journey, cast.participant)
    build.picture(cast, journey)
    build.goals(cast, journey)
    found = summary(cast, journey)
    assert (found.prepared_by, found.has_picture, found.has_targets) == ({cast.participant.id}, True, True)


def test_many_journeys_are_one_query_and_kept_apart(cast, django_assert_num_queries):
    first, second = cast.journey(), cast.journey(state="preparing")
    build.under_way(cast, first)
    seats = [cast.seat(cast.guide, journey) for journey in (first, second)]
    summaries(seats)
    with django_assert_num_queries(1):
        found = summaries(seats)
    assert (found[first.id].stage, found[second.id].stage) == (Stage.SESSIONS, Stage.ENVIRONMENT)
    assert summaries([]) == {}
