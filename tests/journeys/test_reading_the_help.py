"""The help in a browser: by its links, on a phone and a wide screen, in light and dark, before axe, without JavaScript."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alongside.help.contents import PAGES, pages_for

CHAPTERS = [str(page.title) for page in PAGES if page.part == "craft"]


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)])
def test_a_guide_reads_the_handbook_from_end_to_end(come, cast, width, dark):
    guide = come(cast.guide, width=width, dark=dark)
    guide.opens("/")
    guide.follows("Help", within="footer")
    guide.follows("Working with someone")
    guide.opens("/help/")
    guide.follows(CHAPTERS[0])
    for title in CHAPTERS[1:]:
        keep_a_picture(guide, f"handbook-{width}")
        guide.page.get_by_role("navigation", name="Previous and next").get_by_role("link", name=title).click()
        guide.sees(title)
        guide.looks_round()

    assert guide.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert guide.found == []


def test_a_participant_reads_their_help_on_a_narrow_phone_without_javascript(come, cast):
    participant = come(cast.participant, width=320, java_script_enabled=False)
    participant.page.goto("/help/")
    participant.page.get_by_role("link", name="Your pages").click()

    participant.sees("If you need help now", "What you take with you")
    participant.does_not_see("The handbook")


@pytest.mark.parametrize(("who", "width"), [("participant", 390), ("administrator", 1440)])
def test_the_contents_and_each_how_to_page_are_without_fault(come, cast, who, width):
    reader = come(getattr(cast, who), width=width)
    reader.opens("/help/")
    keep_a_picture(reader, f"{who}-{width}")
    written = [page for page in pages_for(getattr(cast, who)) if page.part == "how_to"]
    for page in written:
        reader.opens(f"/help/{page.slug}/")
        keep_a_picture(reader, f"{who}-{width}")

    assert len(reader.looked_at) == len(written) + 1
    assert reader.found == []


def keep_a_picture(walker, name: str) -> None:
    """For whoever wants to look: PICTURES=/somewhere."""
    if folder := os.environ.get("PICTURES"):
        number = len(list(Path(folder).glob(f"{name}-*")))
        walker.page.screenshot(path=f"{folder}/{name}-{number}.png", full_page=True)
