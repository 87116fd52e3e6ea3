"""The browser: the machine's Chromium, driven by Playwright, against the live server. One context is one person."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from tests import moment

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    """Whatever uses a browser is marked so, and nobody has to remember it.

    The long ones come first: then no process waits at the end for one walk of another.
    """
    for item in items:
        if {"browser", "page", "new_context"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "The browser tests need Chromium: see `make test`."
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_context(browser, live_server):
    """Make a browser context of its own: `new_context(width=390, dark=True)`. Addresses may begin with `/`."""
    contexts = []

    def make(width: int = 1440, dark: bool = False, height: int | None = None, **more):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height or (844 if width < 600 else 900)},
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(30_000)
        if moment.asked():
            context.clock.install(time=dt.datetime.now(dt.UTC))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context):
    return new_context().new_page()


@pytest.fixture
def axe():
    """`axe(page)` answers with what axe-core finds wrong: empty when all is well."""

    def look(page) -> list[str]:
        # Evaluated through the debugger, because the page's own policy rightly refuses foreign scripts.
        page.evaluate(AXE.read_text())
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
            AXE_RULES,
        )
        return [
            f"{violation['id']}: {violation['help']} at "
            + "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
            for violation in found["violations"]
        ]

    return look
