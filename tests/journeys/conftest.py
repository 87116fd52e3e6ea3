"""Two people, each with a browser of their own, in a service that has just opened; and a clock that can go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from alongside.people.actions import add_person, found_organisation, make_sign_in
from alongside.people.models import Person
from alongside.rooms.environment.tests.conftest import committed  # noqa: F401
from tests.cast import PASSWORD

from .walker import Walker

LONDON = ZoneInfo("Europe/London")
FIRST_DAY = dt.datetime(2026, 5, 4, 9, 0, tzinfo=LONDON)


@dataclass
class Calendar:
    """The day and the hour in the story; both people and the server live in it."""

    traveller: time_machine.Traveller

    def day(self, days: int) -> dt.date:
        """So many days after the first one."""
        return FIRST_DAY.date() + dt.timedelta(days=days)

    def goes_on_to(self, days: int, hour: int, minute: int = 0) -> None:
        self.traveller.move_to(dt.datetime.combine(self.day(days), dt.time(hour, minute), LONDON))


@pytest.fixture
def calendar(committed) -> Iterator[Calendar]:  # noqa: F811
    with time_machine.travel(FIRST_DAY, tick=True) as traveller:
        yield Calendar(traveller)


@pytest.fixture
def a_guide(calendar, live_server, settings) -> Callable[[str], Person]:
    """A guide who can sign in, in an organisation of their own. Letters lead to this server."""
    settings.PUBLIC_URL = live_server.url

    def come(name: str) -> Person:
        organisation = found_organisation(name="Larkfield Community Health and Learning", by=None)
        email = f"{name.lower().replace(' ', '.')}@example.org"
        guide = add_person(organisation_id=organisation.id, name=name, email=email, is_guide=True, by=None)
        make_sign_in(person=guide, password=PASSWORD, by=None)
        return guide

    return come


@pytest.fixture
def somebody(new_context, axe) -> Callable[..., Walker]:
    """`somebody(name, email, width=390)`: a person with a browser in which nobody has signed in yet."""

    def come(name: str, email: str, width: int = 1440, **more) -> Walker:
        return Walker(name, email, new_context(width=width, **more).new_page(), axe)

    return come


@pytest.fixture
def come(committed, cast, somebody, live_server) -> Callable[..., Walker]:  # noqa: F811
    """`come(cast.guide, width=390)`: somebody of the cast, signed in, in a browser of their own."""

    def arrive(person: Person, **more) -> Walker:
        walker = somebody(person.name, person.email, **more)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": cast.client(person).cookies[name].value, "url": live_server.url}
        walker.page.context.add_cookies([cookie])
        return walker

    return arrive
