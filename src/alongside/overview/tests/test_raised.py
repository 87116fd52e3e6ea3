"""Whether many journeys are on track: the same answers as for one, at a price that does not grow with their number."""

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.goals.actions import take_reading
from alongside.goals.measuring.actions import answer_finding
from alongside.goals.measuring.many import Raised, raised_in
from alongside.goals.measuring.models import Decision, FilledForm
from alongside.goals.measuring.queries import tracked
from alongside.goals.models import Reading, Step, Target, TargetStateRecord
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.states import TargetState
from alongside.goals.tracking_facts import Level
from alongside.journeys.models import Journey, JourneyStateRecord
from alongside.journeys.queries import seats_of
from alongside.kernel.clock import now, today
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting
from alongside.rooms.sessions.record.models import MeetingFeedback

from . import build


def one_by_one(guide: Person) -> dict:
    """What the page of each journey says, asked of every journey by itself."""
    found = {}
    for seat in seats_of(guide):
        if seat.is_guide:
            told = tracked(seat)
            found[seat.journey.id] = Raised(
                told.track_summary.level, bool(told.speaking), bool(told.track_summary.safety)
            )
    return found


def all_at_once(guide: Person) -> dict:
    return raised_in(guide, seats_of(guide))


@pytest.fixture
def measured(cast):
    """A journey in which much has been measured, missed, answered and left undone."""
    journey = cast.journey("treatment", every_days=7)
    build.under_way(cast, journey, held=6, next_in=None)
    build.goals(cast, journey, targets=3, readings=6)
    for target in Target.objects.filter(journey=journey):
        TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, by=cast.guide)
    return journey


def shaken(cast, journey: Journey, chance: random.Random) -> None:
    """Other readings, days, steps, answers and meetings, as chance has it."""
    seat = cast.seat(cast.guide, journey)
    day = today(cast.guide.time_zone)
    for reading in Reading.objects.filter(target__journey=journey):
        reading.value = Decimal(chance.choice(["0", "2.5", "4", "6", "10"]))
        reading.taken_on = day - dt.timedelta(days=chance.randrange(0, 60))
        reading.save(update_fields=["value", "taken_on"])
    for target in Target.objects.filter(journey=journey):
        if chance.random() < 0.3:
            take_reading(target=target, value=Decimal(chance.randrange(0, 11)), source="between", by=seat)
    Step.objects.filter(journey=journey).update(due=day + dt.timedelta(days=chance.randrange(-9, 9)))
    for number in range(chance.randrange(0, 4)):
        state = chance.choice(["missed", "cancelled"])
        build.meeting(cast, journey, None, days=-1 - number, state=state)
    for total in chance.sample(range(28), chance.randrange(0, 5)):
        FilledForm.objects.create(
            journey=journey,
            instrument="phq-9",
            measure_version="1",
            answers="{}",
            total=total,
            safety=chance.random() < 0.2,
            by=cast.participant,
            submitted_at=now() - dt.timedelta(days=total),
        )


def test_chance_brings_every_level(cast, measured):
    levels = set()
    for seed in range(12):
        shaken(cast, measured, random.Random(seed))
        levels.add(all_at_once(cast.guide)[measured.id].level)
    assert {Level.AMBER, Level.RED} <= levels


@pytest.mark.parametrize("seed", range(12))
def test_whatever_was_measured_many_are_judged_as_one(cast, measured, seed):
    chance = random.Random(seed)
    shaken(cast, measured, chance)
    assert all_at_once(cast.guide) == one_by_one(cast.guide)
    alerts = tracked(cast.seat(cast.guide, measured)).speaking
    for alert in alerts[:2]:
        answer_finding(
            alert=alert,
            decision=Decision.CONTINUE,
            word="",
            review_on=None,
            closes=False,
            by=cast.seat(cast.guide, measured),
        )
    assert all_at_once(cast.guide) == one_by_one(cast.guide)


def test_answers_after_meetings_are_told_for_many_as_for_one(cast, measured):
    for number, listened, kept in ((2, 9, False), (3, 4, False), (4, 1, True)):
        held = build.record(cast, Meeting.objects.get(journey=measured, number=number), "closed")
        MeetingFeedback.objects.create(
            record=held, journey=measured, by=cast.participant, listened=listened, kept=kept
        )
    assert all_at_once(cast.guide) == one_by_one(cast.guide)
    assert all_at_once(cast.guide)[measured.id].speaks


@pytest.mark.parametrize("state", ["paused", "ending", "completed"])
def test_a_journey_that_rests_or_ends_raises_nothing_but_safety(cast, measured, state):
    shaken(cast, measured, random.Random(1))
    JourneyStateRecord.objects.create(journey=measured, state=state, by=cast.guide)
    SafetyNotice.objects.update(seen_at=now(), seen_by=cast.guide)
    assert all_at_once(cast.guide) == one_by_one(cast.guide)
    assert not all_at_once(cast.guide)[measured.id].speaks
    form = FilledForm.objects.create(
        journey=measured, instrument="phq-9", measure_version="1", answers="{}", by=cast.participant
    )
    SafetyNotice.objects.create(
        journey=measured, form=form, instrument="phq-9", by=cast.participant, passes_on_at=now()
    )
    assert all_at_once(cast.guide)[measured.id].safety


def test_nobody_but_its_guide_is_told(cast, measured):
    assert all_at_once(cast.participant) == {}
    assert all_at_once(cast.supporter) == {}
    assert measured.id not in all_at_once(cast.colleague)


def test_it_costs_the_same_for_one_and_three(cast, measured):
    def cost() -> int:
        seats = seats_of(cast.guide)
        with CaptureQueriesContext(connection) as asked:
            raised_in(cast.guide, seats)
        return len(asked)

    cost()
    one = cost()
    for _again in range(2):
        journey = cast.journey("treatment")
        build.under_way(cast, journey)
        build.goals(cast, journey, targets=2)
    assert cost() == one <= 6


def test_no_data_is_never_on_track(cast):
    journey = cast.journey("treatment")
    build.under_way(cast, journey)
    assert all_at_once(cast.guide)[journey.id].level == Level.NO_DATA


def test_what_speaks_stands_on_today_and_in_the_list_for_the_guide_alone(cast):
    journey = cast.journey("treatment", every_days=7)
    build.under_way(cast, journey)
    for days in (-3, -2):
        build.meeting(cast, journey, None, days=days, state="missed")
    address = f"/journeys/{journey.id}/goals/on-track/"
    for url in ("/", "/journeys/", "/journeys/?show=alert"):
        assert address in cast.client(cast.guide).get(url).content.decode(), url
        assert address not in cast.client(cast.participant).get(url).content.decode(), url
