"""Meetings read again: chosen, copied, printed, and as one story, at every width, dark, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from alongside.rooms.sessions.copies.tests.test_copies import meet
from alongside.rooms.sessions.record.tests.factories import booked

PAGES = (
    "2/",
    "2/copy/",
    "2/print/",
    "3/",
    "story/",
    "understood/",
    "focusing/",
    "",
)


@pytest.fixture
def journey(committed, cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    meet(cast, journey, 2)
    booked(cast, journey, 3)
    return journey


@pytest.mark.parametrize("more", [{"width": 320}, {"width": 1440, "dark": True}], ids=["small", "dark"])
def test_every_page_can_be_read_by_everybody(cast, journey, come, more):
    guide = come(cast.guide, **more)
    for page in PAGES:
        guide.opens(f"/journeys/{journey.id}/sessions/{page}")
        wide = guide.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= more["width"], f"{page} is {wide} wide"
    assert (guide.found, guide.trouble) == ([], [])


def test_a_copy_is_chosen_and_kept(cast, journey, come):
    guide = come(cast.guide)
    guide.opens(f"/journeys/{journey.id}/sessions/2/")
    guide.follows("Copy or print this record")
    text = guide.page.get_by_label("The text to copy")
    expect(text).to_have_value(holding("Walk 2"))
    expect(text).not_to_have_value(holding("guides-private"))

    guide.page.get_by_label("The plan", exact=True).uncheck()
    guide.page.get_by_label("My own private notes").check()
    guide.presses("Show it with these")

    text = guide.page.get_by_label("The text to copy")
    expect(text).to_have_value(holding("guides-private"))
    expect(text).not_to_have_value(holding("Walk 2"))
    with guide.page.expect_download() as download:
        guide.page.get_by_role("link", name="Save as PDF").click()
    assert download.value.suggested_filename == "record.pdf"


def holding(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def test_on_paper_there_is_the_record_and_nothing_around_it(cast, journey, come):
    guide = come(cast.guide)
    guide.opens(f"/journeys/{journey.id}/sessions/2/print/")
    guide.page.emulate_media(media="print")
    for gone in (".masthead", ".no-print", ".foot"):
        expect(guide.page.locator(gone).first).to_be_hidden()
    guide.sees("review of 2", "summary of 2")
