"""A meeting whose page both have open: each sees what the other adds, and nothing one is writing is disturbed."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from playwright.sync_api import expect

from alongside.rooms.sessions import actions
from alongside.rooms.sessions.tests.setting import booked, opened, target

SOON = 2000
"""Within so many milliseconds the other has it."""


@pytest.fixture
def table(committed, cast, somebody, live_server):
    """Guide and participant at the page of an open meeting, with three steps of the last plan and a target."""
    journey = cast.journey()
    guide = cast.seat(cast.guide, journey)
    target(guide, "I lead a ward round")
    for text in ("Walk to work", "Write it down", "Ask Ruth"):
        opened_before(cast, journey, guide, text)
    opened(cast, journey, 3)
    two = []
    for person, width in ((cast.guide, 1440), (cast.participant, 390)):
        walker = somebody(person.name, person.email, width=width)
        name = settings.SESSION_COOKIE_NAME
        walker.page.context.add_cookies(
            [{"name": name, "value": cast.client(person).cookies[name].value, "url": live_server.url}]
        )
        walker.page.goto(f"/journeys/{journey.id}/sessions/3/")
        two.append(walker)
    return journey, *two


def opened_before(cast, journey, guide, text):
    if not journey_has(journey, 2):
        booked(cast, journey, 2, state="planned", days=-7)
        actions.start_meeting(number=2, by=guide)
    actions.plan_step_in_meeting(number=2, text=text, owner=cast.participant, by=guide)


def journey_has(journey, number):
    from alongside.rooms.sessions.models import MeetingRecord

    return MeetingRecord.objects.filter(journey=journey, number=number).exists()


def test_each_sees_what_the_other_adds(table):
    _journey, guide, participant = table
    expect(participant.page.locator("[data-who]")).to_have_text(f"{guide.name} is here", timeout=6000)
    expect(guide.page.locator("[data-who]")).to_have_text(f"{participant.name} is here", timeout=6000)
    guide.page.locator("#id_step_text").fill("Present on Thursday")
    guide.page.locator("#plan").get_by_role("button", name="Add this step").click()
    began = time.monotonic()
    expect(participant.page.locator("#plan")).to_contain_text("Present on Thursday", timeout=SOON + 3000)
    assert time.monotonic() - began < SOON / 1000 + 1
    expect(guide.page.locator("#id_step_text")).to_have_value("")
    participant.page.locator("#id_issue_text").fill("The rota")
    participant.page.locator("#id_issue_text").press("Enter")
    expect(guide.page.locator("#issues")).to_contain_text("The rota", timeout=SOON + 3000)
    participant.page.locator("#words-notes-review").press_sequentially("It went well.")
    expect(guide.page.locator("#words-notes-review")).to_have_value("It went well.", timeout=5000)
    step = guide.page.locator("fieldset.review-step").first
    step.get_by_label("done", exact=True).check(force=True)
    expect(
        participant.page.locator("fieldset.review-step").first.get_by_label("done", exact=True)
    ).to_be_checked(timeout=5000)
    assert guide.trouble + participant.trouble == []
