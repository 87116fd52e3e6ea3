"""Steps of the story: preparing, the starting picture, goals, the agreement."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .beginnings import Walk
from .walker import Walker

OF_THOSE_WHO_MAY_BE_LOW = ("Signs that things are getting worse", "What keeps me here")
PEOPLE = ("People I can call, with their numbers", "Who may be called for me")

RATED = "from 0 to 10"


def prepares(walk: Walk, walker: Walker, *answers: str) -> None:
    """Answers are kept as they are typed: after a reload they are there, and nobody else has seen them."""
    walker.opens(walk.room("first-meeting/preparation/"))
    boxes = walker.page.locator("form[data-words]")
    for place, answer in enumerate(answers):
        walker.types(boxes.nth(place), answer)
    walker.opens_again()
    for place, answer in enumerate(answers):
        expect(boxes.nth(place).locator("textarea")).to_have_value(answer)


def sends_it(walk: Walk, walker: Walker) -> None:
    other = next(one for one in walk.both if one is not walker)
    walker.presses(f"Send it to {other.name}")
    walker.sees("You sent this on")


def does_not_yet_see(walk: Walk, walker: Walker, *answers: str) -> None:
    walker.opens(walk.room("first-meeting/preparation/"))
    walker.does_not_see(*answers)


def sees_what_was_sent(walk: Walk, walker: Walker, *answers: str) -> None:
    walker.opens(walk.room("first-meeting/preparation/"))
    walker.sees(*answers)


def says_what_is_needed(walk: Walk, walker: Walker) -> None:
    """Need and starting picture in one go: own words and a number."""
    walker.opens(walk.room("first-meeting/picture/"))
    walker.fills("#add-need", statement=walk.tale.need, words=walk.tale.need_now)
    walker.chooses(re.compile(RATED), "3", within="#add-need")
    walker.presses("Add")
    walker.sees(walk.tale.need)


def agrees_to_the_need(walk: Walk, walker: Walker) -> None:
    walker.opens(walk.room("first-meeting/goals/"))
    walker.presses(re.compile("^I agree|^Agree"))


def sets_a_target_with_five_levels(walk: Walk, walker: Walker) -> None:
    aim = walk.tale.levels_aim
    _begins_a_target(walk, walker, aim.difference, aim.why, "Goal attainment scale")
    names = ("much_less", "less", "expected", "more", "much_more")
    walker.fills(**{f"level_{name}": text for name, text in zip(names, walk.tale.levels, strict=True)})
    walker.page.locator("[name=baseline][value='-2']").check()
    walker.presses("Propose it")
    walker.sees(aim.difference)


def sets_a_rated_target(walk: Walk, walker: Walker) -> None:
    aim = walk.tale.rated_aim
    _begins_a_target(walk, walker, aim.difference, aim.why, "rating-0-10")
    walker.chooses("Where does it stand now?", "2")
    walker.chooses(re.compile("Where shall it be"), "7")
    walker.presses("Propose it")
    walker.sees(aim.difference)


def _begins_a_target(walk: Walk, walker: Walker, difference: str, why: str, measure: str) -> None:
    """Choosing how both will know brings the fields of that measure, without losing what was typed."""
    walker.opens(walk.room("first-meeting/goals/"))
    walker.follows("Set a goal")
    walker.fills(difference=difference, why=why)
    value = "gas" if measure.startswith("Goal") else measure
    walker.page.locator(f"[name=measure][value='{value}']").check()
    expect(walker.page.locator("#measure-part [name=due]")).to_be_visible()
    walker.looks_round()
    expect(walker.page.locator("[name=difference]")).to_have_value(difference)


def plans_a_first_step(walk: Walk, walker: Walker, *, text: str, owner: str, serves: str) -> None:
    walker.opens(walk.room("first-meeting/goals/"))
    walker.fills("#add-step", text=text)
    walker.chooses("Who takes it?", owner, within="#add-step")
    walker.page.locator("#add-step [name=target]").select_option(label=serves)
    walker.presses("Add this step")
    walker.sees(text)


def writes_the_agreement(walk: Walk, walker: Walker, own: str) -> None:
    """The ready texts are in place; a sentence of one's own is added in the first part."""
    walker.opens(walk.room("first-meeting/agreement/"))
    walker.presses("Start the agreement")
    walker.does_not_see("Use all these texts")
    walker.fills(review_on=str(walk.calendar.day(42)))
    walker.presses("Save")
    walker.unfolds("Change")
    walker.writes(walker.page.locator("form[data-words]").first, f" {own}")
    fills_in_the_safety_plan(walker)


def fills_in_the_safety_plan(walker: Walker) -> None:
    """What only the person can say; a kind without such a plan asks for none."""
    for label in (*OF_THOSE_WHO_MAY_BE_LOW, "What helps me, and what I can do myself", *PEOPLE):
        if walker.page.get_by_label(label, exact=True).locator("visible=true").count():
            walker.writes(walker.box(label), "Anna, 01632 960 101")


def proposes_it(walker: Walker) -> None:
    walker.presses("Propose this agreement")
    walker.sees("Proposed. Now each of you can accept it.")


def accepts_it(walk: Walk, walker: Walker) -> None:
    walker.opens(walk.room("first-meeting/agreement/"))
    walker.fills(typed_name=walker.name)
    walker.presses("I accept this agreement")
    walker.sees("Accepted")


def notes_that_they_met(walk: Walk, walker: Walker) -> None:
    walker.opens(walk.room("first-meeting/"))
    walker.presses("Yes, we met")
