"""What one of the two has proposed is the next thing to do of the other, on Today and on the journey's page."""

from decimal import Decimal

import pytest

from alongside.goals import actions as goals
from alongside.goals.actions import Wording
from alongside.goals.queries import needs_of, target_for
from alongside.rooms.ending.handover import actions as handovers
from alongside.rooms.ending.tests.hand_over import proposed as handover_proposed
from alongside.rooms.ending.tests.hand_over import summarised
from alongside.rooms.first_meeting.states import Side
from tests.furnish import furnish_journey

from . import build

SIDES = pytest.mark.parametrize("who", ["guide", "participant"])


@pytest.fixture
def journey(cast):
    """Under way, with a meeting in a week: nothing else is to be done."""
    journey = cast.journey(kind="treatment")
    build.meeting(cast, journey, 1, days=-7, state="held")
    build.meeting(cast, journey, 2, days=7)
    build.agreement(cast, journey, "in_force", "guide", "participant")
    return journey


def other(cast, who):
    return cast.participant if who == "guide" else cast.guide


def both_pages(cast, person, journey):
    browser = cast.client(person)
    return [browser.get(address).content.decode() for address in ("/", f"/journeys/{journey.id}/")]


def need(cast, who, journey):
    return goals.propose_need(statement="Sleep", by=cast.seat(getattr(cast, who), journey))


def agreed_need(cast, who, journey):
    made = need(cast, who, journey)
    asked = cast.seat(other(cast, who), journey)
    goals.agree_need(need=needs_of(asked).get(id=made.id), by=asked)
    return made


def target(cast, who, journey):
    seat = cast.seat(getattr(cast, who), journey)
    wording = Wording("I sleep", "rating-0-10", baseline=Decimal(2), aim=Decimal(7))
    first = agreed_need(cast, who, journey)
    return goals.propose_target(need=first, wording=wording, by=seat)


def wording(cast, who, journey):
    seat = cast.seat(getattr(cast, who), journey)
    first = goals.propose_target(
        need=agreed_need(cast, who, journey),
        wording=Wording("I rest", "rating-0-10", baseline=Decimal(2), aim=Decimal(7)),
        by=seat,
    )
    asked = cast.seat(other(cast, who), journey)
    goals.agree_target(target=target_for(asked, first.id), by=asked)
    new = Wording("I rest well", "rating-0-10", baseline=Decimal(2), aim=Decimal(8))
    return goals.reword_target(target=target_for(seat, first.id), wording=new, known_number=1, by=seat)


@SIDES
@pytest.mark.parametrize("propose", [need, target, wording], ids=lambda one: one.__name__)
def test_a_goal_is_the_next_thing_of_the_other_alone(cast, journey, propose, who):
    propose(cast, who, journey)
    assert all("has made a proposal" in page for page in both_pages(cast, other(cast, who), journey))
    assert not any("has made a proposal" in page for page in both_pages(cast, getattr(cast, who), journey))


def test_once_it_is_agreed_nothing_is_asked(cast, journey):
    made = need(cast, "guide", journey)
    seat = cast.seat(cast.participant, journey)
    goals.agree_need(need=needs_of(seat).get(id=made.id), by=seat)
    assert not any("has made a proposal" in page for page in both_pages(cast, cast.participant, journey))


def test_a_hand_over_asks_each_until_they_have_said_yes_to_the_summary_as_it_stands(cast):
    journey = furnish_journey(cast, "treatment")
    handover_proposed(cast, journey)
    version = summarised(cast, journey)
    for person in (cast.guide, cast.participant):
        assert all("has been proposed" in page for page in both_pages(cast, person, journey))

    handovers.say_yes(side=Side.GUIDE, version=version, by=cast.seat(cast.guide, journey))
    assert not any("change of clinician" in page for page in both_pages(cast, cast.guide, journey))
    assert all("change of clinician" in page for page in both_pages(cast, cast.participant, journey))

    seat = cast.seat(cast.participant, journey)
    handovers.say_yes(side=Side.PARTICIPANT, version=version, by=seat)
    assert not any("change of clinician" in page for page in both_pages(cast, cast.participant, journey))

    summarised(cast, journey, text="It has changed.")
    assert all("change of clinician" in page for page in both_pages(cast, cast.participant, journey))
