"""One person in their own browser: what they open, press, write and see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from re import Pattern
from typing import Any

from playwright.sync_api import Locator, Page, expect

SAVED = re.compile("Saved at|wrote here too")


@dataclass
class Walker:
    name: str
    email: str
    page: Page
    axe: Callable[[Page], list[str]]
    found: list[str] = field(default_factory=list)
    """What axe had to say against the pages this person came through."""
    trouble: list[str] = field(default_factory=list)
    """What the browser complained of, and pages that broke."""
    looked_at: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.trouble.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._receive)

    def _hear(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.trouble.append(f"{self.page.url}: {message.text}")

    def _receive(self, response: Any) -> None:
        if response.status >= 500:
            self.trouble.append(f"{response.url}: {response.status}")

    # --- going ------------------------------------------------------------------------------------------------

    def opens(self, address: str) -> None:
        self.page.goto(address)
        self.looks_round()

    def opens_again(self) -> None:
        self.page.reload()
        self.looks_round()

    def follows(self, label: str | Pattern[str], within: str = "") -> None:
        """Press a link and look round on the page it leads to."""
        self._goes_by(self._place(within).get_by_role("link", name=label).first)

    def presses(self, label: str | Pattern[str], within: str = "") -> None:
        """Press a button and look round on the page that comes."""
        self._goes_by(self._place(within).get_by_role("button", name=label).first)

    def unfolds(self, summary: str | Pattern[str], within: str = "") -> None:
        place = self._place(within).locator("summary").filter(has_text=summary).first
        if place.locator("xpath=..").get_attribute("open") is None:
            place.click()

    def makes_sure(self, label: str) -> None:
        """Press a button that asks once more, and say yes."""
        asks = (
            self.page.locator("details.act-asks")
            .filter(has=self.page.locator("summary", has_text=label))
            .first
        )
        asks.locator("summary").click()
        self._goes_by(asks.get_by_role("button", name=label))

    def does_what_is_next(self) -> None:
        """Press the one act the page offers first."""
        self._goes_by(self.page.locator(".next-act .btn-primary").first)

    def _goes_by(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()
        self.looks_round()

    # --- writing ----------------------------------------------------------------------------------------------

    def fills(self, within: str = "", **fields: str) -> None:
        """Fill the fields of a form by their names."""
        for name, value in fields.items():
            self._place(within).locator(f"[name={name}]").locator("visible=true").first.fill(value)

    def chooses(self, legend: str | Pattern[str], answer: str, within: str = "") -> None:
        """One of several round buttons, by the question above them."""
        group = self._place(within).get_by_role("group", name=legend).first
        group.get_by_label(answer, exact=True).first.check(force=True)

    def types(self, box: Locator, words: str) -> None:
        """Write at the end of a box that saves as one types, key by key, and wait until it says so."""
        box.locator("textarea").press("ControlOrMeta+End")
        self.page.keyboard.type(words)
        expect(box.locator("[data-words-status]")).to_contain_text(SAVED)

    def writes(self, box: Locator, words: str) -> None:
        """The same, quicker, and on to something else: leaving a box saves it at once."""
        box.locator("textarea").press("ControlOrMeta+End")
        self.page.keyboard.insert_text(words)
        box.locator("textarea").blur()
        expect(box.locator("[data-words-status]")).to_contain_text(SAVED)

    def box(self, label: str) -> Locator:
        wanted = self.page.get_by_label(label, exact=True)
        return self.page.locator("form[data-words]").filter(has=wanted).first

    # --- seeing -----------------------------------------------------------------------------------------------

    def sees(self, *words: str | Pattern[str], within: str = "") -> None:
        for some in words:
            expect(self._place(within).get_by_text(some).locator("visible=true").first).to_be_visible()

    def does_not_see(self, *words: str) -> None:
        for some in words:
            expect(self.page.locator("body")).not_to_contain_text(some)

    def looks_round(self) -> None:
        """Every page is looked at with axe once in each of its guises: address and headings."""
        guise = re.sub(r"[0-9a-f-]{36}", "…", self.page.url) + str(self.page.locator("h1, h2").count())
        if guise not in self.looked_at:
            self.looked_at.add(guise)
            self.found += [f"{self.page.url}: {fault}" for fault in self.axe(self.page)]

    def _place(self, within: str) -> Page | Locator:
        return self.page.locator(within) if within else self.page
