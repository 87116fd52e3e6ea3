"""Bad input and bad luck: what happens to people's words when something goes wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import expect

from alongside.journeys.models import Journey
from alongside.people.models import Person
from tests.cast import Cast

from . import beginnings as begin
from .beginnings import Walk
from .tales import SUPERVISION
from .walker import Walker

TEXTS = {
    "empty": "",
    "long": "A long sentence, and then another one. " * 256 + "The end, at 10,000.",
    "emoji": "Better 🙂 and worse 🌧️, then 👩🏽‍⚕️ again.",
    "right to left": "אני מרגיש טוב יותר היום — ותודה רבה.",
    "script": "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">",
    "markup": "1 < 2 & 3 > 2; \"quotes\" and 'apostrophes' {{ 7 }} {% now %} &amp; </textarea></form>",
}


@dataclass
class TwoAtWork:
    journey: Journey
    guide: Walker
    participant: Walker

    def room(self, name: str) -> str:
        return f"/journeys/{self.journey.id}/{name}"


def lets_in(cast: Cast, walker: Walker, person: Person, address: str) -> None:
    """Signed in already, without walking through the sign-in page once more."""
    name = settings.SESSION_COOKIE_NAME
    value = cast.client(person).cookies[name].value
    walker.page.context.add_cookies([{"name": name, "value": value, "url": address}])


@pytest.fixture
def two(committed, cast, somebody, live_server) -> TwoAtWork:
    """Two who are getting ready for their first meeting, each with a page open."""
    guide = somebody(cast.guide.name, cast.guide.email)
    participant = somebody(cast.participant.name, cast.participant.email, width=390)
    lets_in(cast, guide, cast.guide, live_server.url)
    lets_in(cast, participant, cast.participant, live_server.url)
    return TwoAtWork(cast.journey(state="preparing"), guide, participant)


# --- forms --------------------------------------------------------------------------------------------------


def test_a_form_with_a_mistake_comes_back_with_what_was_typed(two):
    guide = two.guide
    guide.opens("/journeys/begin/?kind=supervision&template=student-placement")
    guide.fills(name="Tom Aldous", email=guide.email, title="Ward 4")
    guide.page.locator("[name=planned_meetings]").fill("6")
    guide.presses("Create")
    guide.sees("There is a problem.", "This is your own address.")
    for name, typed in {"name": "Tom Aldous", "email": guide.email, "title": "Ward 4"}.items():
        expect(guide.page.locator(f"[name={name}]")).to_have_value(typed)
    expect(guide.page.locator("[name=planned_meetings]")).to_have_value("6")
    expect(guide.page.locator(".form-errors")).to_be_focused()
    assert guide.found == []


def test_a_need_without_its_number_comes_back_with_its_words(two):
    participant = two.participant
    participant.opens(two.room("first-meeting/picture/"))
    participant.fills("#add-need", statement="Sleep through the night", words="I lie awake at four.")
    participant.presses("Add")
    participant.sees("Please choose a number too")
    expect(participant.page.locator("#add-need [name=statement]")).to_have_value("Sleep through the night")
    expect(participant.page.locator("#add-need [name=words]")).to_have_value("I lie awake at four.")
    assert participant.found == []


# --- words --------------------------------------------------------------------------------------------------


def test_two_people_who_write_in_the_same_notes_both_keep_their_words(two):
    for walker in (two.guide, two.participant):
        walker.opens(two.room("first-meeting/"))
    hers, his = (walker.box("Notes you share") for walker in (two.guide, two.participant))
    two.guide.types(hers, "The guide wrote this first.")
    his.locator("textarea").press("ControlOrMeta+End")
    two.participant.page.keyboard.type("The participant did not know of it.")
    both = re.compile(
        r"(?=[\s\S]*The guide wrote this first\.)(?=[\s\S]*The participant did not know of it\.)"
    )
    expect(his.locator("textarea")).to_have_value(both)
    expect(his.locator("[data-words-status]")).to_contain_text("Both texts are saved", ignore_case=True)
    two.guide.opens_again()
    expect(hers.locator("textarea")).to_have_value(both)


def test_words_typed_without_a_connection_are_kept_and_sent_when_it_returns(two):
    page = two.participant.page
    two.participant.opens(two.room("first-meeting/preparation/"))
    box = page.locator("form[data-words]").first
    status = box.locator("[data-words-status]")
    two.participant.types(box, "Before.")

    page.context.set_offline(True)
    box.locator("textarea").press("ControlOrMeta+End")
    page.keyboard.type(" In the tunnel.")
    expect(status).to_contain_text("Your words stay on this page")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]

    page.context.set_offline(False)
    expect(status).to_contain_text("Saved at", timeout=15_000)
    two.participant.opens_again()
    expect(box.locator("textarea")).to_have_value("Before. In the tunnel.")


def test_any_text_survives_a_round_trip_unchanged_and_harmless(two):
    participant, guide = two.participant, two.guide
    participant.opens(two.room("first-meeting/preparation/"))
    boxes = participant.page.locator("form[data-words]:has([name=base])")
    areas = boxes.locator("textarea")
    assert areas.count() >= len(TEXTS)
    for place, text in enumerate(TEXTS.values()):
        areas.nth(place).fill("not this")
        areas.nth(place).fill(text)
        areas.nth(place).blur()
    for place, text in enumerate(TEXTS.values()):
        expect(boxes.nth(place).locator("[data-words-status]")).to_contain_text("Saved at" if text else "")
    participant.opens_again()
    for place, text in enumerate(TEXTS.values()):
        expect(areas.nth(place)).to_have_value(text)
    participant.presses(f"Send it to {guide.name}")

    guide.opens(two.room("first-meeting/preparation/"))
    read = guide.page.locator("blockquote").all_inner_texts()
    assert read == [text.strip() for text in TEXTS.values() if text]
    for walker in (participant, guide):
        assert "Prepare" in walker.page.title()
        assert walker.trouble == []
        assert walker.found == []


def test_any_text_survives_in_an_ordinary_form(two):
    participant = two.participant
    for text in filter(None, TEXTS.values()):
        participant.opens(two.room("first-meeting/picture/"))
        if not participant.page.locator("#add-need").is_visible():
            participant.unfolds("Save")
        participant.fills("#add-need", statement=text)
        participant.presses("Add")
    shown = participant.page.locator("h2[id^=n-]").all_inner_texts()
    assert [" ".join(text.split()) for text in shown] == [
        " ".join(text.split()) for text in TEXTS.values() if text
    ]
    assert "taken over" not in participant.page.title()


# --- invitations --------------------------------------------------------------------------------------------


@pytest.fixture
def walk(calendar, a_guide, somebody) -> Walk:
    """A guide who has begun a journey and invited somebody."""
    tale = SUPERVISION
    guide = a_guide(tale.guide)
    walk = Walk(
        tale=tale,
        guide=somebody(tale.guide, guide.email),
        participant=somebody(tale.participant, tale.email, width=390),
        calendar=calendar,
    )
    begin.signs_in(walk.guide)
    return walk


def test_a_mistyped_address_is_corrected_and_the_invitation_sent_again(walk):
    participant = walk.participant
    participant.email = "tom.aldos@example.org"
    begin.begins_a_journey(walk, email=participant.email)
    begin.invites(walk)
    astray = begin.link_in(begin.letters_to("tom.aldos@example.org")[-1])

    participant.email = walk.tale.email
    walk.guide.opens(walk.address)
    walk.guide.follows(re.compile("nvitation"), within="main")
    walk.guide.fills(email=participant.email)
    walk.guide.presses("Send the invitation")

    participant.opens(astray)
    participant.sees("This invitation is no longer valid")
    expect(participant.page.get_by_role("button", name="Send me a new invitation")).to_have_count(0)
    begin.opens_the_letter(walk)
    begin.accepts_the_invitation(walk)
    assert walk.guide.found + participant.found == []


def test_an_invitation_that_has_run_out_says_so_and_offers_a_new_one(walk):
    begin.begins_a_journey(walk, email=walk.participant.email)
    begin.invites(walk)
    link = begin.link_in(begin.letters_to(walk.participant.email)[-1])
    walk.calendar.goes_on_to(days=15, hour=9)
    walk.participant.opens(link)
    walk.participant.sees("This invitation has expired. We can send you a new one.")
    walk.participant.presses("Send me a new invitation")
    walk.participant.sees("A new invitation is on its way")
    assert begin.opens_the_letter(walk) != link
    begin.accepts_the_invitation(walk)
    assert walk.participant.found == []


def test_a_used_invitation_says_so_and_leads_to_signing_in(walk, somebody):
    begin.begins_a_journey(walk, email=walk.participant.email)
    begin.invites(walk)
    link = begin.opens_the_letter(walk)
    begin.accepts_the_invitation(walk)
    elsewhere = somebody(walk.tale.participant, walk.tale.email, width=390)
    elsewhere.opens(link)
    elsewhere.sees("This invitation has been used. You can sign in with your email address.")
    begin.signs_in_with_a_code(elsewhere)
    elsewhere.sees(f"with {walk.tale.guide}")
    assert elsewhere.found == []


def test_opening_the_link_never_uses_it_up(walk):
    """Mail scanners open links, several times and from several machines."""
    begin.begins_a_journey(walk, email=walk.participant.email)
    begin.invites(walk)
    link = begin.link_in(begin.letters_to(walk.participant.email)[-1])
    scanner = walk.guide.page.context.browser.new_context()
    for method in ("get", "head", "get"):
        assert getattr(scanner.request, method)(link).status == 200
    scanner.close()
    begin.opens_the_letter(walk)
    begin.accepts_the_invitation(walk)


# --- without a mouse ----------------------------------------------------------------------------------------


def test_one_prepares_with_the_keyboard_alone(two):
    page = two.participant.page
    two.participant.opens(two.room("first-meeting/preparation/"))
    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    _tab_to(page, "TEXTAREA")
    page.keyboard.type("Written without a mouse.")
    expect(page.locator("[data-words-status]").first).to_contain_text("Saved at")
    _tab_to(page, f"Send it to {two.guide.name}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    two.participant.sees("You sent this on")


def _focused(page) -> str:
    return page.evaluate(
        "() => { const e = document.activeElement; return e.tagName === 'TEXTAREA' ? 'TEXTAREA' : e.innerText.trim() }"
    )


def _tab_to(page, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        assert _shows_its_focus(page), f"nobody can see that {_focused(page)!r} has the focus"
        if _focused(page) == wanted:
            return
    raise AssertionError(f"{wanted!r} is not reached with the keyboard")


def _shows_its_focus(page) -> bool:
    return page.evaluate(
        """() => [document.activeElement, document.activeElement.nextElementSibling].some(e => {
            const style = e && getComputedStyle(e);
            return style && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
                || style.boxShadow !== 'none');
        })"""
    )
