"""From the invitation to being prepared: what there is to know first, then the questions, in four presses."""

from __future__ import annotations

from playwright.sync_api import expect

from alongside.journeys.actions import invite_participant
from alongside.rooms.environment.tests.factories import at, booked, room
from alongside.rooms.first_meeting.models import Preparation

from .beginnings import letters_to, link_in


def test_from_the_invitation_to_prepared_on_a_small_phone(committed, cast, somebody, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    journey = cast.journey("treatment", "preparing", participant_has_account=False)
    guide = cast.seat(cast.guide, journey)
    person = guide.participant.person
    person.email = "ines@example.org"
    person.save(update_fields=["email"])
    booked(guide, room(cast.guide, "Consulting room 2"), at(days=3))
    invite_participant(by=cast.seat(cast.guide, journey))
    walker = somebody(person.name, person.email, width=320)
    page = walker.page

    walker.opens(link_in(letters_to(person.email)[-1]))
    walker.presses("Accept and continue")
    walker.sees("Before your first appointment", "Consulting room 2", "What to bring")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    walker.follows("Prepare", within="main")
    walker.types(page.locator("form[data-words]").first, "My back, since the spring.")
    walker.presses(f"Send it to {cast.guide.name}")
    walker.sees("You sent this on")

    expect(page.locator("main")).to_contain_text("When, where, and what to bring")
    assert Preparation.objects.filter(journey=journey).exists()
    assert not walker.found
