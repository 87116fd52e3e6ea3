"""Answering who asks for a copy of their records: by telephone, without JavaScript, and sound on every screen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.kernel.clock import today
from alongside.retention import access_actions, copies
from tests.furnish import furnish_journey

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(cast, live_server, context):
    cookie = cast.client(cast.administrator).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return context.new_page()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_register_is_read_and_filled_in_on_every_screen(cast, live_server, new_context, axe):
    cast.journey("treatment")
    asked_on = today("Europe/London") - dt.timedelta(days=40)
    made = access_actions.record_request(
        person=cast.participant,
        asked_on=asked_on,
        identity="They asked while signed in.",
        by=cast.administrator,
    )
    pages = (
        reverse("retention:access_requests"),
        reverse("retention:access_request", args=[made.id]),
        reverse("retention:record_access", args=[cast.guide.id]),
    )
    for width, dark in ((390, True), (1440, False)):
        page = signed_in(cast, live_server, new_context(width=width, dark=dark))
        for address in pages:
            page.goto(address)
            assert page.get_by_role("heading", level=1).is_visible()
            assert fits(page)
            assert axe(page) == []
    page = signed_in(cast, live_server, new_context(width=320, java_script_enabled=False))
    page.goto(pages[1])
    assert fits(page)
    page.get_by_label("Why it takes longer").fill("There is a lot of it.")
    page.get_by_role("button", name="Extend it and tell them").click()
    assert page.get_by_text("took two more months: There is a lot of it.").is_visible()


def test_a_copy_is_collected_gone_through_and_taken_by_telephone_without_javascript(
    cast, live_server, new_context, browser, axe, tmp_path
):
    furnish_journey(cast, "mentoring")
    made = access_actions.record_request(
        person=cast.participant,
        asked_on=today("Europe/London"),
        identity="They asked while signed in.",
        by=cast.administrator,
    )
    here = reverse("retention:access_request", args=[made.id])
    page = signed_in(cast, live_server, new_context(width=320, java_script_enabled=False))
    page.goto(here)
    page.get_by_role("button", name="Collect the record").click()
    assert fits(page)
    first = copies.parts_of(copies.copy_of(made))[0]
    page.get_by_role("link", name=str(first.heading)).click()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("It is about someone else").check()
    page.get_by_role("button", name="Take out the chosen lines").click()
    assert page.get_by_text("Taken out: It is about someone else").is_visible() and fits(page)
    page.get_by_role("button", name="Put back").click()
    assert page.get_by_text("The line is back in the copy.").is_visible()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("It is about someone else").check()
    page.get_by_role("button", name="Take out the chosen lines").click()
    _is_sound_on_every_screen(cast, live_server, new_context, axe, (here, page.url))
    for _part in copies.parts_of(copies.copy_of(made)):
        page.get_by_role("button", name="I have looked through this part").click()
    page.get_by_label("How they get it, and what was left out and why").fill("By post.")
    page.get_by_role("button", name="Release the copy").click()
    assert fits(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the copy").click()
    assert taken.value.suggested_filename == "copy-of-a-record.html"
    file = tmp_path / "copy.html"
    taken.value.save_as(file)
    _opens_from_a_disk(browser, axe, file)
    _is_sound_on_every_screen(cast, live_server, new_context, axe, (here,))


def _is_sound_on_every_screen(cast, live_server, new_context, axe, addresses) -> None:
    for width, dark in ((390, True), (1440, False)):
        page = signed_in(cast, live_server, new_context(width=width, dark=dark))
        for address in addresses:
            page.goto(address)
            assert fits(page)
            assert axe(page) == []


def _opens_from_a_disk(browser, axe, file) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, offline=True)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.get_by_role("heading", level=1).inner_text() == "Copy of your record"
        assert page.get_by_text("1 line was taken out").is_visible()
        assert fits(page)
    finally:
        context.close()
