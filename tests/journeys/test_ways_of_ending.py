"""Every way in which a journey ends, as the two go through it in their browsers; each page is looked at by axe."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from alongside.journeys.models import Journey
from alongside.journeys.states import JourneyState
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.rooms.ending.closing.actions import acknowledge
from alongside.rooms.ending.comparison.actions import leave_picture_out
from alongside.rooms.ending.contributions.actions import need_no_support
from alongside.rooms.ending.handover.models import Handover
from alongside.rooms.ending.tests.furniture import chain, done_step, ready_to_close, settled
from alongside.rooms.ending.wishes.models import Wish
from alongside.rooms.first_meeting.states import Side
from tests.cast import Cast, gather
from tests.furnish import furnish_journey

from .walker import Walker


@dataclass
class Application:
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
def application(committed, live_server, new_context, axe):
    cast, here = gather(), []

    def comes(who: Person, width: int) -> Walker:
        context = new_context(width=width)
        page = context.new_page()
        page.goto("/healthz")
        cookie = cast.client(who).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])
        here.append(Walker(str(who.name), who.email, page, axe))
        return here[-1]

    yield Application(cast, comes)
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
def test_ended_early_by_either_after_the_notice(application, who):
    journey = application.cast.journey()
    chain(application.cast, journey)
    guide, participant = application.two(journey)
    one, other = (guide, participant) if who == "guide" else (participant, guide)

    gives_notice(one, today() + dt.timedelta(days=14))
    other.opens_again()
    other.sees("would like to end early", "It is too far to come")
    assert application.state(journey) == JourneyState.ENDING
    # the notice is not over: the act is there, and says why it can't be done yet
    other.sees("The notice is not over yet")


def test_whoever_gave_notice_takes_it_back(application):
    journey = application.cast.journey()
    guide, participant = application.two(journey)
    gives_notice(participant, today() + dt.timedelta(days=14))
    participant.presses("Withdraw my notice")
    guide.opens_again()
    guide.does_not_see("would like to end early")


def test_ended_early_on_the_last_day_is_closed_by_the_other(application):
    journey = application.cast.journey()
    guide, participant = application.two(journey)
    gives_notice(guide, today())
    participant.opens_again()
    participant.makes_sure("Close it now")
    assert application.state(journey) == JourneyState.ENDED_EARLY
    for walker in (guide, participant):
        walker.opens(reverse("ending:room", args=[journey.id]))
        walker.sees("Why it ended early", "It is too far to come", "You can read it, but not change it")


def test_what_was_said_at_the_closing_fits_a_narrow_phone(application):
    journey = ready_to_close(application.cast)
    participant = application.comes(application.cast.participant, 320)
    for _turn in ("open", "closed"):
        participant.opens(reverse("ending:closing", args=[journey.id]))
        assert participant.page.evaluate("document.documentElement.scrollWidth") == 320
        for who, side in (
            (application.cast.guide, Side.GUIDE),
            (application.cast.participant, Side.PARTICIPANT),
        ):
            seat = application.cast.seat(who, journey)
            if not seat.is_over:
                acknowledge(side=side, by=seat)
    participant.sees("How it was closed.", "It is stored until")


@pytest.mark.parametrize("who", [0, 1])
def test_withdrawn_before_it_began(application, who):
    journey = application.cast.journey(state="preparing")
    two = application.two(journey)
    two[who].follows("Withdraw")
    two[who].fills(reason="It is not the right time")
    two[who].page.locator("main form .btn-primary").click()
    two[who].sees("It is withdrawn")
    assert application.state(journey) == JourneyState.WITHDRAWN
    two[1 - who].opens_again()
    two[1 - who].sees("You can read it. It can no longer be changed.")
    for walker in two:
        says(walker, journey, "Withdrawn before it began.", "You can read it. It can no longer be changed.")


def test_extended_when_both_want_it_and_goes_on(application):
    journey = application.cast.journey()
    guide, participant = application.two(journey)
    guide.makes_sure("Begin the ending")
    participant.opens_again()
    participant.follows("Continue for longer")
    participant.fills(planned_meetings="40", word="I would like to sleep through, too")
    participant.page.locator("main form .btn-primary").click()
    guide.opens(reverse("ending:room", args=[journey.id]))
    guide.sees("I would like to sleep through, too")
    guide.presses("Yes, continue")
    journey.refresh_from_db()
    assert (application.state(journey), journey.planned_meetings) == (JourneyState.ACTIVE, 40)


def test_rested_taken_up_again_rested_and_ended(application):
    journey = application.cast.journey()
    guide, participant = application.two(journey)

    def rests(walker: Walker) -> None:
        walker.opens(reverse("ending:room", args=[journey.id]))
        walker.follows("Pause")
        walker.fills(reason="Exams", expected_return=(today() + dt.timedelta(days=30)).isoformat())
        walker.page.locator("main form .btn-primary").click()
        walker.sees("It is paused")

    rests(participant)
    guide.opens_again()
    guide.presses("Open it again")
    assert application.state(journey) == JourneyState.ACTIVE
    rests(guide)
    participant.opens_again()
    participant.makes_sure("Begin the ending")
    assert application.state(journey) == JourneyState.ENDING


def test_handed_over_to_another_guide(application):
    cast = application.cast
    journey = furnish_journey(cast, "treatment")
    guide, participant = application.two(journey)
    colleague = application.comes(cast.colleague, 390)

    guide.follows("Continue with someone else")
    guide.page.get_by_label("Who could take over?").select_option(label=cast.colleague.name)
    guide.fills(reason="I move to another town")
    guide.presses("Propose it")
    guide.presses("Start with what is written here")
    guide.writes(guide.box("Where you are"), " Mornings are best.")
    guide.presses("Yes, hand over")
    participant.opens(reverse("overview:journey", args=[journey.id]))
    participant.follows("See details")
    participant.sees("Private words never are")
    participant.page.get_by_label(re.compile(" 2$")).check()
    participant.presses(re.compile("^Yes, continue with"))

    colleague.opens("/")
    colleague.follows(re.compile("^Will you take over"))
    colleague.sees("Mornings are best.")
    colleague.does_not_see("another town")
    colleague.makes_sure("Take over")

    onward = Handover.objects.get().led_to
    assert application.state(journey) == JourneyState.TRANSFERRED
    colleague.follows("More")
    colleague.follows("Where it came from")
    colleague.sees("Mornings are best.", "secret-of-the-two")
    colleague.does_not_see("secret-of-the-guide", "secret-of-the-participant")
    participant.opens(reverse("handover:handover", args=[journey.id]))
    participant.follows("Continue there")
    assert str(onward.id) in participant.page.url
    guide.opens(reverse("ending:room", args=[journey.id]))
    guide.sees("it continues with Colin Colleague")


# --- who may do what next, in each state ----------------------------------------------------------------------


def says(walker: Walker, journey: Journey, on_the_journey: str, at_the_ending: str) -> None:
    """What is next, as one person reads it on the journey's own page and in the room of its ending."""
    for name, words in (("overview:journey", on_the_journey), ("ending:room", at_the_ending)):
        walker.opens(reverse(name, args=[journey.id]))
        walker.sees(words)


