"""Who has opened what: in words, by day, also those who have no part any more."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.journeys.covering import Days, end_cover, name_cover
from alongside.journeys.seat import Seat
from alongside.kernel import clock
from alongside.ledger.models import Opening
from alongside.ledger.record import record_opening
from alongside.overview.pages.opened import WHAT
from alongside.rooms.environment.models import Meeting

from . import build


def address(journey) -> str:
    return reverse("overview:opened", args=[journey.id])


def opens(seat: Seat, kind: str = "story", subject=None, login_session: str = "one") -> None:
    record_opening(
        subject_kind=kind,
        subject_id=subject or seat.journey.id,
        journey_id=seat.journey.id,
        login_session=login_session,
        by=seat,
    )


@pytest.fixture
def journey(cast):
    return cast.journey()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guide", 200),
        ("participant", 200),
        ("supporter", 403),
        ("colleague", 404),
        ("lead", 404),
        ("administrator", 404),
        ("stranger", 404),
    ],
)
def test_the_two_read_it_and_nobody_else(cast, journey, who, status):
    browser = cast.client(getattr(cast, who))
    assert browser.get(address(journey)).status_code == status
    assert browser.post(address(journey)).status_code == 405


def test_it_says_who_opened_which_meeting(cast, journey):
    build.under_way(cast, journey)
    meeting = Meeting.objects.filter(journey=journey, number__isnull=False).latest("number")
    opens(cast.seat(cast.guide, journey), "meeting", meeting.id)
    page = cast.client(cast.participant).get(address(journey)).content.decode()
    assert "Gwen Guide" in page and f"ession {meeting.number}" in page


def test_what_one_opened_oneself_is_not_listed(cast, journey):
    opens(cast.seat(cast.participant, journey))
    page = cast.client(cast.participant).get(address(journey)).content.decode()
    assert "No one else has opened anything yet" in page


@pytest.mark.without_ledger("journeys.covering.end_cover")
def test_whoever_covered_is_named_when_they_are_gone(cast, journey):
    today = clock.today("Europe/London")
    guide = cast.seat(cast.guide, journey)
    cover = name_cover(person=cast.colleague, days=Days(today, today), by=guide)
    opens(cast.seat(cast.colleague, journey))
    end_cover(cover=cover, by=guide)
    page = cast.client(cast.participant).get(address(journey)).content.decode()
    assert "Colin Colleague" in page and "everything in one go" in page


def test_what_goes_to_supervision_is_the_guides_alone(cast, journey):
    today = clock.today("Europe/London")
    name_cover(person=cast.colleague, days=Days(today, today), by=cast.seat(cast.guide, journey))
    opens(cast.seat(cast.colleague, journey), "case")
    assert str(WHAT["case"]) in cast.client(cast.guide).get(address(journey)).content.decode()
    assert str(WHAT["case"]) not in cast.client(cast.participant).get(address(journey)).content.decode()


def test_days_come_latest_first(cast, journey):
    guide = cast.seat(cast.guide, journey)
    for days, kind in ((9, "story"), (2, "focusing")):
        with clock.at(clock.now() - dt.timedelta(days=days)):
            opens(guide, kind)
    page = cast.client(cast.participant).get(address(journey)).content.decode()
    assert page.index(str(WHAT["focusing"])) < page.index(str(WHAT["story"]))


def test_it_asks_as_often_for_one_and_three(cast, journey):
    guide, browser = cast.seat(cast.guide, journey), cast.client(cast.participant)

    def asked() -> int:
        browser.get(address(journey))
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address(journey)).status_code == 200
        return len(found)

    opens(guide)
    one = asked()
    for login_session in ("two", "three"):
        opens(guide, login_session=login_session)
    assert asked() == one
    assert Opening.objects.filter(journey_id=journey.id).count() == 3


def test_the_journey_page_leads_there(cast, journey):
    opens(cast.seat(cast.guide, journey))
    page = cast.client(cast.participant).get(f"/journeys/{journey.id}/").content.decode()
    assert address(journey) in page
    assert reverse("environment:room", args=[journey.id]) in page
