"""Taking everything about oneself along: asked for by telephone without JavaScript, opened from a disk without a network."""

from __future__ import annotations

import zipfile
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.archive import asking, tasks
from alongside.archive.queries import newest_of
from tests.furnish import OURS, furnish_journey

MAKE = tasks.make_archive
pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(cast, live_server, context, who):
    """The cookies of somebody who has just signed in."""
    cookie = cast.client(who).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return context.new_page()


@pytest.fixture
def asked(monkeypatch):
    """What is handed to the worker waits until it is told to go on."""
    waiting: list[str] = []
    waits = SimpleNamespace(enqueue=lambda archive_id: waiting.append(archive_id))
    monkeypatch.setattr(tasks, "make_archive", waits)
    return waiting


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_is_asked_for_waited_for_and_taken_by_telephone_without_javascript(
    cast, live_server, new_context, asked, axe, tmp_path
):
    furnish_journey(cast, "treatment")
    page = signed_in(cast, live_server, new_context(width=320, java_script_enabled=False), cast.participant)
    page.goto(reverse("archive:everything"))
    assert page.get_by_role("heading", name="No archive yet").is_visible()
    page.get_by_role("button", name="Make my archive").click()
    assert page.get_by_role("heading", name="Your archive is being made").is_visible()
    (archive_id,) = asked
    MAKE.call(archive_id=archive_id)
    page.get_by_role("link", name="See if it is ready").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download my archive").click()
    file = tmp_path / "taken.zip"
    taken.value.save_as(file)
    assert taken.value.suggested_filename == "alongside-everything-about-me.zip"
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
    _is_sound_on_every_screen(cast, live_server, new_context, axe)


def _is_sound_on_every_screen(cast, live_server, new_context, axe) -> None:
    for width, dark in ((320, False), (390, True)):
        page = signed_in(cast, live_server, new_context(width=width, dark=dark), cast.participant)
        page.goto(reverse("archive:everything"))
        assert fits(page)
        assert width == 320 or axe(page) == []
        page.get_by_text("Remove it from here").first.click()
        assert page.get_by_text("You cannot download it after this").is_visible()


def test_it_opens_from_a_disk_and_asks_nobody_for_anything(cast, browser, axe, asked, tmp_path):
    furnish_journey(cast, "supervision")
    cast.participant.name = "مريم <b>🌿</b>"
    cast.participant.save()
    MAKE.call(archive_id=str(asking.ask_for_archive(by=cast.participant).id))
    archive = newest_of(cast.participant)
    file = tmp_path / "taken.zip"
    file.write_bytes(
        cast.client(cast.participant).get(reverse("archive:take_archive", args=[archive.id])).content
    )
    with zipfile.ZipFile(file) as taken:
        taken.extractall(tmp_path)
    for width, dark in ((1280, False), (320, True)):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", offline=True
        )
        page, asked_for, wrong = context.new_page(), [], []
        page.on("request", lambda request, seen=asked_for: seen.append(request.url))
        page.on("console", lambda said, seen=wrong: seen.append(said.text))
        page.goto((tmp_path / "alongside" / "index.html").as_uri())
        # axe-core itself asks for the style, which the page's policy rightly refuses it
        _reads_from_page_to_page(page, axe if dark else lambda _page: [])
        context.close()
        assert {urlsplit(url).scheme for url in asked_for} == {"file"}
        assert dark or not wrong, wrong


def _reads_from_page_to_page(page, axe) -> None:
    assert page.get_by_role("heading", level=1).inner_text() == "Everything about me"
    assert page.get_by_text("مريم <b>🌿</b>").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none", (
        "its style is there"
    )
    for name in ("Your account", None):
        link = page.get_by_role("link", name=name) if name else page.locator("a[href^='journey-1/']")
        link.first.click()
        assert fits(page) and axe(page) == []
        if name is None:
            assert page.get_by_text(OURS).first.is_visible()
            assert page.locator("a[href$='.pdf']").count() >= 3
        page.get_by_role("link", name="Everything about me").click()
    assert fits(page) and axe(page) == []
