"""An earlier version of a note is found at its box and brought back, by keyboard alone."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from .test_ways_of_ending import application  # noqa: F401


def test_what_was_overwritten_is_brought_back_by_keyboard(application):  # noqa: F811
    journey = application.cast.journey()
    guide, participant = (
        application.comes(application.cast.guide, 1440),
        application.comes(application.cast.participant, 390),
    )
    there = reverse("first_meeting:room", args=[journey.id])
    guide.opens(there)
    notes = guide.page.locator("form[data-words='shared']").first
    guide.writes(notes, "We begin with walking.")
    participant.opens(there)
    box = participant.page.locator("form[data-words='shared']").first
    box.locator("textarea").fill("We begin with swimming.")
    box.locator("textarea").blur()
    expect(box.locator("[data-words-status]")).to_contain_text("Saved")

    guide.opens(there)
    link = guide.page.get_by_role("link", name="Earlier versions").first
    link.focus()
    guide.page.keyboard.press("Enter")
    guide.page.wait_for_url("**/history/**")
    guide.looks_round()
    expect(guide.page.locator("ins").first).to_contain_text("swimming")
    expect(guide.page.locator("del").first).to_contain_text("walking")
    guide.page.get_by_role("link", name="Read this version").last.focus()
    guide.page.keyboard.press("Enter")
    guide.page.wait_for_url("**/history/*/1/**")
    guide.looks_round()
    guide.page.get_by_role("button", name="Restore this version").focus()
    guide.page.keyboard.press("Enter")
    guide.page.wait_for_url("**/first-meeting/")
    expect(guide.page.locator("form[data-words='shared'] textarea").first).to_have_value(
        "We begin with walking."
    )
