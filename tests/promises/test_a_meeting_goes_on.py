"""The promise: a meeting goes on, whatever happens to the connection or to the server.

Two people walk a whole meeting, each in a browser, on the real product. Lines go down, and the server with all its
processes is killed in the middle of what they do and started again. Nobody reloads. In the end each step, issue, tick
and word is there, once, on both pages and in the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.served import Served, served_home

PATIENCE = 300_000


@dataclass
class Meeting:
    served: Served
    guide: Page
    participant: Page
    steps: list[str] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def both(self) -> tuple[Page, Page]:
        return self.guide, self.participant

    def plans(self, page: Page, text: str) -> None:
        self.steps.append(text)
        page.locator("#id_step_text").fill(text)
        page.locator("#id_step_text").press("Enter")

    def raises(self, page: Page, text: str) -> None:
        self.issues.append(text)
        page.locator("#id_issue_text").fill(text)
        page.locator("#id_issue_text").press("Enter")

    def writes(self, page: Page, word: str) -> None:
        self.words.append(word)
        page.locator("#words-notes-plan").press("ControlOrMeta+End")
        page.keyboard.insert_text(f" {word}")

    def all_is_there_once(self) -> None:
        for page in self.both:
            for place, wanted in (("#plan .step-text", self.steps), ("#issues .entry-title", self.issues)):
                expect(page.locator(place)).to_have_count(len(wanted), timeout=PATIENCE)
                assert sorted(page.locator(place).all_inner_texts()) == sorted(wanted)
            every = "".join(rf"(?=[\s\S]*\b{word}\b)" for word in self.words)
            expect(page.locator("#words-notes-plan")).to_have_value(re.compile(every), timeout=PATIENCE)
            found = page.locator("#words-notes-plan").input_value().split()
            assert sorted(found) == sorted(self.words)


@pytest.fixture
def meeting(tmp_path, browser) -> Iterator[Meeting]:
    with served_home(tmp_path) as served:
        pages = [_page(browser, served, persona) for persona in ("supervisor", "student")]
        try:
            yield Meeting(served, *pages)
        finally:
            for page in pages:
                page.context.close()


def _page(browser, served: Served, persona: str) -> Page:
    context = browser.new_context(base_url=served.address, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.request.post("/demo/sign-in", form={"persona": persona})
    return page


def _open(meeting: Meeting) -> None:
    # the student has one meeting today, the supervisor more than one; what the link says depends on the hour
    meeting.participant.goto("/")
    meeting.participant.locator("a.btn[href*='/sessions/']").first.click()
    meeting.participant.wait_for_url("**/sessions/**")
    meeting.guide.goto(meeting.participant.url)
    meeting.guide.get_by_role("button", name=re.compile("^Open the")).click()
    for page in meeting.both:
        expect(page.locator("#plan")).to_be_visible(timeout=PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_a_whole_meeting_through_lost_lines_and_a_killed_server(meeting):
    _open(meeting)
    guide, participant = meeting.both

    # killed in the middle of what both do, and while it is down they go on
    for turn in range(3):
        meeting.plans(guide, f"Step {turn}")
        meeting.raises(participant, f"Issue {turn}")
        meeting.writes(guide, f"guide{turn}")
        meeting.served.kill()
        meeting.writes(participant, f"student{turn}")
        tick = participant.locator("fieldset.review-step").nth(turn % 3)
        tick.get_by_label("partly", exact=True).check(force=True)
        participant.wait_for_timeout(1500 * turn)
        meeting.served.start()
        expect(guide.locator("#id_step_text")).to_have_value("", timeout=PATIENCE)
        expect(participant.locator("#id_issue_text")).to_have_value("", timeout=PATIENCE)
        meeting.all_is_there_once()
        theirs = guide.locator("fieldset.review-step").nth(turn % 3)
        expect(theirs.get_by_label("partly", exact=True)).to_be_checked(timeout=PATIENCE)

    # one of them in a tunnel, while the other goes on
    participant.context.set_offline(True)
    meeting.plans(participant, "From the tunnel")
    meeting.writes(participant, "tunnel")
    meeting.plans(guide, "From above")
    meeting.writes(guide, "above")
    expect(participant.locator("[data-live-said]")).to_contain_text("Not connected", timeout=PATIENCE)
    participant.context.set_offline(False)
    expect(participant.locator("#id_step_text")).to_have_value("", timeout=PATIENCE)
    meeting.all_is_there_once()

    # closed by both; what stands in the record is what was said
    guide.locator("[name=safety_raised][value=no]").check(force=True)
    guide.get_by_role("button", name="Close the session").click()
    participant.get_by_role("button", name="I acknowledge this record").first.click(timeout=PATIENCE)
    expect(guide.locator(".page-head")).to_contain_text("Closed on", timeout=PATIENCE)
    guide.reload()
    assert sorted(guide.locator("#plan .step-text").all_inner_texts()) == sorted(meeting.steps)
    assert sorted(guide.locator("#plan blockquote").inner_text().split()) == sorted(meeting.words)
