"""Answering who asks for a copy of their records: by telephone, without JavaScript, and sound on every screen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.kernel.clock import today
from alongside.retention import access_actions

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
