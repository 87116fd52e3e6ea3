"""What is typed and not yet saved, kept in the browser: it outlives the page and the sign-in, for its author alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Error, Page, expect

from alongside.journeys.models import Journey, JourneyStateRecord, Words
from alongside.people.models import Person
from alongside.rooms.environment.tests.conftest import committed  # noqa: F401
from tests.cast import Cast

SECRET = "Nobody else may read this."

DRAFTS = """async () => {
  const asked = indexedDB.open('alongside', 1);
  const shelf = await new Promise((resolve, reject) => {
    asked.onupgradeneeded = () => asked.result.createObjectStore('drafts', {keyPath: 'id'});
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = reject;
  });
  const all = shelf.transaction('drafts').objectStore('drafts').getAll();
  await new Promise(resolve => all.onsuccess = resolve);
  shelf.close();
  const text = new TextDecoder('latin1');
  return all.result.map(one => JSON.stringify({...one, iv: '', sealed: text.decode(one.sealed)}));
}"""


@dataclass
class Desk:
    """One browser, and who sits at it."""

    cast: Cast
    journey: Journey
    context: BrowserContext
    address: str

    def sits(self, person: Person | None) -> None:
        """Signed in, without walking through the sign-in page."""
        name = settings.SESSION_COOKIE_NAME
        self.context.clear_cookies()
        if person:
            client = self.cast.client(person)
            self.context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": self.address}]
            )

    def opens(self, where: str = "first-meeting/") -> Page:
        page = self.context.new_page()
        page.goto(f"/journeys/{self.journey.id}/{where}")
        page.wait_for_load_state("networkidle")
        return page


@pytest.fixture
def desk(committed, cast, new_context, live_server) -> Desk:  # noqa: F811
    desk = Desk(cast, cast.journey(state="preparing"), new_context(), live_server.url)
    desk.sits(cast.guide)
    return desk


def no_answers(page: Page) -> None:
    """The letters of this page go nowhere."""
    page.route(
        "**/words/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )


def area(page: Page, label: str = "Notes you share"):
    return page.get_by_label(label, exact=True)


def types(page: Page, words: str, label: str = "Notes you share") -> None:
    area(page, label).press("ControlOrMeta+End")
    page.keyboard.type(words)
    until(page, lambda: drafts(page))


def drafts(page: Page) -> list[str]:
    return page.evaluate(DRAFTS)


def until(page: Page, wanted: Callable[[], object], tries: int = 60) -> None:
    for _ in range(tries):
        if wanted():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It never came.")


def crashes(page: Page) -> None:
    """Gone without a word, as when the machine loses its power: no handler of the page runs."""
    page.wait_for_timeout(300)
    with suppress(Error):
        page.goto("chrome://crash", timeout=3000)
    page.close()


def kept() -> str:
    return " ".join(str(words.text) for words in Words.objects.all())


def test_words_typed_before_a_crash_are_put_in_when_their_author_is_back(desk):
    page = desk.opens()
    no_answers(page)
    types(page, "Typed before the crash.")
    crashes(page)
    assert kept() == ""

    back = desk.opens("first-meeting/preparation/")

    expect(back.locator("#found-words")).to_contain_text("What you typed in “Notes you share”")
    assert kept() == "Typed before the crash."
    until(back, lambda: drafts(back) == [])
    back.get_by_role("link", name="Go there").click()
    expect(area(back)).to_have_value("Typed before the crash.")


def test_words_found_again_come_into_the_box_that_is_open(desk):
    page = desk.opens()
    no_answers(page)
    types(page, "Found again.")
    crashes(page)

    back = desk.opens()

    expect(area(back)).to_have_value("Found again.")
    area(back).press("ControlOrMeta+End")
    back.keyboard.type(" And on.")
    expect(back.locator("[data-words-status]").first).to_contain_text("Saved at")
    assert kept() == "Found again. And on."


def test_what_was_sent_and_never_answered_is_not_written_twice(desk):
    page = desk.opens()
    page.route(
        "**/words/**",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    types(page, "Once.")
    until(page, lambda: kept() == "Once.")
    crashes(page)

    back = desk.opens()

    until(back, lambda: drafts(back) == [])
    expect(area(back)).to_have_value("Once.")
    assert kept() == "Once."


def test_nothing_stays_in_the_browser_once_words_are_saved(desk):
    page = desk.opens()
    area(page).press("ControlOrMeta+End")
    page.keyboard.type("Saved.")
    expect(page.locator("[data-words-status]").first).to_contain_text("Saved at")
    until(page, lambda: drafts(page) == [])
    assert "Saved." not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_somebody_else_at_the_same_browser_finds_nothing_but_ciphertext(desk):
    page = desk.opens()
    no_answers(page)
    types(page, SECRET, "Notes for yourself")
    crashes(page)

    desk.sits(desk.cast.participant)
    other = desk.opens()

    (draft,) = drafts(other)
    assert (
        "Nobody" not in draft and str(desk.journey.id) not in draft and str(desk.cast.guide.id) not in draft
    )
    other.wait_for_timeout(500)
    expect(other.locator("#found-words")).to_have_count(0)
    assert kept() == ""

    desk.sits(desk.cast.guide)
    back = desk.opens()
    until(back, lambda: kept() == SECRET)
    expect(area(back, "Notes for yourself")).to_have_value(SECRET)


def test_words_typed_after_the_sign_in_ended_are_sent_after_the_next(desk):
    page = desk.opens()
    desk.sits(None)
    types(page, "Typed too late.")
    expect(page.locator("[data-words-status]").first).to_contain_text("saved in this browser, for you only")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/accounts/login/")
    assert len(drafts(page)) == 1 and kept() == ""

    desk.sits(desk.cast.guide)
    page.goto("/")

    until(page, lambda: kept() == "Typed too late.")
    expect(page.locator("#found-words")).to_contain_text("It is back in its place now")


def test_words_never_go_out_under_the_name_of_who_signed_in_after(desk):
    page = desk.opens()
    types(page, SECRET, "Notes for yourself")
    until(page, lambda: kept() == SECRET)
    desk.sits(desk.cast.participant)

    area(page, "Notes for yourself").press("ControlOrMeta+End")
    page.keyboard.type(" More.")
    page.wait_for_timeout(2500)

    assert kept() == SECRET
    assert Words.objects.get().author_id == desk.cast.guide.id
    expect(area(page, "Notes for yourself")).to_have_value(SECRET + " More.")


def test_another_page_of_the_same_person_leaves_the_draft_of_one_that_lives(desk):
    page = desk.opens()
    no_answers(page)
    types(page, "Still typing.")

    other = desk.opens("first-meeting/preparation/")
    other.wait_for_timeout(500)

    assert kept() == "" and len(drafts(page)) == 1
    page.unroute_all()
    until(page, lambda: kept() == "Still typing.", tries=200)
    until(page, lambda: drafts(page) == [])


def days_later(page: Page, days: int) -> None:
    page.clock.set_fixed_time(dt.datetime.now(dt.UTC) + dt.timedelta(days=days))


@pytest.mark.parametrize("press", ["Put it back", "Discard it"])
def test_words_from_days_ago_are_offered(desk, press):
    page = desk.opens()
    no_answers(page)
    types(page, "From days ago.")
    crashes(page)

    back = desk.context.new_page()
    days_later(back, 5)
    back.goto(f"/journeys/{desk.journey.id}/first-meeting/")
    found = back.locator("#found-words")
    expect(found).to_contain_text("it was never saved")
    expect(found.get_by_role("textbox")).to_have_value("From days ago.")
    assert kept() == ""

    back.get_by_role("button", name=press).click()
    if press == "Discard it":
        assert len(drafts(back)) == 1, "one press let it go"
        back.get_by_role("button", name="Yes, discard it").click()
        expect(found).to_have_count(0)
        assert kept() == ""
    else:
        expect(found.get_by_role("textbox")).to_have_count(0)
        expect(area(back)).to_have_value("From days ago.")
        assert kept() == "From days ago."
    until(back, lambda: drafts(back) == [])


def test_words_for_a_journey_that_is_over_stay_with_the_person(desk):
    page = desk.opens()
    no_answers(page)
    types(page, "Too late for this journey.")
    crashes(page)
    JourneyStateRecord.objects.create(journey=desk.journey, state="withdrawn", by=desk.cast.guide)

    for _visit in range(2):
        back = desk.opens()
        found = back.locator("#found-words")
        expect(found).to_contain_text("Its words can be read, not changed.")
        expect(found.get_by_role("textbox")).to_have_value("Too late for this journey.")
        expect(found.get_by_role("button", name="Copy it")).to_be_visible()
        assert len(drafts(back)) == 1
        back.close()
    assert kept() == ""


def test_a_browser_without_room_saves_as_ever(desk):
    page = desk.context.new_page()
    page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page.goto(f"/journeys/{desk.journey.id}/first-meeting/")
    area(page).press("ControlOrMeta+End")
    page.keyboard.type("No room.")
    expect(page.locator("[data-words-status]").first).to_contain_text("Saved at")
    assert kept() == "No room."


def test_what_is_found_can_be_used_by_everybody(desk, axe):
    page = desk.opens()
    no_answers(page)
    types(page, "Too late.")
    crashes(page)
    JourneyStateRecord.objects.create(journey=desk.journey, state="withdrawn", by=desk.cast.guide)
    back = desk.opens()
    expect(back.locator("#found-words")).to_be_visible()
    assert axe(back) == []