def test_ended_early_once_the_notice_has_run_out_and_each_reads_what_is_next(application):
    journey = application.cast.journey()
    chain(application.cast, journey)
    guide, participant = application.two(journey)
    says(guide, journey, "Choose a time and a quiet place", "There is time yet.")

    gives_notice(guide, today() + dt.timedelta(days=14))
    says(guide, journey, "This ends early, on", "Withdraw my notice")
    says(participant, journey, "This ends early, on", "The notice is not over yet")
    # two weeks go by
    Wish.objects.filter(journey=journey).update(on=today())
    says(guide, journey, "Either of you can close it.", "The notice ended on")
    says(participant, journey, "Either of you can close it.", "The notice ended on")
    participant.makes_sure("Close it now")

    assert application.state(journey) == JourneyState.ENDED_EARLY
    for walker in (guide, participant):
        says(walker, journey, "Ended early", "You can read it, but not change it")
        walker.does_not_see("Close it now", "Begin the ending", "Withdraw my notice")


def test_rested_then_ended_and_completed_by_both(application):
    journey = application.cast.journey()
    chain(application.cast, journey)
    guide, participant = application.two(journey)
    guide.follows("Pause")
    guide.fills(reason="Exams", expected_return=(today() + dt.timedelta(days=30)).isoformat())
    guide.page.locator("main form .btn-primary").click()
    for walker in (guide, participant):
        says(walker, journey, "Either of you can start again.", "Open it again")
    participant.makes_sure("Begin the ending")
    for walker in (guide, participant):
        says(walker, journey, "Look back together", "The parts of the ending")

    leave_picture_out(reason="We met twice", by=application.cast.seat(application.cast.guide, journey))
    need_no_support(by=application.cast.seat(application.cast.guide, journey))
    settled(application.cast.seat(application.cast.guide, journey))
    participant.opens(reverse("ending:closing", args=[journey.id]))
    participant.presses("I acknowledge it")
    says(guide, journey, "Read it, and confirm it too.", "Paul Participant has acknowledged it.")
    says(participant, journey, "It is closed once Gwen Guide has confirmed too.", "Go to the closing")
    guide.opens(reverse("ending:closing", args=[journey.id]))
    guide.makes_sure("I acknowledge it")

    assert application.state(journey) == JourneyState.COMPLETED
    says(guide, journey, "What Paul Participant takes with them", "It belongs to Paul Participant")
    says(participant, journey, "What you take with you", "It is yours: to print, to keep, to come back to.")


def test_what_helped_is_taken_along_by_a_press_and_a_wrong_link_comes_back_as_typed(application):
    journey = ready_to_close(application.cast)
    done_step(application.cast, journey, text="Save the evening before", word="The card by the bed")
    participant = application.comes(application.cast.participant, 390)

    participant.opens(reverse("ending:taking_with_me", args=[journey.id]))
    participant.unfolds("From what helped on the way")
    participant.presses(re.compile("^Take it with me|^Take this along"))
    participant.sees("Save the evening before")

    participant.opens(reverse("ending:support", args=[journey.id]))
    participant.unfolds("Add a support")
    support = {"what": "The Tuesday group", "then": "In the library", "link": "javascript:alert(1)"}
    participant.fills("#add-support", **support)
    participant.page.locator("#add-support [name=category]").first.check()
    participant.presses("Save", within="#add-support")
    participant.sees(re.compile("A link starts with https://"))
    for name, words in support.items():
        expect(participant.page.locator(f"#add-support [name={name}]")).to_have_value(words)
    participant.fills("#add-support", link="https://tuesdays.example.org/")
    participant.presses("Save", within="#add-support")

    for who, side in ((application.cast.guide, Side.GUIDE), (application.cast.participant, Side.PARTICIPANT)):
        acknowledge(side=side, by=application.cast.seat(who, journey))
    participant.opens(reverse("keepsake:page", args=[journey.id]))
    participant.sees("Save the evening before", "The Tuesday group", "https://tuesdays.example.org/")
