"""Today, the list of journeys and the journey page by keyboard alone, on a phone as narrow as they come, before axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from alongside.overview.tests import build

from .test_ways_of_ending import application  # noqa: F401


def is_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def tabs_to(page: Page, what: str, most: int = 60) -> None:
    """Press Tab until what has the focus is that; what has it can be seen."""
    for _press in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")
        ring = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })()"
        )
        assert ring, f"nothing shows that {here!r} has the focus"
        if here == what:
            return
    raise AssertionError(f"{what!r} is not reached by Tab")


@pytest.fixture
def journeys(application):  # noqa: F811
    made = []
    for number, title in enumerate(("Anna", "Bruno", "Clara", "Dilip", "Élodie")):
        journey = application.cast.journey(kind=("treatment", "mentoring")[number % 2], title=title)
        build.under_way(application.cast, journey)
        build.goals(application.cast, journey)
        made.append(journey)
    return made


def test_the_list_of_journeys_is_gone_through_by_arrows(application, journeys):  # noqa: F811
    guide = application.comes(application.cast.guide, 1440)
    guide.opens("/journeys/")
    page = guide.page
    tabs_to(page, "id_name")
    page.keyboard.type("elod")
    expect(page.locator("#caseload [role=status]")).to_contain_text("1 of 5")
    assert "name=elod" in page.url
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-rows] .entry-title a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/journeys/{journeys[4].id}/")


def test_it_is_filtered_and_sorted_by_keyboard(application, journeys):  # noqa: F811
    guide = application.comes(application.cast.guide, 1440)
    guide.opens("/journeys/")
    page = guide.page
    tabs_to(page, "id_name")
    for _field in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("#id_order")).to_be_focused()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("order=name"))
    titles = page.locator("[data-rows] .entry-title a")
    expect(titles).to_have_text(["Anna", "Bruno", "Clara", "Dilip", "Élodie"])
    page.locator("#id_name").focus()
    for _row in range(3):
        page.keyboard.press("ArrowDown")
    expect(titles.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(titles.nth(1)).to_be_focused()


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_today_leads_to_the_next_act_and_the_journey_by_tab_alone(application, journeys, who):  # noqa: F811
    # given a meeting of today, which has the first card
    build.under_way(application.cast, application.cast.journey(title="Fatima"), next_in=0)
    somebody = application.comes(getattr(application.cast, who), 1440)
    for leads in (".entry-title a", ".btn"):
        somebody.opens("/")
        link = somebody.page.locator(".meeting-card").first.locator(leads).first
        tabs_to(somebody.page, str(link.text_content()).strip())
        expect(link).to_be_focused()
        somebody.page.keyboard.press("Enter")
        somebody.page.wait_for_url("**/journeys/**")
        somebody.looks_round()


@pytest.mark.parametrize("who", ["guide", "participant"])
@pytest.mark.parametrize("path", ["/", "/journeys/", "journey", "timeline/", "opened/", "away/"])
def test_every_page_of_the_overview_fits_a_narrow_phone(application, journeys, who, path):  # noqa: F811
    somebody = application.comes(getattr(application.cast, who), 320)
    there = path if path.startswith("/") else f"/journeys/{journeys[0].id}/{path.removeprefix('journey')}"
    somebody.opens(there)
    assert not is_wide(somebody.page)
