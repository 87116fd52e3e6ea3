"""Two people at the page of one meeting, each with a browser of their own, without the walk that leads there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Page, expect

from alongside.goals.models import Target
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.tests.factories import booked, closing, target
from tests.cast import Cast

from .walker import Walker

STEPS = ("Walk to work", "Save", "Ask Ruth")
LATEST = 8000
"""In milliseconds, on a machine that does much else besides; how quick it is, is measured where that is the question."""


@dataclass
class AtTable:
    cast: Cast
    journey: Journey
    guide: Walker
    participant: Walker
    aim: Target
    number: int = 3

    @property
    def both(self) -> tuple[Walker, Walker]:
        return self.guide, self.participant

    @property
    def address(self) -> str:
        return f"/journeys/{self.journey.id}/sessions/{self.number}/"

    def seat(self, who: Person) -> Seat:
        return self.cast.seat(who, self.journey)

    def sit_down(self) -> None:
        """Both open the page, and each sees that the other is here."""
        for walker in self.both:
            walker.page.goto(self.address)
        for walker, other in (self.both, self.both[::-1]):
            expect(walker.page.locator("[data-who]")).to_have_text(f"{other.name} is here", timeout=LATEST)


def lay_table(
    cast: Cast, somebody: Callable[..., Walker], url: str, kind: str = "supervision", **more: object
) -> AtTable:
    """A third meeting, opened, whose plan of last time had three steps; a target with its first reading."""
    journey = cast.journey(kind)
    guide = cast.seat(cast.guide, journey)
    aim = target(guide)
    booked(cast, journey, 1, state="held", days=-14)
    booked(cast, journey, 2, days=-7)
    actions.start_meeting(number=2, by=guide)
    for text in STEPS:
        actions.plan_step_in_meeting(number=2, text=text, owner=cast.participant, target=aim, by=guide)
    actions.close_meeting(number=2, closing=closing(guide), by=guide)
    actions.confirm_meeting(number=2, by=cast.seat(cast.participant, journey))
    booked(cast, journey, 3)
    two = [
        lets_in(cast, somebody(person.name, person.email, width=width, **more), person, url)
        for person, width in ((cast.guide, 1440), (cast.participant, 390))
    ]
    return AtTable(cast, journey, *two, aim)


def lets_in(cast: Cast, walker: Walker, person: Person, url: str) -> Walker:
    """Signed in already, without walking through the sign-in page once more."""
    name = settings.SESSION_COOKIE_NAME
    value = cast.client(person).cookies[name].value
    walker.page.context.add_cookies([{"name": name, "value": value, "url": url}])
    return walker


def adds_a_step(page: Page, text: str) -> None:
    page.locator("#id_step_text").fill(text)
    page.locator("#id_step_text").press("Enter")


def raises(page: Page, text: str) -> None:
    page.locator("#id_issue_text").fill(text)
    page.locator("#id_issue_text").press("Enter")


def ticks(page: Page, place: int, state: str) -> None:
    page.locator("fieldset.review-step").nth(place).get_by_label(state, exact=True).check(force=True)


def ticked(page: Page, place: int, state: str):
    return page.locator("fieldset.review-step").nth(place).get_by_label(state, exact=True)


def notes(page: Page, part: str):
    return page.locator(f"#words-notes-{part}")


def writes(page: Page, part: str, words: str) -> None:
    notes(page, part).press("ControlOrMeta+End")
    page.keyboard.insert_text(words)
