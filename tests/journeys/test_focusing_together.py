"""Two people focus on an issue of their meeting, from what took place to one act, and find it in the next review."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened, target

from .walker import Walker

ISSUE = "I go quiet when the consultant asks"
TOOK_PLACE = "He asked, I looked at my list, and somebody else said what I had thought."
SEEN_BY_GUIDE = "I saw you draw breath."
INSIGHT = "The pause is mine to use."
STEP = "Say one unfinished thought on the round"
SIGN = "Somebody builds on it"


@pytest.fixture
def journey(committed, cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    target(cast.seat(cast.guide, journey), "I speak up on the round")
    opened(cast, journey, 2)
    return journey


def goes(walker: Walker, way: str, title: str) -> None:
    """Up or down by the links at the foot of the card."""
    walker.follows(re.compile(way), within=".focusing-onward")
    expect(walker.page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def jumps(walker: Walker, title: str) -> None:
    """To any level at once, by the funnel itself."""
    walker.follows(title, within=".funnel")
    expect(walker.page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def boxes(walker: Walker, label: str):
    return walker.box(label).locator("textarea")


def raise_and_focus(walker: Walker, meeting: str) -> None:
    walker.opens(meeting)
    walker.fills("#issues", text=ISSUE)
    walker.page.locator("#issues").get_by_role("button", name="Add").click()
    walker.sees(ISSUE, within="#issues")
    walker.presses("Focus on it together", within="#issues")
    walker.sees(ISSUE, "Observe and describe", "You and Gwen Guide can read this.")


def test_two_people_focus_on_an_issue_down_to_an_act_and_find_it_in_the_next_review(cast, journey, come):
    # given a meeting that is open, in which the participant raises an issue
    guide, participant = come(cast.guide), come(cast.participant, width=390)
    meeting = f"/journeys/{journey.id}/sessions/2/"
    raise_and_focus(participant, meeting)

    # when both describe it on the same card
    participant.writes(participant.box("What happened"), TOOK_PLACE)
    guide.opens(meeting)
    guide.follows("the focusing on it", within="#issues")
    expect(boxes(guide, "What happened")).to_have_value(TOOK_PLACE)
    guide.writes(guide.box("How it felt at the time"), SEEN_BY_GUIDE)
    expect(boxes(participant, "How it felt at the time")).to_have_value(SEEN_BY_GUIDE, timeout=5000)

    # and look through other eyes, leave a level out, go back up and find everything
    goes(guide, "Further", "Explore and explain")
    for label in ("A colleague who watched", "The client or patient"):
        guide.page.get_by_label(label, exact=True).check()
    guide.presses("Look through these")
    expect(guide.page.locator("form[data-words]")).to_have_count(3)
    jumps(guide, "Draw together and narrow")
    participant.opens_again()
    expect(boxes(participant, "How it felt at the time")).to_have_value(SEEN_BY_GUIDE)

    # and draw together what it tells, for one of the goals
    jumps(participant, "Draw together and narrow")
    participant.writes(participant.box("What this teaches us for other situations"), INSIGHT)
    participant.page.locator("#id_target").select_option(label="I speak up on the round")
    participant.presses("Save this")
    goes(participant, "Back to", "Explore and explain")
    goes(participant, "Further", "Draw together and narrow")
    expect(boxes(participant, "What this teaches us for other situations")).to_have_value(INSIGHT)

    # and come to an act, without what was typed being lost when the step itself was forgotten
    goes(participant, "Further", "Act and check")
    expect(participant.page.locator("#id_target option:checked")).to_have_text("I speak up on the round")
    participant.fills("main", text=STEP, success_sign=SIGN)
    participant.presses("Add it to the plan")
    participant.sees("The next review starts with it.", STEP)
    participant.follows("the focusing on it", within="#issues")
    participant.follows("Read the whole path")
    participant.sees(TOOK_PLACE, INSIGHT, STEP, SIGN)
    guide.opens(meeting)
    guide.sees(STEP, within="#plan")

    # then the next meeting's review begins with it
    seat = cast.seat(cast.guide, journey)
    actions.plan_step_in_meeting(number=2, text="Something else", owner=cast.participant, by=seat)
    actions.close_meeting(number=2, closing=closing(seat), by=seat)
    actions.confirm_meeting(number=2, by=cast.seat(cast.participant, journey))
    opened(cast, journey, 3)
    for walker in (guide, participant):
        walker.opens(f"/journeys/{journey.id}/sessions/3/")
        first = walker.page.locator("#review-form fieldset.review-step").first
        expect(first.locator("legend")).to_have_text(STEP)
        expect(first).to_contain_text(SIGN)
        expect(first.get_by_label("What did you notice?")).to_be_attached()
    participant.follows("how you came to it", within="#review")
    participant.sees(TOOK_PLACE, SEEN_BY_GUIDE, INSIGHT, STEP)

    # and what was understood stands beside its goal, and no page stood in anybody's way
    participant.follows("What we have understood")
    participant.sees("I speak up on the round", INSIGHT)
    for walker in (guide, participant):
        assert walker.trouble == []
        assert walker.found == []


def test_by_oneself_one_stops_and_goes_on_and_shares_one_level_alone(cast, journey, come):
    # given a thought of the participant's own
    participant = come(cast.participant, width=390)
    participant.opens(f"/journeys/{journey.id}/sessions/focusing/")
    participant.presses("Start on your own")
    participant.sees("Only you can read this, until you share this level with Gwen Guide.")
    for topic in ("The round", "Sleep"):
        participant.fills("#topics", topic=topic)
        participant.presses("Add", within="#topics")
    participant.presses(re.compile("This one.*The round"), within="#topics")
    participant.presses(re.compile("Another time.*Sleep"), within="#topics")
    expect(participant.page.get_by_role("heading", level=1)).to_have_text("The round")

    # when they stop at the second level and come back
    jumps(participant, "Observe and describe")
    participant.writes(participant.box("What happened"), TOOK_PLACE)
    participant.presses("That is enough for now")
    participant.opens(f"/journeys/{journey.id}/sessions/focusing/")
    participant.sees(re.compile("draft"))
    participant.follows("The round")
    expect(boxes(participant, "What happened")).to_have_value(TOOK_PLACE)

    # and share what it tells
    jumps(participant, "Draw together and narrow")
    participant.writes(participant.box("What this teaches us for other situations"), INSIGHT)
    participant.makes_sure("Share this level with Gwen Guide")
    participant.sees("Gwen Guide can read this level now.")

    # then the guide reads that, and nothing else of it
    guide = come(cast.guide)
    guide.opens(f"/journeys/{journey.id}/sessions/understood/")
    guide.follows("How it came about")
    guide.sees(INSIGHT)
    guide.does_not_see(TOOK_PLACE, "Observe and describe", "The round")
    for walker in (guide, participant):
        assert walker.trouble == []
        assert walker.found == []


def test_everything_that_writes_works_without_javascript(cast, journey, come):
    participant = come(cast.participant, width=320, java_script_enabled=False)
    participant.axe = lambda _page: []
    participant.opens(f"/journeys/{journey.id}/sessions/focusing/")
    participant.presses("Start together")
    participant.fills("#topics", topic="The round")
    participant.presses("Add", within="#topics")
    participant.presses(re.compile("This one.*The round"), within="#topics")
    jumps(participant, "Observe and describe")
    box = participant.box("What happened")
    box.locator("textarea").fill(TOOK_PLACE)
    with participant.page.expect_navigation():
        box.get_by_role("button", name="Save").click()
    expect(boxes(participant, "What happened")).to_have_value(TOOK_PLACE)
    jumps(participant, "Act and check")
    participant.fills("main", text=STEP, success_sign=SIGN)
    participant.presses("Add it to the plan")
    participant.sees("The next review starts with it.", STEP)
