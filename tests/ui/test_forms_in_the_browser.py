"""Forms that were typed in and not sent, or sent too late: as people meet them, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from alongside.goals.models import Step
from alongside.people.models import Person
from alongside.rooms.environment.tests.conftest import committed  # noqa: F401
from alongside.rooms.sessions.record.models import Issue, MeetingRecord
from alongside.rooms.sessions.record.tests.factories import opened
from tests.ui.test_drafts_in_the_browser import Desk, drafts, until

expect.set_options(timeout=30_000)
STEP, ISSUE = "Ring the clinic", "The room is cold"


@pytest.fixture
def desk(committed, cast, new_context, live_server) -> Desk:  # noqa: F811
    journey = cast.journey("treatment")
    opened(cast, journey)
    desk = Desk(cast, journey, new_context(), live_server.url)
    desk.context.set_default_timeout(40_000)
    desk.sits(cast.guide)
    return desk


def lines(page: Page) -> None:
    page.locator("#id_step_text").fill(STEP)
    page.locator("#id_issue_text").fill(ISSUE)


def steps() -> list[str]:
    return [step.text for step in Step.objects.all()]


def test_lines_typed_and_not_added_come_back_after_a_reload(desk):
    page = desk.opens("sessions/2/")
    lines(page)
    page.locator("#id_step_due").fill("2031-05-06")
    until(page, lambda: len(drafts(page)) == 2)
    page.once("dialog", lambda dialog: dialog.accept())

    page.reload()

    expect(page.locator("#id_step_text")).to_have_value(STEP)
    expect(page.locator("#id_step_due")).to_have_value("2031-05-06")
    expect(page.locator("#id_issue_text")).to_have_value(ISSUE)
    assert STEP not in " ".join(drafts(page)), "it lies sealed"
    page.get_by_role("button", name="Add this step").click()
    expect(page.locator("#plan .step-text")).to_have_text(STEP)
    until(page, lambda: len(drafts(page)) == 1)


def closes(page: Page) -> None:
    page.locator("#id_safety_raised_0").check()
    page.locator("#close-form button.btn-primary").click()


def test_closing_takes_along_what_was_typed_and_not_added(desk):
    page = desk.opens("sessions/2/")
    lines(page)
    closes(page)

    expect(page.locator("#h-closing")).to_have_text("How it was closed")
    assert steps() == [STEP] and [issue.text for issue in Issue.objects.all()] == [ISSUE]
    until(page, lambda: drafts(page) == [])
    expect(page.locator("#plan")).to_contain_text(STEP)
    expect(page.locator("#issues")).to_contain_text(ISSUE)


def test_a_closed_meeting_shows_its_record_whole_says_so_and_begins_at_the_top(desk):
    page = desk.opens("sessions/2/")
    lines(page)
    written = {}
    for box in page.locator(".page-main form[data-words] textarea").all():
        if box.is_visible() and box.is_editable():
            box.fill(f"Written in {box.get_attribute('id')}")
            written[box.get_attribute("id")] = box.input_value()
    assert len(written) > 4
    closes(page)

    expect(page.locator("#h-closing")).to_have_text("How it was closed")
    for words in written.values():
        expect(page.locator(".page-main")).to_contain_text(words)
    expect(page.locator("#messages")).to_contain_text("Closed.")
    assert page.evaluate("scrollY") == 0
    assert MeetingRecord.objects.get().minutes_taken


def test_the_one_who_watches_sees_a_closed_record_whole(desk, new_context):
    theirs = Desk(desk.cast, desk.journey, new_context(), desk.address)
    theirs.sits(desk.cast.participant)
    watching, page = theirs.opens("sessions/2/"), desk.opens("sessions/2/")
    page.locator("#id_step_text").fill(STEP)
    notes = page.locator("#review form[data-words] textarea")
    notes.fill("Both read this.")
    expect(watching.locator("#review form[data-words] textarea")).to_have_value("Both read this.")
    closes(page)

    expect(watching.locator("#h-closing")).to_have_text("How it was closed")
    expect(watching.locator("#review")).to_contain_text("Both read this.")


def test_a_line_added_after_the_sign_in_had_ended_comes_back(desk):
    page = desk.opens("sessions/2/")
    page.locator("#id_step_text").fill(STEP)
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Add this step").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    expect(page.locator("#content")).to_contain_text("What you typed is saved for 30 minutes")

    signs_in(desk, desk.cast.guide)
    page.goto(f"/journeys/{desk.journey.id}/sessions/2/")

    expect(page.locator("#id_step_text")).to_have_value(STEP)
    expect(page.locator(".kept-form")).to_contain_text("nothing has been done yet")
    assert steps() == []
    page.get_by_role("button", name="Add this step").click()
    expect(page.locator("#plan .step-text")).to_have_text(STEP)


def signs_in(desk: Desk, person: Person) -> None:
    """Signed in again, with what else the browser knows left to it."""
    name = settings.SESSION_COOKIE_NAME
    client = desk.cast.client(person)
    desk.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": desk.address}])


@pytest.mark.parametrize("javascript", [True, False])
def test_a_form_sent_after_the_sign_in_had_ended_comes_back(
    committed,  # noqa: F811
    cast,
    new_context,
    live_server,
    javascript,
):
    desk = Desk(cast, cast.journey(), new_context(java_script_enabled=javascript), live_server.url)
    desk.sits(cast.guide)
    page = desk.context.new_page()
    page.goto("/profile/")
    page.get_by_label("Name", exact=True).fill("Gwendolyn Typed")
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("main form button").first.click()
    page.wait_for_url("**/accounts/login/**")
    signs_in(desk, cast.guide)
    page.goto("/profile/")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Gwendolyn Typed")
    assert Person.objects.get(id=cast.guide.id).name == "Gwen Guide"
    page.locator("main form button").first.click()
    expect(page.locator("#messages")).to_contain_text("Your profile is saved")
    assert Person.objects.get(id=cast.guide.id).name == "Gwendolyn Typed"
