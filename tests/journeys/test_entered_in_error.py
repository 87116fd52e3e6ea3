"""Words in the wrong focusing are hidden by the one who wrote them, by keyboard, and from both."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from .test_ways_of_ending import application  # noqa: F401


def test_words_in_the_wrong_focusing_are_hidden_by_keyboard(application):  # noqa: F811
    journey = application.cast.journey()
    participant = application.comes(application.cast.participant, 390)
    participant.opens(reverse("focusing:list", args=[journey.id]))
    page = participant.page
    page.get_by_role("button", name="Start on your own").first.press("Enter")
    page.wait_for_url("**/wide/")
    participant.writes(page.locator("form[data-words]").first, "That was Ann's night, not mine.")

    page.get_by_role("link", name="Something was entered in error").press("Enter")
    page.wait_for_url("**/correct/")
    participant.looks_round()
    page.get_by_role("radio").first.press("Space")
    page.get_by_label("Why were they entered in error?").fill("About somebody else")
    page.get_by_label("Why were they entered in error?").press("Enter")

    page.wait_for_url("**/wide/")
    expect(page.get_by_text("These words are now hidden")).to_be_visible()
    expect(page.locator("form[data-words] textarea").first).to_have_value("")
    participant.looks_round()
