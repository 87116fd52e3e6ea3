"""A focusing that was begun in a meeting leads back to it: by a link on its pages, and once its step is saved."""

import pytest
from django.urls import reverse

from alongside.rooms.sessions.focusing import actions
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.tests.factories import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    opened(cast, journey)
    return journey


def begun(cast, journey, how):
    seat = cast.seat(cast.guide, journey)
    if how == "together":
        return actions.begin_focusing(together=True, by=seat)
    if how == "on an issue":
        issue = sessions.raise_issue(number=2, text="Sleep", by=seat)
        return actions.focus_on_issue(number=2, issue=issue_in(seat, issue.id), together=True, by=seat)
    return actions.begin_focusing(by=seat)


def at(door, journey, *parts):
    return reverse(f"focusing:{door}", args=[journey.id, *parts])


def planned(cast, journey, focusing):
    facts = {"text": "Ask first", "owner": str(cast.guide.id)}
    return cast.client(cast.guide).post(at("act", journey, focusing.id), facts)["Location"]


@pytest.mark.parametrize(("how", "leads"), [("together", True), ("on an issue", True), ("alone", False)])
def test_the_pages_and_the_saved_step_lead_back(cast, journey, how, leads):
    focusing, browser = begun(cast, journey, how), cast.client(cast.guide)
    there = reverse("sessions:meeting", args=[journey.id, 2])
    for page in (at("level", journey, focusing.id, "narrow"), at("path", journey, focusing.id)):
        assert (f'<a href="{there}">Back to: ' in browser.get(page).content.decode()) is leads
    assert planned(cast, journey, focusing) == (there if leads else at("path", journey, focusing.id))
