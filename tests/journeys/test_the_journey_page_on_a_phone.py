"""On a phone the journey page is one next act, four tiles, and the rest behind *More*; no script is needed for it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

TILES = {
    "supervision": ["Next session", "Steps", "Progress", "Papers"],
    "treatment": ["Next appointment", "Steps", "Progress", "Papers"],
}


@pytest.mark.parametrize("kind", TILES)
@pytest.mark.parametrize("width", [320, 390])
def test_four_tiles_and_more(come, cast, live_server, kind, width):
    journey = cast.journey(kind)
    walker = come(cast.participant, width=width, java_script_enabled=False)
    walker.page.goto(live_server.url + reverse("overview:journey", args=[journey.id]))
    page, tiles = walker.page, walker.page.locator(".tile")
    assert tiles.locator("strong").all_inner_texts() == TILES[kind]
    for tile in tiles.all():
        expect(tile).to_be_visible()
        assert tile.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    others = page.locator("aside a")
    assert not any(link.is_visible() for link in others.all())

    page.get_by_role("link", name="More", exact=True).click()
    expect(others.first).to_be_visible()
    assert all(link.is_visible() for link in others.all())
    expect(page.get_by_role("link", name="More", exact=True)).to_be_hidden()

    tiles.nth(3).click()
    page.wait_for_url("**/agreement/**")


def test_on_a_wide_screen_all_doors_stand_beside(come, cast, live_server):
    walker = come(cast.participant, width=1440)
    walker.opens(live_server.url + reverse("overview:journey", args=[cast.journey("treatment").id]))
    expect(walker.page.locator(".tiles")).to_be_hidden()
    assert all(link.is_visible() for link in walker.page.locator("aside a").all())
    assert not walker.found
