"""Every way in which a journey ends, as the two go through it in their browsers; each page is looked at by axe."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.journeys.models import Journey
from alongside.journeys.states import JourneyState
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.rooms.ending.actions import acknowledge
from alongside.rooms.ending.models import Handover
from alongside.rooms.ending.states import Side
from alongside.rooms.ending.tests.furniture import chain, ready_to_close
from tests.cast import Cast, gather
from tests.furnish import furnish_journey

from .walker import Walker


@dataclass
class House:
    cast: Cast
    comes: Callable[[Person, int], Walker]

    def two(self, journey: Journey) -> tuple[Walker, Walker]:
        """The guide at a desk, the participant with a phone, both at the ending of this journey."""
        walkers = self.comes(self.cast.guide, 1440), self.comes(self.cast.participant, 390)
        for walker in walkers:
            walker.opens(reverse("ending:room", args=[journey.id]))
        return walkers

    def state(self, journey: Journey) -> JourneyState:
        return self.cast.seat(self.cast.guide, journey).state


@pytest.fixture
def house(committed, live_server, new_context, axe):
    cast, here = gather(), []

    def comes(who: Person, width: int) -> Walker:
        context = new_context(width=width)
        page = context.new_page()
        page.goto("/healthz")
        cookie = cast.client(who).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])
        here.append(Walker(str(who.name), who.email, page, axe))
        return here[-1]

    yield House(cast, comes)
    for walker in here:
        assert walker.found == [] and walker.trouble == []


def today() -> dt.date:
    return clock.today("Europe/London")


def gives_notice(walker: Walker, last_day: dt.date) -> None:
    walker.follows("End early")
    walker.fills(reason="It is too far to come", last_day=last_day.isoformat())
    walker.page.locator("main form .btn-primary").click()
    walker.sees("notice is given")


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_ended_early_by_either_after_the_notice(house, who):
    journey = house.cast.journey()
    chain(house.cast, journey)
    guide, participant = house.two(journey)
    one, other = (guide, participant) if who == "guide" else (participant, guide)

    gives_notice(one, today() + dt.timedelta(days=14))
    other.opens_again()
    other.sees("would like to end early", "It is too far to come")
    assert house.state(journey) == JourneyState.ENDING
    # the notice is not over: the act is there, and says why it can't be done yet
    other.sees("The notice is not over yet")


def test_whoever_gave_notice_takes_it_back(house):
    journey = house.cast.journey()
    guide, participant = house.two(journey)
    gives_notice(participant, today() + dt.timedelta(days=14))
    participant.presses("Take my notice back")
    guide.opens_again()
    guide.does_not_see("would like to end early")


def test_ended_early_on_the_last_day_is_closed_by_the_other(house):
    journey = house.cast.journey()
    guide, participant = house.two(journey)
    gives_notice(guide, today())
    participant.opens_again()
    participant.makes_sure("Close it now")
    assert house.state(journey) == JourneyState.ENDED_EARLY
    for walker in (guide, participant):
        walker.opens(reverse("ending:room", args=[journey.id]))
        walker.sees("Why it ended early", "It is too far to come", "It can be read, not changed")


def test_what_was_said_at_the_closing_fits_a_narrow_phone(house):
    journey = ready_to_close(house.cast)
    participant = house.comes(house.cast.participant, 320)
    for _turn in ("open", "closed"):
        participant.opens(reverse("ending:closing", args=[journey.id]))
        assert participant.page.evaluate("document.documentElement.scrollWidth") == 320
        for who, side in ((house.cast.guide, Side.GUIDE), (house.cast.participant, Side.PARTICIPANT)):
            seat = house.cast.seat(who, journey)
            if not seat.is_over:
                acknowledge(side=side, by=seat)
    participant.sees("It is kept")


@pytest.mark.parametrize("who", [0, 1])
def test_withdrawn_before_it_began(house, who):
    journey = house.cast.journey(state="preparing")
    two = house.two(journey)
    two[who].follows("Withdraw")
    two[who].fills(reason="It is not the right time")
    two[who].page.locator("main form .btn-primary").click()
    two[who].sees("It is withdrawn")
    assert house.state(journey) == JourneyState.WITHDRAWN
    two[1 - who].opens_again()
    two[1 - who].sees("It can be read, not changed")


def test_extended_when_both_want_it_and_goes_on(house):
    journey = house.cast.journey()
    guide, participant = house.two(journey)
    guide.makes_sure("Begin the ending")
    participant.opens_again()
    participant.follows("Go on longer")
    participant.fills(planned_meetings="40", word="I would like to sleep through, too")
    participant.page.locator("main form .btn-primary").click()
    guide.opens(reverse("ending:room", args=[journey.id]))
    guide.sees("I would like to sleep through, too")
    guide.presses("Yes, we go on")
    journey.refresh_from_db()
    assert (house.state(journey), journey.planned_meetings) == (JourneyState.ACTIVE, 40)


def test_rested_taken_up_again_rested_and_ended(house):
    journey = house.cast.journey()
    guide, participant = house.two(journey)

    def rests(walker: Walker) -> None:
        walker.opens(reverse("ending:room", args=[journey.id]))
        walker.follows("Let it rest")
        walker.fills(reason="Exams", expected_return=(today() + dt.timedelta(days=30)).isoformat())
        walker.page.locator("main form .btn-primary").click()
        walker.sees("It rests now")

    rests(participant)
    guide.opens_again()
    guide.presses("Take it up again")
    assert house.state(journey) == JourneyState.ACTIVE
    rests(guide)
    participant.opens_again()
    participant.makes_sure("Begin the ending")
    assert house.state(journey) == JourneyState.ENDING


def test_handed_over_to_another_guide(house):
    cast = house.cast
    journey = furnish_journey(cast, "treatment")
    guide, participant = house.two(journey)
    colleague = house.comes(cast.colleague, 390)

    guide.follows("Go on with another guide")
    guide.page.get_by_label("Who could go on?").select_option(label=cast.colleague.name)
    guide.fills(reason="I move to another town")
    guide.presses("Propose it")
    guide.presses("Begin it with what is written here")
    guide.writes(guide.box("Where you are"), " Mornings are best.")
    guide.presses("Yes, hand over")
    participant.opens(reverse("overview:journey", args=[journey.id]))
    participant.follows("See how it stands")
    participant.sees("Private words never do")
    participant.page.get_by_label(re.compile(" 2$")).check()
    participant.presses(re.compile("^Yes, go on"))

    colleague.opens("/")
    colleague.follows(re.compile("^Would you go on"))
    colleague.sees("Mornings are best.")
    colleague.does_not_see("another town")
    colleague.makes_sure("Take it on")

    onward = Handover.objects.get().led_to
    assert house.state(journey) == JourneyState.TRANSFERRED
    colleague.follows("Where it came from")
    colleague.sees("Mornings are best.", "secret-of-the-two")
    colleague.does_not_see("secret-of-the-guide", "secret-of-the-participant")
    participant.opens(reverse("handing_over:handover", args=[journey.id]))
    participant.follows("Go on there")
    assert str(onward.id) in participant.page.url
    guide.opens(reverse("ending:room", args=[journey.id]))
    guide.sees("it goes on with Colin Colleague")
