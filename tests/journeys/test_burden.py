"""How much a whole ordinary meeting asks of the two: every press is counted, and every field that has to be filled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from alongside.rooms.environment.models import Meeting
from alongside.rooms.sessions.record.queries import records_of
from alongside.rooms.sessions.record.review_queries import steps_here
from alongside.rooms.sessions.record.states import RecordState

from .tables import LATEST, AtTable, lay_table

AT_MOST = 12


class Burden:
    """Counts what is pressed, and what is filled though nobody chose to write it."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, control: Locator) -> None:
        control.click()
        self.pressed += 1

    def fill(self, field: Locator, value: str) -> None:
        field.fill(value)
        self.pressed += 1


@pytest.fixture
def table(committed, cast, somebody, live_server) -> AtTable:
    return lay_table(cast, somebody, live_server.url)


def test_a_whole_meeting_takes_at_most_twelve_presses_and_required_fields(table):
    """From Start to both acknowledged on one page: three old steps, a reading, a new step, the concern, the next date.

    The next step's own words are what the two choose to write, as are notes; the page that both have open needs no reload.
    """
    guide, participant = (walker.page for walker in table.both)
    for page in (guide, participant):
        page.goto(table.address)
    burden = Burden()

    burden.press(guide.get_by_role("button", name="Open the session"))
    expect(participant.locator("#plan")).to_be_visible(timeout=LATEST)
    for place in range(3):
        burden.press(guide.locator("fieldset.review-step").nth(place).get_by_role("radio", name="done"))
    burden.fill(guide.locator(".readings input:visible").first, "6")
    burden.press(guide.locator("#id_step_text"))
    guide.keyboard.type("Present on Thursday")
    burden.press(guide.get_by_role("button", name="Add this step"))
    expect(guide.locator("#plan .step-text")).to_have_text("Present on Thursday", timeout=LATEST)
    burden.press(guide.locator("#booking button"))
    expect(guide.locator("#closing")).to_contain_text("Next session:", timeout=LATEST)
    burden.press(guide.locator("#id_safety_raised").get_by_role("radio", name="no"))
    burden.press(guide.get_by_role("button", name="Close the session"))
    burden.press(participant.get_by_role("button", name="I acknowledge this record").first)
    expect(guide.locator(".page-head")).to_contain_text("Closed on", timeout=LATEST)

    seat = table.seat(table.cast.guide)
    assert records_of(seat)[-1].state == RecordState.CLOSED
    steps = steps_here(seat, 3, closed=True)
    assert sorted(str(step.state) for step in steps) == ["done", "done", "done", "open"]
    assert Meeting.objects.filter(journey=table.journey, number=4).exists()
    assert burden.pressed <= AT_MOST, burden.pressed
