"""Words saved as one types, in a real browser, against a server that answers late, wrongly or not at all."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect

import alongside.ui
from alongside.ui.words import WordsBox

STATIC = Path(alongside.ui.__file__).parent / "static"
HOST = "http://alongside.test"


@dataclass
class Shelf:
    """The server's side: keeps what arrives, and can be told to behave badly."""

    text: str = "Then."
    version: int = 1
    letters: list[dict[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    refused_at: list[float] = field(default_factory=list)
    sentence: str = "This session is closed."
    theirs: str = ""
    held: list[tuple[Route, dict[str, str]]] = field(default_factory=list)

    def take(self, route: Route) -> None:
        letter = {k: v[0] for k, v in parse_qs(route.request.post_data, keep_blank_values=True).items()}
        self.letters.append(letter)
        answer = self.answers.pop(0) if self.answers else "keep"
        if answer == "lost":
            self.keep(letter)
            route.abort()
        elif answer == "down":
            route.abort()
        elif answer == "hold":
            self.held.append((route, letter))
        elif answer == "keep":
            self.answer(route, letter)
        elif answer == "429":
            self.refused_at.append(time.monotonic())
            route.fulfill(status=429, headers={"Retry-After": "4"}, json={"sentence": self.sentence})
        else:
            route.fulfill(status=int(answer), json={"sentence": self.sentence})

    def said(self) -> list[dict[str, str]]:
        """The letters without their marks."""
        return [{key: value for key, value in letter.items() if key != "letter"} for letter in self.letters]

    def keep(self, letter: dict[str, str]) -> None:
        self.text, self.version = letter["text"] + self.theirs, self.version + 1

    def answer(self, route: Route, letter: dict[str, str]) -> None:
        self.keep(letter)
        merged, self.theirs = bool(self.theirs), ""
        sentence = "Ruth wrote here too. Both texts are saved." if merged else "Saved"
        route.fulfill(
            json={"text": self.text, "version": self.version, "merged": merged, "sentence": sentence}
        )


def page_html(shelf: Shelf) -> str:
    box = WordsBox(name="today", label="Today", text=shelf.text, version=shelf.version, url="/words/")
    words = render_to_string(
        "ui/components/words_box/words_box.html", {"box": box}, RequestFactory().get("/")
    )
    return (
        f"<!doctype html><html lang='en-gb'><body>{words}<a href='/elsewhere/'>Elsewhere</a>"
        "<form method='post' action='/action/'><button>Send it</button></form>"
        "<script type='module' src='/js/words.js'></script></body></html>"
    )


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    return {"page": page_html(Shelf())}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def page(browser, rendered, shelf) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(8000)

    def script(route: Route) -> None:
        file = STATIC / "ui" / route.request.url.removeprefix(f"{HOST}/")
        route.fulfill(body=file.read_text(), content_type="text/javascript")

    def action(route: Route) -> None:
        shelf.actions.append(shelf.text)
        route.fulfill(body="done", content_type="text/html")

    page.route(f"{HOST}/", lambda route: route.fulfill(body=rendered["page"], content_type="text/html"))
    page.route(f"{HOST}/js/**", script)
    page.route(f"{HOST}/words/", shelf.take)
    page.route(f"{HOST}/action/", action)
    page.route(f"{HOST}/elsewhere/", lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    page.goto(f"{HOST}/")
    expect(page.locator("[data-words][data-live]")).to_be_attached()
    yield page
    page.close()


def area(page: Page):
    return page.get_by_label("Today")


def write(page: Page, words: str) -> None:
    area(page).press("ControlOrMeta+End")
    page.keyboard.type(words)


def status(page: Page):
    return page.locator("[data-words-status]")


def until(page: Page, wanted, tries: int = 80) -> None:
    for _ in range(tries):
        if wanted():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It never came.")


def test_words_are_saved_after_a_pause(page, shelf):
    write(page, " Now.")
    expect(status(page)).to_contain_text("Saved at")
    assert shelf.said() == [{"text": "Then. Now.", "base": "Then.", "version": "1"}]
    expect(page.locator("[data-words-save]")).to_have_count(1)


def test_words_are_saved_while_one_types_on(page, shelf):
    area(page).press("ControlOrMeta+End")
    page.keyboard.type(" a long sentence without any pause in it, on and on", delay=90)
    assert shelf.letters, "nothing was sent during four seconds of typing"


def test_words_of_the_other_come_in_and_the_caret_stays(page, shelf):
    shelf.theirs = " And Ruth."
    area(page).press("ControlOrMeta+Home")
    page.keyboard.type("First. ")
    expect(area(page)).to_have_value("First. Then. And Ruth.")
    expect(page.get_by_role("status")).to_have_text("Ruth wrote here too. Both texts are saved.")
    assert area(page).evaluate("e => [e.selectionStart, e.selectionEnd]") == [7, 7]


def test_words_typed_during_a_slow_answer_are_sent_with_what_was_sent_as_base(page, shelf):
    shelf.answers = ["hold"]
    write(page, " One.")
    until(page, lambda: shelf.held)
    write(page, " Two.")
    page.wait_for_timeout(1500)
    assert len(shelf.letters) == 1, "two requests at a time"
    shelf.answer(*shelf.held.pop())
    until(page, lambda: len(shelf.letters) == 2)
    assert shelf.said()[1] == {"text": "Then. One. Two.", "base": "Then. One.", "version": "2"}
    assert shelf.letters[0]["letter"] != shelf.letters[1]["letter"]
    expect(area(page)).to_have_value("Then. One. Two.")


def test_words_without_connection_stay_and_arrive_later(page, shelf):
    shelf.answers = ["down", "down"]
    write(page, " Kept.")
    expect(status(page)).to_contain_text("Not connected")
    expect(area(page)).to_have_value("Then. Kept.")
    expect(status(page)).to_contain_text("Saved at", timeout=15000)
    assert shelf.text == "Then. Kept."


def test_a_lost_answer_makes_the_same_letter_go_again_before_newer_words(page, shelf):
    shelf.answers = ["lost"]
    write(page, " One.")
    expect(status(page)).to_contain_text("Not connected")
    write(page, " Two.")
    until(page, lambda: shelf.text == "Then. One. Two.")
    assert shelf.letters[0] == shelf.letters[1]
    assert shelf.letters[2]["base"] == "Then. One."


def test_a_broken_server_is_tried_again(page, shelf):
    shelf.answers = ["500", "503"]
    write(page, " Kept.")
    expect(status(page)).to_contain_text("Saved at", timeout=15000)
    assert shelf.text == "Then. Kept."


def test_words_that_come_too_often_wait_as_long_as_the_server_says_and_go_by_themselves(page, shelf):
    shelf.answers, shelf.sentence = ["429"], "Your words stay on this page and are sent again."
    write(page, " Now.")
    expect(status(page)).to_have_text(shelf.sentence)
    page.get_by_label("Today").blur()
    expect(status(page)).to_contain_text("Saved at", timeout=15000)
    assert time.monotonic() - shelf.refused_at[0] >= 3.9, "not before it may"
    assert len(shelf.letters) == 2 and shelf.text == "Then. Now."


@pytest.mark.parametrize("code", ["404", "409", "413"])
def test_a_refusal_is_said_and_the_words_stay(page, shelf, code):
    shelf.answers = [code]
    write(page, " Late.")
    expect(status(page)).to_have_text("This session is closed.")
    expect(area(page)).to_have_value("Then. Late.")
    page.wait_for_timeout(1500)
    assert len(shelf.letters) == 1, "a refused letter was sent again by itself"
    page.get_by_role("button", name="Save").click()
    until(page, lambda: shelf.text == "Then. Late.")


def test_signed_out_words_stay_and_go_after_signing_in_again(page, shelf):
    shelf.answers = ["401"]
    write(page, " Kept.")
    expect(status(page)).to_contain_text("You have been signed out")
    write(page, " More.")
    page.get_by_role("button", name="Save").click()
    until(page, lambda: shelf.text == "Then. Kept. More.")


def test_an_action_waits_for_the_last_words(page, shelf):
    write(page, " Last.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(f"{HOST}/action/")
    assert shelf.actions == ["Then. Last."]


def test_a_link_waits_for_the_last_words(page, shelf):
    write(page, " Last.")
    page.get_by_role("link", name="Elsewhere").click()
    page.wait_for_url(f"{HOST}/elsewhere/")
    assert shelf.text == "Then. Last."


def test_leaving_with_unsent_words_warns(page, shelf):
    asked = threading.Event()
    shelf.answers = ["down"] * 50
    page.on("dialog", lambda dialog: (asked.set(), dialog.accept()))
    write(page, " Kept.")
    expect(status(page)).to_contain_text("Not connected")
    page.evaluate("location.assign('/elsewhere/')")
    page.wait_for_url(f"{HOST}/elsewhere/")
    assert asked.is_set()


def test_going_away_sends_the_last_words(page, shelf):
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, " Last.")
    page.goto(f"{HOST}/elsewhere/")
    until(page, lambda: shelf.text == "Then. Last.")


def test_nothing_is_kept_on_the_machine(page, shelf):
    write(page, " Secret.")
    expect(status(page)).to_contain_text("Saved at")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert json.loads(page.evaluate("indexedDB.databases().then(JSON.stringify)")) == []
