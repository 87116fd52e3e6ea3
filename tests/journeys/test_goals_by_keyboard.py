"""From a need to a target and to steps, with the keyboard alone; and the order of them, by keyboard and by dragging."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from alongside.goals.queries import goals_of
from alongside.journeys.models import Journey
from alongside.journeys.queries import seat_for
from tests.cast import Cast

from .test_bad_luck import _shows_its_focus, lets_in
from .walker import Walker

MOST_TABS = 90


@pytest.fixture
def journey(committed, cast) -> Journey:
    return cast.journey("supervision", state="preparing")


@pytest.fixture
def walker(cast, journey, somebody, live_server) -> Walker:
    found = somebody(cast.participant.name, cast.participant.email)
    lets_in(cast, found, cast.participant, live_server.url)
    return found


def goals(cast: Cast, journey: Journey):
    found = seat_for(cast.participant, journey_id=journey.id)
    assert found
    return goals_of(found[0])


def tab_to(page: Page, wanted: str) -> None:
    """Go on with the tab key until what matches has the focus, and see at every stop that it shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        # within a date the browser itself shows which part of it has the focus
        within_date = page.evaluate("() => document.activeElement.type === 'date'")
        assert within_date or _shows_its_focus(page), f"nobody can see that {_outer(page)} has the focus"
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached with the keyboard")


def tab_to_word(page: Page, word: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if said(page) == word:
            return
    raise AssertionError(f"“{word}” is not reached with the keyboard")


def said(page: Page) -> str:
    """What the control with the focus is called, also where a part of it is for the ear alone."""
    return " ".join(str(page.evaluate("() => document.activeElement.textContent || ''")).split())


def _outer(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)"))


def press_through(page: Page, key: str = "Enter") -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def choose(page: Page, name: str, value: str) -> None:
    """Reach a group of radio buttons and go along it with the arrows, as a keyboard does."""
    tab_to(page, f"[name={name}]")
    for _ in range(12):
        if page.evaluate("() => document.activeElement.value") == value:
            if not page.evaluate("() => document.activeElement.checked"):
                page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"{name} has no {value}")


def test_needs_targets_and_steps_are_built_with_the_keyboard_alone(walker, cast, journey):
    page = walker.page
    walker.opens(f"/journeys/{journey.id}/first-meeting/goals/")

    # a need with how things are now
    tab_to(page, "#need_statement")
    page.keyboard.type("To say what I think")
    choose(page, "rating", "3")
    tab_to(page, "textarea[name=words]")
    page.keyboard.type("I go quiet.")
    tab_to_word(page, "Add")
    press_through(page)
    walker.sees("To say what I think")

    # a target, whose measure brings its own fields
    tab_to_word(page, "Set a goal")
    press_through(page)
    tab_to(page, "[name=difference]")
    page.keyboard.type("I speak once in every meeting")
    tab_to(page, "[name=why]")
    page.keyboard.type("They should be able to rely on me.")
    choose(page, "measure", "rating-0-10")
    expect(page.locator("#measure-part [name=due]")).to_be_visible()
    choose(page, "baseline", "2")
    choose(page, "aim", "7")
    tab_to_word(page, "Propose it")
    press_through(page)
    walker.sees("I speak once in every meeting")

    # two steps that serve it
    for text in ("Write one sentence down", "Say it to Gwen first"):
        tab_to(page, "#step_text")
        page.keyboard.type(text)
        tab_to(page, "#step_target")
        page.keyboard.press("ArrowDown")
        tab_to_word(page, "Add this step")
        press_through(page)
        walker.sees(text)

    (target,) = goals(cast, journey).targets
    assert (target.wording.measure, target.wording.baseline, target.wording.aim) == ("rating-0-10", 2, 7)
    assert [step.text for step in target.steps] == ["Write one sentence down", "Say it to Gwen first"]
    assert walker.trouble == [] and walker.found == []


@pytest.fixture
def three_needs(cast, journey):
    from alongside.goals.actions import propose_need

    seat = cast.seat(cast.participant, journey)
    for statement in ("First", "Second", "Third"):
        propose_need(statement=statement, by=seat)


def order(cast: Cast, journey: Journey) -> list[str]:
    return [need.statement for need in goals(cast, journey).needs]


def test_order_is_changed_with_the_keyboard_and_goes_on_from_there(walker, cast, journey, three_needs):
    page = walker.page
    walker.opens(f"/journeys/{journey.id}/first-meeting/goals/order/")
    tab_to_word(page, "Up: Third")
    press_through(page)
    assert order(cast, journey) == ["First", "Third", "Second"]
    page.keyboard.press("Tab")
    assert said(page) == "Up: Third"
    press_through(page)
    assert order(cast, journey) == ["Third", "First", "Second"]
    assert walker.trouble == [] and walker.found == []


def test_order_is_changed_by_dragging(walker, cast, journey, three_needs):
    page = walker.page
    walker.opens(f"/journeys/{journey.id}/first-meeting/goals/order/")
    lines = page.locator("[data-places] > li")
    with page.expect_navigation():
        lines.nth(2).drag_to(lines.nth(0))
    assert order(cast, journey) == ["Third", "First", "Second"]
    assert walker.trouble == []
